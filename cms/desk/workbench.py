"""The workbench: where young people and officers make a survey, screen by screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache

from cms.desk.advice import about
from cms.desk.surveys import VIEW, mine
from cms.desk.trying import attempt
from cms.workflow.history import latest
from surveys.design import arranging
from surveys.design.arranging_actions import arrange
from surveys.design.bench import MOST_FOUND, missing_of, questions_to_add, rows_of
from surveys.design.models import SurveyPage
from surveys.design.policies import check_may_be_edited
from surveys.design.workbench import LONGEST_WORDS
from surveys.fieldwork.load import asked_already
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import Audience

WRITE = "design.write"
LONGEST_SEARCH = 100


def survey_at(request: HttpRequest, number: int) -> SurveyPage:
    """The survey of an address, for those who work on surveys where it belongs."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    return get_object_or_404(mine(request), id=number)


def typed(request: HttpRequest, name: str, longest: int = LONGEST_WORDS) -> str:
    """What was typed into a field; one letter more than may be kept, so that what is too long is seen to be so."""
    return request.POST.get(name, "").replace("\0", "")[: longest + 1].strip()


def seen_revision(request: HttpRequest) -> int:
    """The revision that somebody had before them; one that never was, where the form does not say it."""
    said = request.POST.get("made_on", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else -1


def why_not_now(request: HttpRequest, survey: SurveyPage) -> str:
    """Why nobody, or not this person, changes the survey now; nothing where they may."""
    if not request.user.has_perm(WRITE, survey):
        return "Your role does not include changing it."
    try:
        check_may_be_edited(survey, by=request.user)
    except NotAllowed as problem:
        return " ".join(problem.messages)
    return ""


@never_cache
def workbench(request: HttpRequest, number: int) -> HttpResponse:
    """The screens of a survey in their order, and everything that can be done with them."""
    survey = survey_at(request, number)
    if request.method == "POST":
        return _arrange(request, survey)
    draft = latest(survey)
    search = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    refused, unusual = about(draft, with_drafts=True)
    found = list(questions_to_add(draft, search)[: MOST_FOUND + 1])
    context = {
        "survey": survey,
        "draft": draft,
        "made_on": survey.latest_revision_id or 0,
        "rows": rows_of(draft),
        "why_not": why_not_now(request, survey),
        "missing": missing_of(draft),
        "load": load_of(survey, draft),
        "refused": refused,
        "unusual": unusual,
        "search": search,
        "found": [(question, arranging.text_for(question, draft.audience)) for question in found[:MOST_FOUND]],
        "more": len(found) > MOST_FOUND,
    }
    return render(request, "desk/workbench.html", context)


def load_of(survey: SurveyPage, draft: SurveyPage) -> dict[str, object]:
    """What a child of this survey's area and audience could be asked already, in open and planned waves."""
    if survey.care_council is None:
        return {}
    waves = asked_already(survey.care_council.area, Audience(draft.audience))
    questions, minutes = (sum(getattr(wave, part) for wave in waves) for part in ("questions", "minutes"))
    return {"waves": waves, "questions": questions, "minutes": minutes, "area": survey.care_council.area}


# What a button does, by its name, and what is said when it is done.
Making = Callable[[HttpRequest, SurveyPage], arranging.Change]
STEPS: dict[str, tuple[Making, str]] = {
    "up": (lambda request, _: arranging.Move(_screen(request), -1), "Moved up."),
    "down": (lambda request, _: arranging.Move(_screen(request), 1), "Moved down."),
    "order": (lambda request, _: arranging.Order(tuple(typed(request, "order", 6000).split())), "Moved."),
    "add": (lambda request, survey: _question(request, survey), "Added at the end."),
    "tell": (lambda request, _: arranging.AddInformation(_told(request)), "Added at the end."),
    "reword": (lambda request, _: arranging.Reword(_screen(request), _told(request)), "Changed."),
    "out": (lambda request, _: arranging.TakeOut(_screen(request)), "Taken out."),
    "after": (lambda request, _: _after(request), "It is asked only after these answers now."),
    "always": (lambda request, _: arranging.AskOnlyAfter(_screen(request)), "Everybody is asked it now."),
    "promise": (lambda request, _: _promise(request), "Kept."),
}


def _screen(request: HttpRequest) -> str:
    return typed(request, "screen", 36)


def _told(request: HttpRequest) -> str:
    return typed(request, "text", arranging.LONGEST_INFORMATION)


def _question(request: HttpRequest, survey: SurveyPage) -> arranging.Change:
    said = typed(request, "question", 15)
    wanted = int(said) if said.isascii() and said.isdigit() else 0
    found = questions_to_add(latest(survey), "").filter(pk=wanted).first()
    if found is None:
        raise NotAllowed("This question is asked already, or has no words for this audience.")
    return arranging.AddQuestion(found)


def _after(request: HttpRequest) -> arranging.Change:
    options = tuple(option[:63].replace("\0", "") for option in request.POST.getlist("option")[:50])
    return arranging.AskOnlyAfter(_screen(request), typed(request, "earlier", 36), options)


def _promise(request: HttpRequest) -> arranging.Change:
    space, voice, listens = (typed(request, field, 4000) for field in ("space", "voice", "decision_maker"))
    for said, longest in ((space, 4000), (voice, 4000), (listens, 200)):
        if len(said) > longest:
            raise NotAllowed(f"This is too long: {longest} letters are the most.")
    return arranging.Promise(space, voice, listens, _day(typed(request, "report_back_on", 10)))


def _day(said: str) -> date | None:
    """A day as a form sends it."""
    try:
        day = parse_date(said) if said else None
    except ValueError:
        day = None
    if said and day is None:
        raise NotAllowed("Write the date as year, month and day, like 2027-03-01.")
    return day


def change_draft(request: HttpRequest, survey: SurveyPage) -> bool:
    """Does what was pressed to the draft, and says that it was done, or why not."""
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise PermissionDenied("There is no such step.")
    making, done = STEPS[step]

    def do() -> None:
        arrange(survey, making(request, survey), made_on=seen_revision(request), by=request.user)

    return attempt(request, done, do)


def _arrange(request: HttpRequest, survey: SurveyPage) -> HttpResponse:
    is_done = change_draft(request, survey)
    place = f"#{_screen(request)}" if is_done and request.POST.get("step") in {"up", "down"} else ""
    return redirect(reverse("desk:workbench", args=[survey.pk]) + place)
