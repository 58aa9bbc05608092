"""Loads areas, services, journey stages and how many children each part of the frame holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.log_actions import log

from surveys.frame.models import Area, HelpNumber, JourneyStage, Service, Stratum
from surveys.frame.register import areas_of, is_register
from surveys.frame.tables import BadTable, Line, check_columns, read_table, with_progress

NEEDED = ("area",)
COLUMNS = (
    "area", "area_name", "gss_code", "official_name", "region", "spellings", "help_name", "help_number", "service",
    "service_name", "stage", "stage_name", "audience", "children", "source", "counted_on",
)  # fmt: skip
# Of an area, by the names of columns; what is left empty stays as it was.
OF_AN_AREA = {"area_name": "name", "gss_code": "gss_code", "official_name": "official_name", "region": "region"}


@dataclass(frozen=True)
class FrameLoaded:
    """How many parts of the frame were made; those that were there are only renamed."""

    areas: int
    services: int
    stages: int
    strata: int


@transaction.atomic
def import_areas(file: Path, *, by=None) -> FrameLoaded:
    """Loads every line of a table of the frame, or of the register of authorities; or raises BadTable and loads none.

    `by` is empty when the console is used, which only an administrator of the machine can.
    """
    if by is not None and not by.holds_everywhere("frame.write"):
        raise PermissionDenied("Only an administrator of all areas may do this.")
    before = _sizes()
    lines = _lines(file)
    faults = []
    for line in with_progress(lines, "Loading"):
        try:
            with transaction.atomic():
                _load(line)
        except ValidationError as problem:
            faults.append(f"Line {line.number}: {' '.join(problem.messages)}")
        except ValueError as problem:
            faults.append(f"Line {line.number}: {problem}")
    if faults:
        raise BadTable(faults)
    made = FrameLoaded(*(now - then for now, then in zip(_sizes(), before, strict=True)))
    if area := Area.objects.first():
        log(area, "frame.import", user=by, data={"lines": len(lines)})
    return made


def _lines(file: Path) -> list[Line]:
    table = read_table(file)
    if is_register(table):
        return areas_of(table)
    check_columns(table.header, needed=NEEDED, known=lambda name: name in COLUMNS)
    return table.lines


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
    area = _known(values) or Area(code=values["area"], name=values["area"])
    for column, field in OF_AN_AREA.items():
        setattr(area, field, values.get(column) or getattr(area, field))
    spellings = {name.strip().casefold() for name in values.get("spellings", "").split(";") if name.strip()}
    area.spellings = sorted({*area.spellings, *spellings})
    area.full_clean()
    area.save()
    if values.get("help_number"):
        _help_number(area, values)
    return area


def _known(values: Mapping[str, str]) -> Area | None:
    """The area a line means: by a GSS code it has or had, by its code, or by a way people write its name."""
    codes = [values.get("gss_code", ""), *values.get("former_gss_codes", "").replace(" ", "").split(",")]
    by_gss = Area.objects.filter(gss_code__in=[code for code in codes if code]).first()
    if by_gss:
        return by_gss
    found = Area.objects.called(values["area"])
    if len(found) > 1:
        raise ValueError(f"{values['area']!r} could be {found[0].name} or {found[1].name}. Write the area's code.")
    return found[0] if found else None


def _help_number(area: Area, values: Mapping[str, str]) -> None:
    number = area.help_numbers.first() or HelpNumber(area=area)
    number.name, number.number = values.get("help_name") or number.name or area.name, values["help_number"]
    number.full_clean()
    number.save()


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
