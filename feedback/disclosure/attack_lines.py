"""Published groups as a reader sees them, and which of them teach something: sums of shorter periods do not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feedback.disclosure.blocks import Group
from feedback.disclosure.figures import DID_NOT_ANSWER, ShownCell
from feedback.disclosure.periods import Period
from feedback.disclosure.rules import Table


@dataclass(frozen=True)
class Line:
    """One published group of one question as a reader sees it; `area` is None for all areas together.

    `without` are shorter periods that were taken away from it (see `without_sums`).
    """

    question: str
    area: str | None
    period: Period
    table: Table
    group: Group
    base: float | None
    cells: tuple[ShownCell, ...]
    without: tuple[Period, ...] = ()

    @property
    def place(self) -> tuple[object, ...]:
        """Which population it is about."""
        return (self.area, self.table, self.period, self.group, self.without)

    @property
    def is_shown(self) -> bool:
        """Whether its number of people is printed."""
        return self.base is not None

    def reason(self) -> str:
        """Why the whole group is withheld; blank if it is shown."""
        first = self.cells[0].reason if self.cells else ""
        return first if not self.is_shown else ""


def one_for_each_place(lines: Iterable[Line]) -> list[Line]:
    """Each group once for each set of values it was published with."""
    kept: list[Line] = []
    found: dict[tuple[object, ...], list[int]] = {}
    for line in lines:
        # Cells are compared only where a place comes again: to look each up took longer than all else here.
        there = found.setdefault(line.place, [])
        same = next((number for number in there if kept[number].cells == line.cells), None)
        if same is None:
            there.append(len(kept))
            kept.append(line)
        else:
            kept[same] = line
    return kept


def without_sums(lines: Sequence[Line]) -> list[Line]:
    """The lines that are not only the sum of shorter periods: those teach a careful reader nothing.

    Where one of the shorter ones is withheld, the longer one less the others stands in its place.
    """
    by_group: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        by_group.setdefault((line.area, line.table, line.group), []).append(line)
    kept = []
    for line in lines:
        of_it = by_group[line.area, line.table, line.group]
        if not is_sum(line, of_it):
            kept.append(_what_it_adds(line, of_it))
    return kept


def _what_it_adds(line: Line, others: Sequence[Line]) -> Line:
    """A longer line less the shorter ones in it, if withheld windows are all that is left."""
    if line.period.first == line.period.last:
        return line
    inside = [o for o in others if o.period != line.period and line.period.holds(o.period)]
    shown = [o for o in inside if o.is_shown]
    quarters = [quarter for part in inside for quarter in part.period.quarters()]
    if not line.is_shown or not shown or sorted(quarters) != list(line.period.quarters()):
        return line
    counts = [{cell.option: cell.count for cell in part.cells} for part in shown]
    cells = tuple(
        replace(cell, count=_less(cell.count, [of.get(cell.option, 0.0) for of in counts])) for cell in line.cells
    )
    base = (line.base or 0.0) - sum(part.base or 0.0 for part in shown)
    return replace(line, base=base, cells=cells, without=tuple(sorted(part.period for part in shown)))


def _less(count: float | None, parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return None if count is None or len(known) < len(parts) else count - sum(known)


def tiles(line: Line, others: Sequence[Line]) -> list[Line]:
    """Published lines of the same group that follow each other and fill its period; none if they leave a gap."""
    if line.period.first == line.period.last:
        return []
    inside = [o for o in others if o.is_shown and o.period != line.period and line.period.holds(o.period)]
    found: list[Line] = []
    first = line.period.first
    while first <= line.period.last:
        tile = min((o for o in inside if o.period.first == first), key=lambda o: o.period.last, default=None)
        if tile is None:
            return []
        found.append(tile)
        first = tile.period.last.next()
    return found


def is_sum(line: Line, others: Sequence[Line]) -> bool:
    """Whether a line is the sum of shorter ones that are published too, to the two decimals that are printed."""
    parts = tiles(line, others) if line.is_shown and line.period.first != line.period.last else []
    if not parts or abs(sum(part.base or 0.0 for part in parts) - (line.base or 0.0)) > 0.01:
        return False
    counts = [{cell.option: cell.count for cell in part.cells} for part in parts]
    for cell in line.cells:
        parts_of_it = [of.get(cell.option, 0.0) for of in counts]
        known = [count for count in parts_of_it if count is not None]
        if (
            cell.count is not None
            and len(known) == len(parts)
            and abs(sum(known) - cell.count) > 0.01 * (len(parts) + 1)
        ):
            return False
    return True


def is_answer(option: str) -> bool:
    """Whether an option is something somebody said; that nothing was said is protected too, but tells less."""
    return option != DID_NOT_ANSWER
