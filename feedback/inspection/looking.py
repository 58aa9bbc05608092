"""Which inspections looked at what, for those whose area it is; and what the tables are read with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from feedback.inspection.models import Grant, GrantQuerySet
from feedback.privacy.looks import KINDS
from surveys.bank.models import QuestionPage, Theme
from surveys.frame.models import JourneyStage

LETTING_IN = frozenset({"inspection.give_grant", "inspection.end_grant"})


@dataclass(frozen=True)
class InspectionLook:
    """One line: when, which inspection, of which area, and what was done; the role is said, not the person."""

    at: datetime
    who: str
    inspection: str
    area: str
    what: str


def entries_about(grants: GrantQuerySet) -> QuerySet[ModelLogEntry]:
    """What the log says of these inspections, the latest first."""
    keys = [str(pk) for pk in grants.values_list("pk", flat=True)]
    about = ModelLogEntry.objects.filter(action__in=KINDS["inspection"].actions, object_id__in=keys)
    return about.filter(content_type=ContentType.objects.get_for_model(Grant)).order_by("-timestamp", "-pk")


def shown(entries: Iterable[ModelLogEntry], grants: GrantQuerySet) -> Iterator[InspectionLook]:
    """The lines of one page."""
    by_key = {str(grant.pk): grant for grant in grants.select_related("area")}
    for entry in entries:
        grant, year = by_key[entry.object_id], entry.data.get("year")
        what = f"{entry.message} of {year}" if year else entry.message
        yield InspectionLook(entry.timestamp, _who(entry.action), grant.inspection, grant.area.name, what)


def _who(action: str) -> str:
    """The role of whoever did it: who lets inspectors in looks at nothing, and who looks lets nobody in."""
    return "Who lets inspectors in" if action in LETTING_IN else "Inspector"


def steps_of_the_journey() -> list[str]:
    """The names of the steps, from needing help to being independent of it."""
    return list(JourneyStage.objects.values_list("name", flat=True))


def asks_whether_it_helped() -> frozenset[str]:
    """The codes of the questions of the bank that ask whether somebody was helped: outcomes of being helped."""
    asked = QuestionPage.objects.filter(theme=Theme.HELPED, is_outcome=True)
    return frozenset(asked.values_list("code", flat=True))
