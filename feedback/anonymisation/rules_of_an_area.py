"""Which protection rules hold for an area: never weaker than the national floor."""

from __future__ import annotations

from django.conf import settings

from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import OF_AN_AREA, ProtectionRules, strictest
from surveys.frame.models import Area, Thresholds


def rules_in_force() -> ProtectionRules:
    """The protection rules of this installation; a system check refuses weaker ones than the national floor."""
    return ProtectionRules(**settings.EARSHOT_PROTECTION)


def wanted_by(area: Area, year: int) -> dict[str, int | None]:
    """What an area decided for a year: the last that it said before, or nothing."""
    last = Thresholds.objects.filter(area=area, year__lte=year).order_by("-year").first()
    return {name: getattr(last, name) for name in OF_AN_AREA} if last else {}


def rules_of(area: Area, quarter: Quarter) -> ProtectionRules:
    """The rules by which a quarter of an area is closed."""
    return strictest(rules_in_force(), wanted_by(area, quarter.year))
