"""Which protection rules hold for all areas together, and when one may change its own.

What an area decided holds for whole calendar years. A national figure rests on what the areas still close in that year,
so rules that changed in between could let somebody work out a group by taking figures away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

from feedback.anonymisation.models import ClosedQuarter
from feedback.anonymisation.rules_of_an_area import rules_in_force, wanted_by
from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import ProtectionRules, strictest, weaker
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

MOST = 1000


def rules_of_all(areas: Iterable[Area], quarter: Quarter) -> ProtectionRules:
    """The rules by which all areas together are closed: the strictest of each, so that none can be worked out."""
    return strictest(rules_in_force(), *(wanted_by(area, quarter.year) for area in areas))


def check_thresholds(wanted: Mapping[str, int | None]) -> None:
    """Refuses what protects less than the floor, and what would never show anything."""
    problems = weaker(rules_in_force(), wanted)
    problems |= {
        name: f"With {value} nothing would ever be shown. Choose {MOST} at most."
        for name, value in wanted.items()
        if value is not None and value > MOST
    }
    if problems:
        raise ValidationError(problems)


def first_free_year(area: Area, *, today: Quarter) -> int:
    """The first year of which nothing of an area has been closed yet."""
    last = ClosedQuarter.objects.filter(area=area).order_by("-quarter").values_list("quarter", flat=True).first()
    return max(today.year, Quarter.parse(last).year + 1) if last else today.year


def check_year_is_free(area: Area, year: int) -> None:
    """Refuses to change the rules of a year of which figures have been closed already."""
    if ClosedQuarter.objects.filter(area=area, quarter__gte=f"{year}Q1").exists():
        raise NotAllowed(f"Figures of {year} have been closed already, so its thresholds stay. Choose a later year.")
