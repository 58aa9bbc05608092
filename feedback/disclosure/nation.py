"""Which national windows close: as in an area, and nothing can be worked out by taking areas away (A2 rules 3, 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from feedback.disclosure.blocks import (
    Counts,
    Decision,
    Group,
    Stratum,
    Window,
    closed_if_enough,
    count_groups,
    group_of,
    last_end,
    open_period,
    respondents,
)
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.rules import ProtectionRules, Table, line_rule

FEWEST_AREAS = 2


def close_nation(
    counts: Mapping[str, Counts],
    area_history: Mapping[str, Sequence[Window]],
    history: Sequence[Window],
    *,
    quarter: Quarter,
    rules: ProtectionRules,
) -> list[Window]:
    """The national windows of one question that close at the end of a quarter, after those of every area.

    `counts` and `area_history` are by area, the history including what closed in this quarter. With one area there
    is no nation: it would be the same numbers again.
    """
    if (
        sum(1 for of_area in counts.values() if any(map(any, map(dict.values, map(dict, of_area.values())))))
        < FEWEST_AREAS
    ):
        return []
    nation = _together(counts)
    block = _close_overall(nation, counts, area_history, history, quarter, rules)
    closed = [block] if block else []
    end = last_end([*history, *closed], Table.OVERALL)
    if end is None or not (block or quarter.ends_year):
        return closed
    for table in (Table.STAGE, Table.AUDIENCE):
        period = open_period(nation, history, table, until=end)
        if period is not None:
            bases = count_groups(nation, period, table)
            shown = _shown(bases, _uncovered(counts, area_history, table, period), rules)
            closed.extend(closed_if_enough(table, period, bases, shown, force=quarter.ends_year, rules=rules))
    return closed


def _together(counts: Mapping[str, Counts]) -> dict[Quarter, dict[Stratum, int]]:
    total: dict[Quarter, Counter[Stratum]] = {}
    for of_area in counts.values():
        for quarter, strata in of_area.items():
            total.setdefault(quarter, Counter()).update(strata)
    return {quarter: dict(strata) for quarter, strata in total.items()}


def _close_overall(
    nation: Counts,
    counts: Mapping[str, Counts],
    area_history: Mapping[str, Sequence[Window]],
    history: Sequence[Window],
    quarter: Quarter,
    rules: ProtectionRules,
) -> Window | None:
    period = open_period(nation, history, Table.OVERALL, until=quarter)
    if period is None or (n := respondents(nation, period)) < rules.smallest_block:
        return None
    left = _uncovered(counts, area_history, Table.OVERALL, period).get(Group(), {})
    if not _is_safe(left, rules.smallest_block):
        return None
    return Window(Table.OVERALL, period, (Decision(Group(), n, ""),))


def _is_safe(left: Mapping[str, int], smallest: int) -> bool:
    """Whether what areas have not published themselves is nobody, or enough people in at least two areas."""
    return not left or (len(left) >= FEWEST_AREAS and sum(left.values()) >= smallest)


def _uncovered(
    counts: Mapping[str, Counts], area_history: Mapping[str, Sequence[Window]], table: Table, period: Period
) -> dict[Group, dict[str, int]]:
    """By group and area, the respondents of a period whom the area's own windows inside it do not show."""
    left: dict[Group, dict[str, int]] = {}
    for area, of_area in counts.items():
        inside = [w for w in area_history.get(area, ()) if w.table is table and period.holds(w.period)]
        shown = {quarter: window.shown() for window in inside for quarter in window.period.quarters()}
        for quarter in period.quarters():
            for stratum, n in of_area.get(quarter, {}).items():
                group = group_of(stratum, table)
                if n and group not in shown.get(quarter, ()):
                    of_group = left.setdefault(group, {})
                    of_group[area] = of_group.get(area, 0) + n
    return left


def _shown(
    bases: Mapping[Group, int], uncovered: Mapping[Group, Mapping[str, int]], rules: ProtectionRules
) -> frozenset[Group]:
    """The groups that may be shown so that neither a group nor an area's withheld group can be worked out.

    Taking the areas' own figures away from a national one leaves the respondents the areas do not show. Those must be
    nobody, or enough in at least two areas; and the same must hold for the national groups withheld, because the
    areas' own withheld respondents, all groups together, are known by taking away as well.
    """
    safe = {group for group in bases if _is_safe(uncovered.get(group, {}), rules.smallest_group)}
    left = {group: sum(uncovered.get(group, {}).values()) for group in bases}
    while True:
        shown = line_rule(bases, rules, may_show=safe)
        hidden = sum(n for group, n in left.items() if group not in shown)
        if not shown or hidden == 0 or hidden >= rules.smallest_group:
            return shown
        safe = set(shown - {min(shown, key=lambda group: (bases[group], repr(group)))})
