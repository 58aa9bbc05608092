"""What the care council said about meaning between two editions, read from the survey's history."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import PageLogEntry

from surveys.design.models import SurveyPage


@dataclass(frozen=True)
class Meaning:
    """Whether a question means the same in two editions, and why."""

    is_same: bool
    reason: str


def meanings_said(survey: SurveyPage, earlier: int, later: int) -> dict[str, Meaning]:
    """By the code of a question, the last that was said about these two editions, in whichever order."""
    entries = PageLogEntry.objects.filter(page=survey.pk, action="design.say_meaning").order_by("timestamp", "pk")
    return {
        entry.data["item"]: Meaning(entry.data["is_same"], entry.data["reason"])
        for entry in entries
        if {entry.data["earlier"], entry.data["later"]} == {earlier, later}
    }
