"""Where safeguarding leads look after worries: who waits, who has taken it on, what was done, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache

from cms.desk.texts import send_reply
from cms.desk.trying import attempt
from feedback.accounts.models import User
from feedback.safeguarding import concern_actions
from feedback.safeguarding.actions import close_concern, read_concern, refer_concern
from feedback.safeguarding.calling import areas_not_told
from feedback.safeguarding.clock import Clocks, Due
from feedback.safeguarding.code_asking import code_of
from feedback.safeguarding.concern_steps import has_left
from feedback.safeguarding.contacts import READ_CONTACT, AskedForAPerson, asked_for_a_person
from feedback.safeguarding.hearing import choice_of
from feedback.safeguarding.letters import say_they_were_read
from feedback.safeguarding.models import Concern, ConcernQuerySet
from feedback.safeguarding.reading import READ_TEXTS, how_many_unread
from feedback.safeguarding.repeats import repeats_of, settings_to_choose
from feedback.safeguarding.replies import replies_to
from feedback.safeguarding.rota import on_duty, who_may_be_planned
from feedback.safeguarding.texting import can_text, not_delivered
from surveys.frame.models import Area

# Of a whole nation more would be a page of its own, and take a query each.
AREAS_WITH_DUTY = 10
PER_PAGE = 25
REFUSED = 422
SHOWN = {"all": "All that wait", "unclaimed": "Nobody has taken on", "mine": "Mine", "finished": "Finished"}


@never_cache
def concerns(request: HttpRequest) -> HttpResponse:
    """Who asked for a person, and the worries of this person's areas; of each, the most urgent first."""
    if not request.user.has_perm(READ_TEXTS):
        raise PermissionDenied("Your role does not include this.")
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    page = Paginator(_chosen(request, show), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "worries": _with_due(list(page)),
        "show": show,
        "shown": SHOWN,
        "unread": how_many_unread(request.user),
        "asked": _asked(request),
        "can_text": can_text(),
        "not_delivered": not_delivered(request.user, READ_TEXTS),
        "not_told": areas_not_told(request.user, READ_TEXTS),
        "duties": _duties(request),
    }
    return render(request, "desk/concerns.html", context)


def _asked(request: HttpRequest) -> AskedForAPerson | None:
    if not request.user.has_perm(READ_CONTACT):
        return None
    return asked_for_a_person(request.user, page=request.GET.get("asked", 1))


def _with_due(found: list[Concern]) -> list[tuple[Concern, Due | None]]:
    """Each worry with its clock; one that is finished has none."""
    clocks = Clocks(found, timezone.now())
    return [(one, None if one.is_finished else clocks.of(one)) for one in found]


def _chosen(request: HttpRequest, show: str) -> ConcernQuerySet:
    found = Concern.objects.visible_to(request.user, READ_TEXTS).select_related("area", "holder", "setting")
    if show == "finished":
        return found.finished()
    found = found.waiting()
    if show == "mine":
        return found.held_by(request.user)
    return found.filter(holder=None) if show == "unclaimed" else found


def _duties(request: HttpRequest) -> list[tuple[Area, object]]:
    today = timezone.localdate()
    areas = Area.objects.visible_to(request.user, READ_TEXTS)[:AREAS_WITH_DUTY]
    return [(area, on_duty(area, today)) for area in areas]


@never_cache
def concern(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What was written, which is logged as read; what was done, and what can be done next."""
    mine = Concern.objects.visible_to(request.user, READ_TEXTS)
    found = get_object_or_404(mine.select_related("area"), pk=key)
    refused = request.method == "POST" and not _do(request, found)
    if request.method == "POST" and not refused:
        is_over = request.POST.get("step") == "finish"
        return redirect("desk:concerns") if is_over else redirect("desk:concern", key=key)
    words = read_concern(found, by=request.user)
    people = _others(request, found)
    replies = replies_to(found.response_key, request.user)
    if replies:
        say_they_were_read(found.response_key, through=replies.last_letter, by=request.user)
    context = {
        "concern": found,
        "words": words,
        "due": Clocks([found], timezone.now()).of(found).words,
        "states": found.states.select_related("by", "to").order_by("pk"),
        "code": code_of(found),
        "choice": choice_of(found.response_key, request.user),
        "replies": replies,
        "people": people,
        "is_mine": found.holder_id == request.user.pk,
        "is_free": found.holder is None or has_left(found.holder, found),
        "is_asked": found.asked_id == request.user.pk,
        "settings": settings_to_choose(found),
        "repeats": repeats_of(found, by=request.user),
        "outcomes": Concern.Outcome.choices,
        "today": timezone.localdate(),
        # What was typed is not lost because something was missing in it.
        "given": {request.POST["step"]: request.POST} if refused else {},
    }
    return render(request, "desk/concern.html", context, status=REFUSED if refused else 200)


def _others(request: HttpRequest, found: Concern) -> list[User]:
    """The leads it can be handed to."""
    today = timezone.localdate()
    people = who_may_be_planned(found.area, today)
    return [person for person in people if person.pk != request.user.pk and not has_left(person, found)]


def _person(request: HttpRequest, found: Concern) -> User | None:
    named = {str(person.pk): person for person in _others(request, found)}
    return named.get(request.POST.get("person", ""))


def _do(request: HttpRequest, found: Concern) -> bool:
    """Takes the step a button asks for; False if it was refused."""
    step = request.POST.get("step", "")
    if step == "reply":
        return send_reply(request, found.response_key)
    if step == "finish":
        return _finish(request, found)
    if step not in STEPS:
        raise PermissionDenied("There is no such step.")
    done, do = STEPS[step]
    return attempt(request, done, lambda: do(request, found))


def _finish(request: HttpRequest, found: Concern) -> bool:
    given, by = request.POST, request.user
    outcome, reason = given.get("outcome", ""), given.get("reason", "")

    def finish() -> None:
        if outcome == Concern.Outcome.REFERRAL:
            refer_concern(found, reason=reason, place=given.get("place", ""), on=_day(given.get("on", "")), by=by)
        else:
            close_concern(found, reason=reason, outcome=outcome, by=by)

    return attempt(request, "Finished. It stays known, under Finished.", finish)


def _day(written: str):
    try:
        return parse_date(written)
    except ValueError:
        return None


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")


def _claim(request: HttpRequest, found: Concern) -> None:
    concern_actions.claim_concern(found, reason=_words(request), by=request.user)


def _hand_over(request: HttpRequest, found: Concern) -> None:
    concern_actions.hand_over_concern(found, _person(request, found), note=_words(request), by=request.user)


def _ask(request: HttpRequest, found: Concern) -> None:
    concern_actions.ask_for_opinion(found, _person(request, found), question=_words(request), by=request.user)


def _give(request: HttpRequest, found: Concern) -> None:
    concern_actions.give_opinion(found, opinion=_words(request), by=request.user)


def _note(request: HttpRequest, found: Concern) -> None:
    concern_actions.note_concern(found, note=_words(request), by=request.user)


def _say_setting(request: HttpRequest, found: Concern) -> None:
    offered = {str(one.pk): one for one in settings_to_choose(found)}
    concern_actions.set_setting(found, offered.get(request.POST.get("setting", "")), by=request.user)


STEPS: dict[str, tuple[str, Callable[[HttpRequest, Concern], None]]] = {
    "claim": ("You have taken it on.", _claim),
    "hand_over": ("Handed over. They are told that something is waiting.", _hand_over),
    "ask": ("Asked. They are told that something is waiting.", _ask),
    "opinion": ("Your second opinion is there.", _give),
    "note": ("The note is there.", _note),
    "setting": ("Kept.", _say_setting),
}
