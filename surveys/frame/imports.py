"""Loads areas, services, journey stages and how many children each part of the frame holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from surveys.frame.models import Area, JourneyStage, Service, Stratum
from surveys.frame.tables import BadTable, Line, check_columns, read_table, with_progress

NEEDED = ("area",)
COLUMNS = (
    "area", "area_name", "help_name", "help_number", "service", "service_name", "stage", "stage_name", "audience",
    "children", "source", "counted_on",
)  # fmt: skip


@dataclass(frozen=True)
class FrameLoaded:
    """How many parts of the frame were made; those that were there are only renamed."""

    areas: int
    services: int
    stages: int
    strata: int


@transaction.atomic
def import_areas(file: Path, *, by=None) -> FrameLoaded:
    """Loads every line of a table of the frame, or raises BadTable and loads none."""
    before = _sizes()
    table = read_table(file)
    check_columns(table.header, needed=NEEDED, known=lambda name: name in COLUMNS)
    faults = []
    for line in with_progress(table.lines, "Loading"):
        try:
            _load(line)
        except ValidationError as problem:
            faults.append(f"Line {line.number}: {' '.join(problem.messages)}")
        except ValueError as problem:
            faults.append(f"Line {line.number}: {problem}")
    if faults:
        raise BadTable(faults[:20])
    made = FrameLoaded(*(now - then for now, then in zip(_sizes(), before, strict=True)))
    if area := Area.objects.first():
        log(area, "frame.import", user=by, data={"lines": len(table.lines)})
    return made


def _sizes() -> list[int]:
    return [model.objects.count() for model in (Area, Service, JourneyStage, Stratum)]


def _load(line: Line) -> None:
    values = {name: value.strip() for name, value in line.values.items()}
    area = _area(values)
    service = _named(Service, values, "service", area=area)
    stage = _named(JourneyStage, values, "stage")
    if values.get("children"):
        _count(values, area, service, stage)


def _area(values: Mapping[str, str]) -> Area:
    area = Area.objects.filter(code=values["area"]).first() or Area(code=values["area"], name=values["area"])
    area.name = values.get("area_name") or area.name
    area.help_name = values.get("help_name") or area.help_name
    area.help_number = values.get("help_number") or area.help_number
    area.full_clean()
    area.save()
    return area


def _named(model: type[Service] | type[JourneyStage], values: Mapping[str, str], what: str, **of: Area):
    code = values.get(what)
    if not code:
        return None
    found = model.objects.filter(code=code, **of).first() or model(code=code, name=code, **of)
    found.name = values.get(f"{what}_name") or found.name
    found.full_clean()
    found.save()
    return found


def _count(values: Mapping[str, str], area: Area, service: Service | None, stage: JourneyStage | None) -> None:
    if not values["children"].isdigit():
        raise ValueError("children is not a whole number.")
    if not values.get("source") or not values.get("counted_on"):
        raise ValueError("a count of children needs its source and the day of counting (counted_on, like 2026-03-31).")
    try:
        day = date.fromisoformat(values["counted_on"])
    except ValueError as problem:
        raise ValueError("counted_on is not written like 2026-03-31.") from problem
    audience = values.get("audience", "")
    place = {"area": area, "service": service, "stage": stage, "audience": audience, "counted_on": day}
    stratum = Stratum.objects.filter(**place).first() or Stratum(**place)
    stratum.children, stratum.source = int(values["children"]), values["source"]
    stratum.full_clean()
    stratum.save()
