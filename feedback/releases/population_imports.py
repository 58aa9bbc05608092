"""Brings in population figures from a table: every line, or none; a line that is known is put right, never doubled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.releases.models import Release
from feedback.releases.population import PopulationFigure
from surveys.frame.models import Area
from surveys.frame.tables import BadTable, Line, check_columns, read_table, with_progress

NEEDED = ("area", "theme", "kind", "name", "value", "unit", "period", "source", "source_date")
COLUMNS = (*NEEDED, "note")
EVERY_AREA = "all"
MOST_LINES = 20_000
# A comma stands before three digits only, so that nobody's 21,5 becomes 215.
NUMBER = re.compile(r"\A(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?\Z")


class PopulationLoaded(NamedTuple):
    """How many figures are new, and how many were put right."""

    new: int
    changed: int


def import_population(file: Path, *, by=None) -> PopulationLoaded:
    """Loads every line of a table of population figures, or raises BadTable with each fault and loads none.

    `by` is empty when the console is used, which only an administrator of the machine can.
    """
    try:
        return _import(_lines(file), by=by)
    except IntegrityError as problem:
        raise BadTable(["Somebody else has just brought in one of these figures. Try again."]) from problem


@transaction.atomic
def _import(lines: Sequence[Line], *, by) -> PopulationLoaded:
    areas = _areas(lines, by=by)
    loaded = [0, 0]
    figures = []
    faults: list[str] = []
    seen: dict[tuple[int | None, str, str], int] = {}
    for line in with_progress(lines, "Loading"):
        try:
            figure = _figure(line, areas, seen)
            loaded[0] += figure._state.adding
            loaded[1] += _keep(figure)
            figures.append(figure)
        except ValidationError as problem:
            faults.append(f"Line {line.number}: {' '.join(problem.messages)}")
        except ValueError as problem:
            faults.append(f"Line {line.number}: {problem}")
    if faults:
        raise BadTable(faults)
    _log(figures, by=by)
    return PopulationLoaded(*loaded)


def _lines(file: Path) -> list[Line]:
    table = read_table(file)
    check_columns(table.header, needed=NEEDED, known=lambda name: name in COLUMNS)
    if not table.lines:
        raise BadTable(["There is no line below the names of the columns."])
    if len(table.lines) > MOST_LINES:
        raise BadTable([f"There are {len(table.lines)} lines; {MOST_LINES} is the most at once. Cut the file."])
    return [Line(line.number, {name: value.strip() for name, value in line.values.items()}) for line in table.lines]


def _areas(lines: Sequence[Line], *, by) -> dict[str, Area | str | None]:
    """By how a line names it: an area, nothing for all areas together, or a sentence on why there is none."""
    named = {line.values["area"] for line in lines}
    found = {name: _area(name) for name in named}
    if by is not None:
        for area in found.values():
            if not isinstance(area, str) and not by.has_perm("releases.import_population", Release(area=area)):
                raise PermissionDenied("You have no role in one of these areas that lets you do this.")
    return found


def _area(name: str) -> Area | str | None:
    if name == EVERY_AREA:
        return None
    found = Area.objects.called(name)
    if len(found) != 1:
        several = f"{name!r} could be {found[0].name} or {found[1].name}. Write the area's code." if found else ""
        return several or f"there is no area {name!r}; write {EVERY_AREA} for all areas together."
    (area,) = found
    if area.merged_into:
        return f"{area.name} is part of {area.merged_into.name} now. Bring its figures in there."
    return area


def _figure(line: Line, areas: Mapping, seen: dict[tuple[int | None, str, str], int]) -> PopulationFigure:
    values = line.values
    area = areas[values["area"]]
    if isinstance(area, str):
        raise ValueError(area)
    key = (area.pk if area else None, values["name"], values["period"])
    if key in seen:
        raise ValueError(f"the same figure of the same period is on line {seen[key]} already.")
    seen[key] = line.number
    figure = PopulationFigure.objects.filter(area=area, name=key[1], period=key[2]).first()
    figure = figure or PopulationFigure(area=area, name=key[1], period=key[2])
    for name in ("theme", "kind", "unit", "source"):
        setattr(figure, name, values[name])
    figure.note = values.get("note", "")
    figure.source_date = _day(values["source_date"])
    figure.value, figure.hidden = _value(values["value"])
    return figure


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as problem:
        raise ValueError("source_date is not written like 2026-03-31.") from problem
    if day > timezone.localdate():
        raise ValueError("source_date is still to come. Write the day on which the source published it.")
    return day


def _value(written: str) -> tuple[Decimal | None, str]:
    if written in PopulationFigure.Hidden.values:
        return None, written
    if not NUMBER.match(written):
        signs = ", ".join(PopulationFigure.Hidden.values)
        raise ValueError(
            f"value is no number like 1204, 1,204 or 21.5, and not below 0; where the source gives none, write one of "
            f"{signs}."
        )
    return Decimal(written.replace(",", "")), ""


def _keep(figure: PopulationFigure) -> bool:
    """Stores it if it is new or other than it was; says whether it was there and changed."""
    figure.full_clean()
    before = PopulationFigure.objects.filter(pk=figure.pk).first() if figure.pk else None
    if before and all(getattr(before, one.attname) == getattr(figure, one.attname) for one in figure._meta.fields):
        return False
    figure.save()
    return before is not None


def _log(figures: Iterable[PopulationFigure], *, by) -> None:
    """One entry for each area, and one for all areas together."""
    for area, some in groupby(sorted(figures, key=_area_first), key=_area_first):
        figure, *more = some
        log(figure, "releases.import_population", user=by, data={"area": area, "figures": 1 + len(more)})


def _area_first(figure: PopulationFigure) -> int:
    return figure.area_id or 0
