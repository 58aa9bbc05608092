"""Looks for groups that could be worked out by taking published figures away from one another (P4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from feedback.disclosure.blocks import Counts, Group, Window, count_groups, group_of
from feedback.disclosure.periods import Period
from feedback.disclosure.rules import ProtectionRules, Table


def remainders(counts: Counts, windows: Sequence[Window], rules: ProtectionRules) -> list[str]:
    """A sentence for each published line of one population whose unpublished respondents number 1 to 9.

    `counts` are the respondents of the quarters the windows cover. A line is a window as a whole, and in the two-way
    table each row and column as well.
    """
    found: list[str] = []
    for window in windows:
        bases = count_groups(counts, window.period, window.table)
        for name, line in _lines_of(window, bases):
            left = sum(n for group, n in line.items() if group not in window.shown())
            if window.shown() & set(line) and 0 < left < rules.smallest_group:
                found.append(f"{window.table} {window.period}{name}: {left} people could be worked out.")
    return found


def _lines_of(window: Window, bases: Mapping[Group, int]) -> Iterator[tuple[str, dict[Group, int]]]:
    yield "", dict(bases)
    if window.table is Table.STAGE_AUDIENCE:
        for axis in ("stage", "audience"):
            for value in dict.fromkeys(getattr(group, axis) for group in bases):
                line = {group: n for group, n in bases.items() if getattr(group, axis) == value}
                yield f", {axis} {value or 'not known'}", line


def national_remainders(
    counts: Mapping[str, Counts],
    area_windows: Mapping[str, Sequence[Window]],
    nation: Iterable[Window],
    rules: ProtectionRules,
) -> list[str]:
    """A sentence for each national group from which taking the areas' own figures away leaves 1 to 9 people."""
    found: list[str] = []
    for window in nation:
        for group in sorted(window.shown(), key=repr):
            left = sum(
                _left(of_area, area_windows.get(area, ()), window.table, group, window.period)
                for area, of_area in counts.items()
            )
            if 0 < left < rules.smallest_group:
                found.append(f"All areas, {window.table} {window.period}: {left} people could be worked out.")
    return found


def _left(counts: Counts, windows: Iterable[Window], table: Table, group: Group, period: Period) -> int:
    inside = [w for w in windows if w.table is table and period.holds(w.period) and group in w.shown()]
    covered = {quarter for window in inside for quarter in window.period.quarters()}
    return sum(
        n
        for quarter in period.quarters()
        if quarter not in covered
        for stratum, n in counts.get(quarter, {}).items()
        if group_of(stratum, table) == group
    )
