"""Where a worker and a family look together at what they answered and set, by the words on the family’s card."""

from __future__ import annotations

import uuid
from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.desk.trying import attempt
from feedback.safeguarding.goal_actions import erase_card
from surveys.answering import together as shown
from surveys.answering.together import FOR_WHOM, begin, keep_answers, keep_goal, keep_step, opened
from surveys.fieldwork.licences import USE, LicensedScale
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES

# Which card is open at this desk, until it is put away or the session is over; and the language of the words around.
OPEN = "family_card"
LANGUAGE = "family_language"
REFUSED = 422


def _in_their_language(view):
    """A screen for the worker and the family together, in the language that was chosen for it."""

    @wraps(view)
    def shown_in_it(request: HttpRequest, *args, **named) -> HttpResponse:
        with translation.override(request.session.get(LANGUAGE, "en")):
            return view(request, *args, **named)

    return shown_in_it


def _page(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    return render(request, template, {**context, "family_languages": LANGUAGES.items()}, status=status)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(USE):
        raise PermissionDenied("Your role does not include this.")


def _open_card(request: HttpRequest) -> uuid.UUID | None:
    _check(request)
    key = request.session.get(OPEN)
    return uuid.UUID(key) if key else None


@never_cache
def together(request: HttpRequest) -> HttpResponse:
    """A place to type the words of a card, and to begin a new one."""
    _check(request)
    refused = request.method == "POST" and not _begin_or_find(request)
    if request.method == "POST" and not refused:
        return redirect("desk:family_card")
    context = {
        "areas": Area.objects.visible_to(request.user, USE).filter(merged_into=None),
        "for_whom": FOR_WHOM,
        "given": request.POST,
        "is_open": OPEN in request.session,
    }
    return render(request, "desk/together.html", context, status=REFUSED if refused else 200)


def _begin_or_find(request: HttpRequest) -> bool:
    step, by = request.POST.get("step"), request.user
    if step == "open":
        words = request.POST.get("words", "")
        return attempt(request, "The card is open.", lambda: _keep_open(request, opened(words, by=by)))
    if step != "begin":
        raise PermissionDenied("There is no such step.")
    areas = {area.code: area for area in Area.objects.visible_to(request.user, USE)}
    area = areas.get(request.POST.get("area", ""))
    if area is None:
        messages.error(request, "Choose the area first.")
        return False
    done = "This is the new card. Write its five words down for the family, or print it."
    audience = request.POST.get("audience", "")
    return attempt(request, done, lambda: _keep_open(request, begin(area, audience=audience, by=by)))


def _keep_open(request: HttpRequest, key: uuid.UUID) -> None:
    request.session[OPEN] = str(key)


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """Closes the card at this desk; its words open it again."""
    _check(request)
    request.session.pop(OPEN, None)
    messages.success(request, "The card is put away. Its words open it again.")
    return redirect("desk:together")


@never_cache
@_in_their_language
def family_card(request: HttpRequest) -> HttpResponse:
    """Everything on the card that is open."""
    key = _open_card(request)
    if key is None:
        return redirect("desk:together")
    refused = request.method == "POST" and not _change(request, key)
    if request.method == "POST" and not refused:
        return redirect("desk:family_card" if OPEN in request.session else "desk:together")
    try:
        shelf = shown.shelf_of(key, by=request.user)
    except ValidationError as problem:
        return _close(request, problem)
    # What was typed is not lost because it could not be kept.
    context = {
        "shelf": shelf,
        "given": request.POST if refused else {},
        "languages": LANGUAGES.items(),
        "sent_as": uuid.uuid4(),
        "steps": range(11),
    }
    return _page(request, "desk/family_card.html", context, status=REFUSED if refused else 200)


def _close(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    request.session.pop(OPEN, None)
    messages.error(request, " ".join(problem.messages))
    return redirect("desk:together")


def _change(request: HttpRequest, key: uuid.UUID) -> bool:
    step, given, by = request.POST.get("step"), request.POST, request.user
    if step == "goal":
        words, language, sent_as = given.get("goal", ""), given.get("language", ""), _sent_as(request)
        done = _("The goal is kept. A person whose job is to keep children safe reads it too.")
        return attempt(request, done, lambda: keep_goal(key, words=words, language=language, sent_as=sent_as, by=by))
    if step == "mark":
        number, after = _number(given.get("goal", "")), _number(given.get("after", ""))
        chosen = given.get("chosen", "")
        return attempt(request, _("Kept."), lambda: keep_step(key, number=number, chosen=chosen, after=after, by=by))
    if step != "erase":
        raise PermissionDenied("There is no such step.")
    if given.get("sure") != "yes":
        messages.error(request, "Nothing was erased. Tick that the family wants it, and press again.")
        return False
    erase_card(key, by=by)
    request.session.pop(OPEN, None)
    messages.success(request, "Erased, all of it. The words on the card open nothing any more.")
    return True


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else -1


def _sent_as(request: HttpRequest) -> uuid.UUID:
    """What the form was given to be kept once; a form without it is kept as a new one."""
    try:
        return uuid.UUID(request.POST.get("sent_as", ""))
    except ValueError:
        return uuid.uuid4()


@never_cache
@_in_their_language
def family_scale(request: HttpRequest, number: int) -> HttpResponse:
    """One scale, to be answered in the licensed words, with the notice beside them."""
    key, given = _open_card(request), request.POST or request.GET
    if key is None:
        return redirect("desk:together")
    terms = {"language": given.get("language", ""), "mode": given.get("mode", "")}
    answers = {name.removeprefix("item-"): code for name, code in request.POST.items() if name.startswith("item-")}
    if request.method == "POST" and (kept := _keep(request, key, number, answers, terms)):
        return redirect("desk:side_by_side", record=kept.record, version=kept.version)
    try:
        asked = shown.asked(key, number, given=answers, by=request.user, **terms)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:family_card")
    context = {"asked": asked, "sent_as": uuid.uuid4()}
    return _page(request, "desk/family_scale.html", context, status=REFUSED if request.method == "POST" else 200)


def _keep(
    request: HttpRequest, key: uuid.UUID, number: int, answers: dict[str, str], terms: dict[str, str]
) -> LicensedScale | None:
    scale = LicensedScale.objects.visible_to(request.user, USE).filter(pk=number).first()
    if scale is None:
        return None
    chosen = {item: code for item, code in answers.items() if code}
    sent = {
        "number": _number(request.POST.get("number", "")),
        "sent_as": _sent_as(request),
        **terms,
    }
    keep = partial(keep_answers, key, scale, chosen, by=request.user, **sent)
    return scale if attempt(request, _("Kept."), keep) else None


@require_safe
@never_cache
@_in_their_language
def family_paper(request: HttpRequest, number: int, language: str) -> HttpResponse:
    """A scale to be printed and written on, where its licence covers paper."""
    key = _open_card(request)
    if key is None:
        return redirect("desk:together")
    try:
        asked, shows_words = shown.to_write_on(key, number, language=language, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:family_card")
    return _page(request, "desk/family_paper.html", {"asked": asked, "shows_words": shows_words})


@require_POST
def family_language(request: HttpRequest) -> HttpResponse:
    """Says in which language the words around the items and goals are shown at this desk."""
    _check(request)
    if (chosen := request.POST.get("language", "")) in LANGUAGES:
        request.session[LANGUAGE] = chosen
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(reverse("desk:together"))
    return redirect(back if is_ours else "desk:family_card")


@require_safe
@never_cache
@_in_their_language
def side_by_side(request: HttpRequest, record: str, version: str) -> HttpResponse:
    """The first and the latest answers to a scale, looked at together."""
    key = _open_card(request)
    if key is None:
        return redirect("desk:together")
    try:
        found = shown.side_by_side(key, record, version, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:family_card")
    return _page(request, "desk/side_by_side.html", {"found": found})


def together_urls() -> list:
    """The addresses of these screens."""
    return [
        path("together/", together, name="together"),
        path("together/card/", family_card, name="family_card"),
        path("together/put-away/", put_away, name="put_away"),
        path("together/language/", family_language, name="family_language"),
        path("together/scale/<int:number>/paper/<slug:language>/", family_paper, name="family_paper"),
        path("together/scale/<int:number>/", family_scale, name="family_scale"),
        path("together/seen/<slug:record>/<slug:version>/", side_by_side, name="side_by_side"),
    ]
