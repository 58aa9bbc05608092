"""Focus groups and interviews at the desk: written down, read by a lead, decided on by a second person, recalled."""

from __future__ import annotations

import time
import uuid

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.moderation import KEYS, SHOWN, TOO_QUICK, Asked, came_too_quickly
from cms.desk.talk_forms import BANDS, TalkForm, sent_as
from cms.desk.trying import attempt
from feedback.anonymisation import talk_actions as actions
from feedback.anonymisation.comments import DECIDE
from feedback.anonymisation.moderation import KINDS
from feedback.anonymisation.telling_talk import ERASE, RECALL, RECORD, talks_seen_by, waiting_texts
from feedback.anonymisation.told_talk import BY_PEOPLE
from feedback.safeguarding.reading import READ_TEXTS
from feedback.safeguarding.talk_actions import finish_talk, read_talk
from surveys.frame.models import Area

ANY_OF = (RECORD, ERASE, DECIDE, RECALL)
# So many are listed at once; the next follow once these are decided on.
MOST = 30
KEPT = "Kept. A safeguarding lead reads it first, and then a moderator. Below you see how far it has come."
SAID = {
    "usable": "Usable. It is told once its quarter is over and enough people took part.",
    "not_usable": "Not usable: no word of it is kept for longer than four weeks.",
}


def _check(request: HttpRequest, *permissions: str) -> None:
    if not any(request.user.has_perm(one) for one in permissions):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def talks(request: HttpRequest) -> HttpResponse:
    """What was written down and what became of it; what waits for a moderator; where to recall."""
    _check(request, *ANY_OF)
    user = request.user
    if request.method == "POST":
        _erase(request)
        return redirect("desk:talks")
    recorded = Area.objects.visible_to(request.user, RECORD).filter(merged_into=None)
    context = {
        "areas": [(area, talks_seen_by(area, user)) for area in recorded],
        "decides": user.has_perm(DECIDE),
        "waiting": list(waiting_texts(user).values_list("pk", flat=True)[:MOST]),
        "recalls": Area.objects.visible_to(request.user, RECALL).filter(merged_into=None),
    }
    return render(request, "desk/talks.html", context)


def _erase(request: HttpRequest) -> None:
    """Erases a talk for somebody who was there, once whoever presses the button says that they mean it."""
    if "sure" not in request.POST:
        messages.error(request, "Tick that you mean it. Nothing was erased.")
        return
    key = _key(request.POST.get("talk", ""))
    attempt(request, "Erased, with every word of it.", lambda: actions.erase_talk(key, by=request.user))


def _key(sent: str) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except ValueError as wrong:
        raise PermissionDenied("There is no such talk.") from wrong


@never_cache
def write_talk(request: HttpRequest, code: str) -> HttpResponse:
    """Writes down a focus group or an interview; what cannot be kept stays on the page."""
    area = get_object_or_404(Area.objects.visible_to(request.user, RECORD), code=code)
    form = TalkForm(request.POST)
    if request.POST.get("step") == "keep" and attempt(request, KEPT, lambda: _keep(request, area, form)):
        return redirect("desk:talks")
    return render(request, "desk/talk_write.html", {"area": area, "form": form})


def _keep(request: HttpRequest, area: Area, form: TalkForm) -> None:
    as_sent = sent_as(request.POST.get("token", ""))
    actions.record_talk(area, form.recorded(), sent_as=as_sent, by=request.user)


@never_cache
def talk_to_read(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """All that was written down of a talk, for a safeguarding lead; logged as read."""
    _check(request, READ_TEXTS)
    if request.method == "POST":
        worrying = [_key(one) for one in request.POST.getlist("worry")]
        done = "It is among the worries now." if worrying else "Read."
        attempt(request, done, lambda: finish_talk(key, worrying=worrying, by=request.user))
        return redirect("desk:texts")
    try:
        talk, words = read_talk(key, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:texts")
    return render(request, "desk/talk_to_read.html", {"talk": talk, "words": words})


@never_cache
def talk_text(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One thing that was said, beside how it would be read; once it is decided on, the next."""
    _check(request, DECIDE)
    step, asked = request.POST.get("step", ""), Asked.of(request) if request.method == "POST" else None
    if step in SAID and came_too_quickly(request):
        messages.error(request, TOO_QUICK)
    elif step and step != "try" and _decides(request, key, step, Asked.of(request)):
        following = waiting_texts(request.user).values_list("pk", flat=True).first()
        return redirect("desk:talk_text", key=following) if following else redirect("desk:talks")
    try:
        shown = actions.read_talk_text(key, marked=_marked(asked) if asked else None, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:talks")
    context = {
        "shown": shown,
        "band": BANDS.get(shown.audience, ""),
        "kinds": [(label, stands, KEYS[label]) for label, stands in KINDS],
        "pen": asked.label if asked and asked.label in KEYS else next(iter(KEYS)),
        "called": asked.called if asked else {},
        "asked": asked,
        "since": signing.dumps(time.time(), salt=SHOWN),
    }
    return render(request, "desk/talk_text.html", context)


def _marked(asked: Asked) -> actions.Marked:
    return actions.Marked(asked.marked, asked.label if asked.label in KEYS else "OTHER", asked.called)


def _decides(request: HttpRequest, key: uuid.UUID, step: str, asked: Asked) -> bool:
    by = request.user
    if step == "worry":
        done = "The safeguarding leads have it now. It comes back here once they have closed it."
        return attempt(request, done, lambda: actions.worry_about_talk(key, by=by))
    return attempt(
        request,
        SAID.get(step, ""),
        lambda: actions.decide_talk_text(key, step, _marked(asked), reasons=asked.reasons, reads=asked.reads, by=by),
    )


@never_cache
def told_talk(request: HttpRequest, code: str) -> HttpResponse:
    """What is told of the talks of an area, or will be: where each can be recalled for good."""
    area = get_object_or_404(Area.objects.visible_to(request.user, RECALL), code=code)
    if request.method == "POST":
        key, because = _key(request.POST.get("told", "")), request.POST.get("because", "")
        done = "Recalled. Nobody reads it any more."
        attempt(request, done, lambda: actions.recall_talk(key, because=because, by=request.user))
        return redirect("desk:told_talk", code=code)
    found = [(one, BANDS.get(one.audience, "")) for one in actions.look_at_told_talk(area, by=request.user)]
    return render(request, "desk/told_talk.html", {"area": area, "found": found, "reasons": BY_PEOPLE})
