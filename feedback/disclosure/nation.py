"""Which national windows close: as in an area, and nothing can be worked out by taking areas away (A2 rules 3, 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from feedback.disclosure.blocks import (
    NONE_KNOWN,
    Counts,
    Decision,
    Group,
    Known,
    Stratum,
    Window,
    close_one_way,
    closed_if_enough,
    last_end,
    list_groups,
    open_period,
    respondents,
)
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.rules import ProtectionRules, Table, line_rule
from feedback.disclosure.uncovered import FEWEST_AREAS, AreaWindows, OwnFigures, Run, by_quarter, runs_to


def close_nation(
    counts: Mapping[str, Counts],
    area_history: Mapping[str, Sequence[Window]],
    history: Sequence[Window],
    *,
    quarter: Quarter,
    rules: ProtectionRules,
    known: Known = NONE_KNOWN,
    area_rules: Mapping[str, ProtectionRules] | None = None,
) -> list[Window]:
    """The national windows of one question that close at the end of a quarter, after those of every area.

    `counts` and `area_history` are by area, the history including what closed in this quarter; `counts` go back to the
    first national window. `known` are the groups that exist, by table; `area_rules` are the areas' own, which are
    no stricter than `rules`. With one area there is no nation: it would be the same numbers again.
    """
    if sum(map(_has_respondents, counts.values())) < FEWEST_AREAS:
        return []
    nation = _Nation(counts, area_history, history, rules, area_rules or {})
    block = nation.close_overall(quarter)
    closed = [block] if block else []
    end = last_end([*history, *closed], Table.OVERALL)
    if end is None or not (block or quarter.ends_year):
        return closed
    for table in (Table.STAGE, Table.AUDIENCE):
        closed.extend(nation.close_breakdown(table, end, force=quarter.ends_year, known=known))
    return closed


def _has_respondents(counts: Counts) -> bool:
    return any(n for strata in counts.values() for n in strata.values())


class _Nation:
    """All areas together, with what they and the nation have shown so far."""

    def __init__(
        self,
        counts: Mapping[str, Counts],
        area_history: Mapping[str, Sequence[Window]],
        history: Sequence[Window],
        rules: ProtectionRules,
        area_rules: Mapping[str, ProtectionRules],
    ) -> None:
        self.counts, self.area_history, self.history, self.rules = counts, area_history, history, rules
        self.area_rules = area_rules
        self.together = _together(counts)

    def close_overall(self, quarter: Quarter) -> Window | None:
        """The national block that closes now, if there are enough respondents and it leaves enough of every run."""
        period = open_period(self.together, self.history, Table.OVERALL, until=quarter)
        if period is None or (n := respondents(self.together, period)) < self.rules.smallest_block:
            return None
        own = OwnFigures(by_quarter(self.counts, Table.OVERALL), self.area_history, Table.OVERALL)
        runs = runs_to(period, self._earlier(Table.OVERALL), own, smallest=self.rules.smallest_block)
        if not all(run.is_safe([Group()]) for run in runs):
            return None
        return Window(Table.OVERALL, period, (Decision(Group(), n, ""),))

    def close_breakdown(self, table: Table, end: Quarter, *, force: bool, known: Known) -> list[Window]:
        """A breakdown's open window up to the end of a national block, if it shows enough or must close."""
        period = open_period(self.together, self.history, table, until=end)
        if period is None:
            return []
        bases = list_groups(self.together, period, table, known=known)
        quarters = by_quarter(self.counts, table)
        own = OwnFigures(quarters, self.area_history, table)
        late = OwnFigures(quarters, self._with_late_windows(table), table)
        runs = runs_to(period, self._earlier(table), own, late=late, smallest=self.rules.smallest_group)
        shown = _shown(bases, period, list(runs), own, self.rules)
        return closed_if_enough(table, period, bases, shown, force=force, rules=self.rules)

    def _earlier(self, table: Table) -> list[Window]:
        return [window for window in self.history if window.table is table]

    def _with_late_windows(self, table: Table) -> AreaWindows:
        """The areas' windows, and what they close at the end of the year if no block of theirs closes before.

        Such a window ends with the area's last block, so within a national window that closed long before: the nation
        must be safe whether it comes or not. It is known already, because the numbers of closed blocks do not change.
        """
        return {area: [*self.area_history.get(area, ()), *self._late_windows(area, table)] for area in self.counts}

    def _late_windows(self, area: str, table: Table) -> list[Window]:
        history = self.area_history.get(area, ())
        end = last_end(history, Table.OVERALL)
        rules = self.area_rules.get(area, self.rules)
        return close_one_way(self.counts[area], history, table, end, force=True, rules=rules) if end else []


def _together(counts: Mapping[str, Counts]) -> dict[Quarter, dict[Stratum, int]]:
    total: dict[Quarter, Counter[Stratum]] = {}
    for of_area in counts.values():
        for quarter, strata in of_area.items():
            total.setdefault(quarter, Counter()).update(strata)
    return {quarter: dict(strata) for quarter, strata in total.items()}


def _shown(
    bases: Mapping[Group, int], period: Period, runs: Sequence[Run], own: OwnFigures, rules: ProtectionRules
) -> frozenset[Group]:
    """The groups that may be shown so that neither a group nor an area's withheld group can be worked out.

    Taking the areas' own figures away from a national one leaves the respondents the areas do not show. Those must be
    nobody, or enough in at least two areas; and the same must hold for the national groups withheld, because the
    areas' own withheld respondents, all groups together, are known by taking away as well.
    """
    safe = {group for group in bases if all(run.is_safe(run.adding(frozenset({group}))) for run in runs)}
    while True:
        shown = line_rule(bases, rules, may_show=safe)
        known = own.known(period, shown)
        revealing = next((run for run in runs if run.reveals(known)), None)
        if revealing is None or not runs[0].adding(shown):
            return shown
        # What is only the sum of the areas' figures adds nobody to those who are withheld.
        hiding = (revealing.adding(shown) or runs[0].adding(shown)) & shown
        safe = set(shown - {min(hiding, key=lambda group: (bases[group], repr(group)))})
