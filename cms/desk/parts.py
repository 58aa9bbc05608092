"""Which service and which step of the journey a wave, a poster or a sheet of cards is for, chosen in a form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from surveys.frame.counts import every_stage
from surveys.frame.models import Area


def parts_of(area: Area) -> dict[str, Any]:
    """What the form offers: the services of an area, and the steps that all areas share."""
    return {"services": area.services.all(), "stages": every_stage()}


def part_asked(request: HttpRequest, area: Area) -> dict[str, Any]:
    """What was chosen, None where nothing was; raises ValidationError if it is not there any more."""
    return {
        "service": _one(request, "service", area.services.all(), f"There is no such service in {area.name}."),
        "stage": _one(request, "stage", every_stage(), "There is no such step of the journey."),
    }


def _one(request: HttpRequest, field: str, offered, problem: str):
    code = request.POST.get(field, "").replace("\0", "")
    if not code:
        return None
    if found := offered.filter(code=code).first():
        return found
    raise ValidationError(f"{problem} Choose one of the list.")
