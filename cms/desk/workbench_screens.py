"""One screen of a survey on the workbench: its route, other words for it, what was said of it, how it was tried."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.desk.findings import Shown, report_of
from cms.desk.trying import attempt
from cms.desk.workbench import WRITE, change_draft, survey_at, typed, why_not_now
from cms.workflow.history import latest
from surveys.design import suggestion_actions, trying_actions
from surveys.design.arranging import conditions_of, offers_before, screens_of
from surveys.design.bench import Row, row_of
from surveys.design.models import SurveyPage
from surveys.design.workbench import CHILDREN_PER_BAND, LONGEST_WORDING, Suggestion, TryNote, Vote
from surveys.instrument.wording import AUDIENCE_CHOICES

TO_THE_DRAFT = {"after", "always", "reword"}


@dataclass(frozen=True)
class Proposed:
    """A suggestion with what this person may do to it."""

    suggestion: Suggestion
    counts: str
    votes: tuple[Vote, ...]
    own: Vote | None
    may_decide: bool
    may_put_in: bool


@never_cache
def workbench_screen(request: HttpRequest, number: int, key: uuid.UUID) -> HttpResponse:
    """One screen, and everything that can be said and done about it."""
    survey = survey_at(request, number)
    if request.method == "POST":
        return _act(request, survey, str(key))
    draft = latest(survey)
    row = row_of(draft, str(key))
    if row is None:
        raise Http404("This screen is not in the survey any more.")
    may_write = request.user.has_perm(WRITE, survey)
    context = {
        "survey": survey,
        "made_on": survey.latest_revision_id or 0,
        "row": row,
        "why_not": why_not_now(request, survey),
        "may_write": may_write,
        "routes": _routes(draft, row),
        "findings": _findings(draft, row),
        "proposed": _proposed(request, survey, row) if row.question else [],
        "stances": Vote.Stance.choices,
        "must_say_why": not request.user.has_perm("design.approve", survey),
        "remarks": survey.remarks.filter(item=row.code).select_related("made_by"),
        "notes": survey.try_notes.filter(item=row.code).select_related("made_by"),
        "outcomes": TryNote.Outcome.choices,
        "bands": AUDIENCE_CHOICES,
        "band": draft.audience,
        "needed": CHILDREN_PER_BAND,
    }
    return render(request, "desk/workbench_screen.html", context)


def _findings(draft: SurveyPage, row: Row) -> list[Shown]:
    """What the linter finds in these words."""
    report = report_of(draft, with_drafts=True)
    return [one for question in report.questions if question.code == row.code for one in question.findings]


def _routes(draft: SurveyPage, row: Row) -> list[dict[str, object]]:
    """The earlier questions, each with its answers, and those that are chosen."""
    if row.question is None:
        return []
    stored = next(screen for screen in screens_of(draft) if screen["id"] == row.screen)
    chosen = {condition["question"]: condition["options"] for condition in conditions_of(stored)}
    return [
        {
            "offer": offer,
            "is_chosen": offer.code in chosen,
            "options": [(code, label, code in chosen.get(offer.code, ())) for code, label in offer.options],
        }
        for offer in offers_before(draft, row.screen)
    ]


def _proposed(request: HttpRequest, survey: SurveyPage, row: Row) -> list[Proposed]:
    found = survey.suggestions.filter(question__code=row.code).select_related("made_by", "decided_by")
    may_decide = request.user.has_perm("design.approve", survey)
    may_put_in = request.user.has_perm("bank.write") and request.user.has_perm(WRITE, survey)
    return [_one(request, one, may_decide, may_put_in) for one in found.prefetch_related("votes__voter")]


def _one(request: HttpRequest, suggestion: Suggestion, may_decide: bool, may_put_in: bool) -> Proposed:
    votes, status = tuple(suggestion.votes.all()), suggestion.status
    counts = ", ".join(f"{sum(vote.stance == code for vote in votes)} {label.lower()}" for code, label in STANCES)
    return Proposed(
        suggestion=suggestion,
        counts=counts,
        votes=votes,
        own=next((vote for vote in votes if vote.voter_id == request.user.pk), None),
        may_decide=may_decide and status == Suggestion.Status.OPEN and suggestion.made_by_id != request.user.pk,
        may_put_in=may_put_in and status == Suggestion.Status.ACCEPTED,
    )


STANCES = Vote.Stance.choices


def _act(request: HttpRequest, survey: SurveyPage, key: str) -> HttpResponse:
    step = request.POST.get("step", "")
    here = reverse("desk:workbench_screen", args=[survey.pk, key])
    if step in TO_THE_DRAFT:
        change_draft(request, survey)
        return redirect(f"{here}#route" if step != "reword" else here)
    if step not in STEPS:
        raise PermissionDenied("There is no such step.")
    do, done, place = STEPS[step]
    attempt(request, done, lambda: do(request, survey, key))
    return redirect(f"{here}#{place}")


def _suggest(request: HttpRequest, survey: SurveyPage, key: str) -> None:
    text, why = typed(request, "text", LONGEST_WORDING), typed(request, "reason")
    suggestion_actions.suggest(survey, key, text=text, reason=why, by=request.user)


def _suggestion(request: HttpRequest, survey: SurveyPage) -> Suggestion:
    said = typed(request, "suggestion", 15)
    return get_object_or_404(survey.suggestions, pk=int(said) if said.isascii() and said.isdigit() else 0)


def _vote(request: HttpRequest, survey: SurveyPage, key: str) -> None:
    stance, why = typed(request, "stance", 20), typed(request, "reason")
    suggestion_actions.vote(_suggestion(request, survey), stance=stance, reason=why, by=request.user)


def _accept(request: HttpRequest, survey: SurveyPage, key: str) -> None:
    answer = typed(request, "answer")
    suggestion_actions.decide(_suggestion(request, survey), accepted=True, answer=answer, by=request.user)


def _refuse(request: HttpRequest, survey: SurveyPage, key: str) -> None:
    answer = typed(request, "answer")
    suggestion_actions.decide(_suggestion(request, survey), accepted=False, answer=answer, by=request.user)


def _put_in(request: HttpRequest, survey: SurveyPage, key: str) -> None:
    suggestion_actions.put_in(_suggestion(request, survey), by=request.user)


def _remark(request: HttpRequest, survey: SurveyPage, key: str) -> None:
    suggestion_actions.remark(survey, key, text=typed(request, "text"), by=request.user)


def _note(request: HttpRequest, survey: SurveyPage, key: str) -> None:
    children = typed(request, "children", 4)
    trying_actions.note(
        survey,
        key,
        band=typed(request, "band", 20),
        children=int(children) if children.isascii() and children.isdigit() else 0,
        outcome=typed(request, "outcome", 20),
        text=typed(request, "text"),
        by=request.user,
    )


# What a button does, what is said when it is done, and where on the page it is seen.
Doing = Callable[[HttpRequest, SurveyPage, str], None]
STEPS: dict[str, tuple[Doing, str, str]] = {
    "suggest": (_suggest, "Suggested. Everybody who works on the survey sees it and can vote.", "words"),
    "vote": (_vote, "Your vote is beside the suggestion. You can change it until it is decided.", "words"),
    "accept": (_accept, "Accepted. Somebody who words questions puts it into the bank now.", "words"),
    "refuse": (_refuse, "Refused. Your reason stands beside it.", "words"),
    "put_in": (_put_in, "In the bank’s draft. An officer publishes it there.", "words"),
    "remark": (_remark, "Said.", "remarks"),
    "note": (_note, "Noted.", "tried"),
}
