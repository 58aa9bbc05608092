"""Looks for groups that could be worked out by taking published figures away from one another (P4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from feedback.disclosure.blocks import Counts, Group, Window, list_groups, people_worked_out, published_margins
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.disclosure.uncovered import OwnFigures, by_quarter, runs_to, smallest_left


def remainders(
    counts: Counts, windows: Sequence[Window], rules: ProtectionRules, *, of: Collection[Window] | None = None
) -> list[str]:
    """A sentence for each published line of one population whose unpublished respondents number 1 to 9.

    `of` are the windows that were closed by these rules, among `windows`; all of them unless it is given.

    `counts` are the respondents of the quarters the windows cover. A line is a window as a whole, and in the two-way
    table each row and column as well; there, cells that follow only from several lines have a sentence too.
    """
    found: list[str] = []
    for window in windows if of is None else of:
        bases = list_groups(counts, window.period, window.table)
        for name, line in _lines_of(window, bases):
            left = sum(n for group, n in line.items() if group not in window.shown())
            if window.shown() & set(line) and 0 < left < rules.smallest_group:
                found.append(f"{window.table} {window.period}{name}: {left} people could be worked out.")
        if window.table is Table.STAGE_AUDIENCE:
            left = people_worked_out(bases, window.shown(), published_margins(windows, window.period), rules)
            found.extend(_over_several_lines(window, left))
    return found


def _over_several_lines(window: Window, people: int) -> Iterator[str]:
    if people:
        yield f"{window.table} {window.period}: {people} people could be worked out from several lines."


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
    *,
    of: Collection[Window] | None = None,
) -> list[str]:
    """A sentence for each sum of national figures from which taking the areas' own away leaves too few.

    `of` are the last windows of the sums to look at; all unless it is given.

    Too few are fewer than a block, or in breakdowns than a group, or people of one area only; and a sum is a group
    over any run of windows, or the groups withheld in it.
    """
    found: list[str] = []
    national = sorted(nation, key=lambda window: window.period)
    for table in dict.fromkeys(window.table for window in national):
        windows = [window for window in national if window.table is table]
        if of is None or any(window in of for window in windows):
            own = OwnFigures(by_quarter(counts, table), area_windows, table)
            for n, last in enumerate(windows):
                if of is None or last in of:
                    found.extend(_left_over(windows[:n], last, own, rules))
    return found


def _left_over(earlier: Sequence[Window], last: Window, own: OwnFigures, rules: ProtectionRules) -> Iterator[str]:
    runs = list(runs_to(last.period, earlier, own, smallest=smallest_left(last.table, rules)))
    if runs[0].adding(last.shown()):
        known = own.known(last.period, last.shown())
        for run in runs:
            for people in run.reveals(known):
                yield f"All areas, {last.table} {run.period}: {people} could be worked out."
