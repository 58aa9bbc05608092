"""Which windows of an area close at the end of a quarter, and which groups they show (A2 rules 1 to 3, A3).

Everything here is decided on numbers of respondents, never on answers (P15).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from feedback.disclosure.derivable import worked_out
from feedback.disclosure.periods import BadQuarter, Period, Quarter
from feedback.disclosure.rules import ProtectionRules, Table, line_rule

__all__ = [
    "BadQuarter", "Counts", "Decision", "Group", "Known", "Period", "Quarter", "Stratum", "Window", "close_area",
    "count_groups", "respondents",
]  # fmt: skip

TOO_FEW = "too_few"
WOULD_REVEAL_ANOTHER = "would_reveal_another"


class Stratum(NamedTuple):
    """Where one respondent belongs; a blank stands for *not known*, which is a group like any other."""

    stage: str
    service: str
    audience: str


Counts = Mapping[Quarter, Mapping[Stratum, int]]


class Group(NamedTuple):
    """The respondents of a table's row or cell; None stands for all."""

    stage: str | None = None
    service: str | None = None
    audience: str | None = None


@dataclass(frozen=True)
class Decision:
    """Whether a group of so many respondents is shown (a blank reason), or why it is withheld."""

    group: Group
    respondents: int
    reason: str


@dataclass(frozen=True)
class Window:
    """One table over a closed run of quarters."""

    table: Table
    period: Period
    decisions: tuple[Decision, ...]

    def shown(self) -> frozenset[Group]:
        """The groups that may be seen."""
        return frozenset(decision.group for decision in self.decisions if not decision.reason)


Known = Mapping[Table, Collection[Group]]
NONE_KNOWN: Known = MappingProxyType({})


@lru_cache(maxsize=10_000)  # asked for every stratum of every quarter and area, again and again
def group_of(stratum: Stratum, table: Table) -> Group:
    """The group of a table that a respondent of this stratum counts in."""
    match table:
        case Table.OVERALL:
            return Group()
        case Table.STAGE:
            return Group(stage=stratum.stage)
        case Table.AUDIENCE:
            return Group(audience=stratum.audience)
        case Table.SERVICE:
            return Group(service=stratum.service)
        case Table.STAGE_AUDIENCE:
            return Group(stage=stratum.stage, audience=stratum.audience)


def count_strata(strata: Mapping[Stratum, int], table: Table) -> Counter[Group]:
    """The respondents of each group of a table among these."""
    total: Counter[Group] = Counter()
    for stratum, n in strata.items():
        total[group_of(stratum, table)] += n
    return total


def count_groups(counts: Counts, period: Period, table: Table) -> dict[Group, int]:
    """The respondents of each group of a table over a period, in the order of the groups' names."""
    total: Counter[Group] = Counter()
    for quarter in period.quarters():
        total.update(count_strata(counts.get(quarter, {}), table))
    return dict(sorted(total.items(), key=lambda pair: repr(pair[0])))


def list_groups(counts: Counts, period: Period, table: Table, *, known: Known = NONE_KNOWN) -> dict[Group, int]:
    """The respondents of each group that a window lists: who is there, and nobody of each group that is known to exist.

    If only groups with respondents were listed, a group's name would say that somebody answered. So the two-way table
    lists every stage with every audience.
    """
    found = count_groups(counts, period, table)
    listed = [*known.get(table, ()), *found]
    if table is Table.STAGE_AUDIENCE:
        stages = {group.stage for group in (*known.get(Table.STAGE, ()), *found)}
        audiences = {group.audience for group in (*known.get(Table.AUDIENCE, ()), *found)}
        listed = [Group(stage=stage, audience=audience) for stage in stages for audience in audiences]
    return {group: found.get(group, 0) for group in sorted(listed, key=repr)}


def respondents(counts: Counts, period: Period) -> int:
    """All respondents of a period."""
    return sum(sum(counts.get(quarter, {}).values()) for quarter in period.quarters())


def close_area(
    counts: Counts,
    history: Sequence[Window],
    *,
    quarter: Quarter,
    rules: ProtectionRules,
    known: Known = NONE_KNOWN,
) -> list[Window]:
    """The windows of one question in one area that close at the end of a quarter.

    `counts` are the respondents who were asked the question, for every quarter since the earliest open window at
    least; `history` are the windows closed before; `known` are the groups that exist, by one-way table, whether
    anybody of them answered or not. Called for each quarter in order.
    """
    block = close_overall(counts, history, quarter=quarter, rules=rules)
    closed = [block] if block else []
    end = last_end([*history, *closed], Table.OVERALL)
    if end is None or not (block or quarter.ends_year):
        return closed
    for table in (Table.STAGE, Table.AUDIENCE, Table.SERVICE):
        closed.extend(close_one_way(counts, history, table, end, force=quarter.ends_year, rules=rules, known=known))
    closed.extend(_close_two_way(counts, [*history, *closed], end, force=quarter.ends_year, rules=rules, known=known))
    return closed


def close_overall(
    counts: Counts, history: Sequence[Window], *, quarter: Quarter, rules: ProtectionRules
) -> Window | None:
    """The overall block that closes now, if at least the smallest block of respondents waits in the open window."""
    period = open_period(counts, history, Table.OVERALL, until=quarter)
    if period is None or (n := respondents(counts, period)) < rules.smallest_block:
        return None
    return Window(Table.OVERALL, period, (Decision(Group(), n, ""),))


def last_end(history: Iterable[Window], table: Table) -> Quarter | None:
    """The last quarter of a table's last closed window."""
    return max((window.period.last for window in history if window.table is table), default=None)


def open_period(counts: Counts, history: Iterable[Window], table: Table, *, until: Quarter) -> Period | None:
    """A table's open window up to a quarter; None if nothing is open."""
    end = last_end(history, table)
    first = end.next() if end else min(counts, default=None)
    return Period(first, until) if first and first <= until else None


def close_one_way(
    counts: Counts,
    history: Sequence[Window],
    table: Table,
    end: Quarter,
    *,
    force: bool,
    rules: ProtectionRules,
    known: Known = NONE_KNOWN,
) -> list[Window]:
    """A breakdown's open window up to the end of a block, if it shows enough or must close."""
    period = open_period(counts, history, table, until=end)
    if period is None:
        return []
    bases = list_groups(counts, period, table, known=known)
    return closed_if_enough(table, period, bases, line_rule(bases, rules), force=force, rules=rules)


def closed_if_enough(
    table: Table,
    period: Period,
    bases: Mapping[Group, int],
    shown: frozenset[Group],
    *,
    force: bool,
    rules: ProtectionRules,
) -> list[Window]:
    """The window with its decisions, if what it shows holds enough of the respondents, or if it must close now."""
    covered = sum(bases[group] for group in shown)
    if not force and not (shown and covered >= rules.share_to_close * sum(bases.values())):
        return []
    return [Window(table, period, tuple(_decision(group, n, shown, rules) for group, n in bases.items()))]


def _decision(group: Group, n: int, shown: frozenset[Group], rules: ProtectionRules) -> Decision:
    if group in shown:
        return Decision(group, n, "")
    return Decision(group, n, TOO_FEW if n < rules.smallest_group else WOULD_REVEAL_ANOTHER)


def _close_two_way(
    counts: Counts, history: Sequence[Window], end: Quarter, *, force: bool, rules: ProtectionRules, known: Known
) -> list[Window]:
    """Stage by audience, only where both its margins close at the same end."""
    if {last_end(history, Table.STAGE), last_end(history, Table.AUDIENCE)} != {end}:
        return []
    period = open_period(counts, history, Table.STAGE_AUDIENCE, until=end)
    if period is None:
        return []
    bases = list_groups(counts, period, Table.STAGE_AUDIENCE, known=known)
    shown = _two_way_rule(bases, published_margins(history, period), rules)
    return closed_if_enough(Table.STAGE_AUDIENCE, period, bases, shown, force=force, rules=rules)


def published_margins(history: Iterable[Window], period: Period) -> frozenset[Group]:
    """The stages and audiences that are shown in every window of a period, whose sums are therefore known."""
    inside = [window for window in history if period.holds(window.period)]
    return _always_shown(inside, Table.STAGE) | _always_shown(inside, Table.AUDIENCE)


def _always_shown(windows: Iterable[Window], table: Table) -> frozenset[Group]:
    shown = [window.shown() for window in windows if window.table is table]
    return frozenset.intersection(*shown) if shown else frozenset()


def _two_way_rule(bases: Mapping[Group, int], margins: frozenset[Group], rules: ProtectionRules) -> frozenset[Group]:
    """The cells that may be shown: both margins are, and no small group follows from one line or from several."""
    shown = _lines_rule(bases, {g for g in bases if _margins_of(g) <= margins}, rules)
    while shown and people_worked_out(bases, shown, margins, rules):
        smallest = min(shown, key=lambda group: (bases[group], repr(group)))
        shown = _lines_rule(bases, shown - {smallest}, rules)
    return shown


def _margins_of(cell: Group) -> frozenset[Group]:
    return frozenset({Group(stage=cell.stage), Group(audience=cell.audience)})


def people_worked_out(
    bases: Mapping[Group, int], shown: frozenset[Group], margins: frozenset[Group], rules: ProtectionRules
) -> int:
    """How many people are in withheld cells that are few together and follow from total, margins and cells shown."""
    lines: dict[Group | None, Counter[Group | None]] = {}
    for cell, n in bases.items():
        if cell not in shown:
            row, column = Group(stage=cell.stage), Group(audience=cell.audience)
            line = lines.setdefault(row if row in margins else None, Counter())
            line[column if column in margins else None] += n
    return worked_out(lines.values(), smallest_group=rules.smallest_group)


def _lines_rule(bases: Mapping[Group, int], allowed: Iterable[Group], rules: ProtectionRules) -> frozenset[Group]:
    """The remainder rule in every row, every column and over all cells, repeated until nothing changes."""
    shown = frozenset(allowed)
    lines = [*_lines(bases, "stage"), *_lines(bases, "audience"), dict(bases)]
    while True:
        kept: frozenset[Group] = shown
        for line in lines:
            kept = kept - (line.keys() - line_rule(line, rules, may_show=kept))
        if kept == shown:
            return shown
        shown = kept


def _lines(bases: Mapping[Group, int], axis: str) -> list[dict[Group, int]]:
    lines: dict[str, dict[Group, int]] = {}
    for group, n in bases.items():
        lines.setdefault(getattr(group, axis), {})[group] = n
    return list(lines.values())
