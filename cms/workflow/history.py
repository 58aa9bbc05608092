"""What a survey is now, and who did what to it and why; anybody who works on it may read that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry

from surveys.bank.models import QuestionBankPage
from surveys.design.models import AreaSurveysPage, SurveyPage
from surveys.design.trees import surveys_of
from surveys.frame.models import Area

LONGEST = 50
# Of what the log holds, what tells something about how the wording came to be.
TOLD = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.comments.create")


@dataclass(frozen=True)
class Happened:
    """One thing somebody did to a survey."""

    what: str
    by: str
    on: date
    reason: str


def latest(survey: SurveyPage) -> SurveyPage:
    """The survey as its last draft has it, which is what would be frozen."""
    return survey.get_latest_revision_as_object()


def _who(entry: PageLogEntry) -> str:
    """A member of staff, or the program that did it."""
    program = (entry.data or {}).get("program")
    return str(entry.user or (f"the program {program}" if program else "somebody whose account is gone"))


def _said(data: dict) -> str:
    """Why it was done, or what it was, where that is on record."""
    return data.get("reason") or data.get("what", "")


def history_of(survey: SurveyPage) -> list[Happened]:
    """What happened to it, the last first."""
    names = dict(registry.get_choices())
    entries = PageLogEntry.objects.filter(page=survey.pk).select_related("user").order_by("-timestamp")
    told = [entry for entry in entries if entry.action in TOLD or entry.action.startswith("design.")]
    return [
        Happened(
            str(registry.get_action_label(entry.action)) if entry.action in names else entry.action,
            _who(entry),
            entry.timestamp.date(),
            _said(entry.data or {}),
        )
        for entry in told[:LONGEST]
    ]


def trees_for(user, permission: str) -> list[AreaSurveysPage]:
    """Below which page each of somebody's areas drafts its surveys; made where there is none yet."""
    return [surveys_of(area) for area in Area.objects.visible_to(user, permission)]


def bank_page() -> Page:
    """The tree of the question bank; made where there is none yet."""
    bank = QuestionBankPage.objects.order_by("path").first()
    return bank or Page.get_first_root_node().add_child(instance=QuestionBankPage(title="Question bank"))
