"""Small populations for the protection's tests, and the obvious way to count them."""

from collections import Counter
from itertools import product

from hypothesis import strategies as st

from feedback.disclosure.blocks import (
    NONE_KNOWN,
    Group,
    Period,
    Quarter,
    Stratum,
    Window,
    close_area,
    count_groups,
    group_of,
)
from feedback.disclosure.nation import close_nation
from feedback.disclosure.rules import FLOOR, Table

SECRET = bytes(range(32))
STAGES, SERVICES, AUDIENCES = ("plan", "review", "leaving"), ("visits", "homes"), ("AGE_8_11", "AGE_12_17")
STRATA = [Stratum(*parts) for parts in product(STAGES, SERVICES, AUDIENCES)]
ALL_GROUPS = {
    Table.STAGE: [Group(stage=stage) for stage in (*STAGES, "after")],
    Table.SERVICE: [Group(service=service) for service in SERVICES],
    Table.AUDIENCE: [Group(audience=audience) for audience in AUDIENCES],
}
FIRST = Quarter(2024, 1)


def quarters(n):
    found = [FIRST]
    while len(found) < n:
        found.append(found[-1].next())
    return found


strata_counts = st.dictionaries(st.sampled_from(STRATA), st.integers(0, 25), max_size=6)
histories = st.lists(strata_counts, min_size=1, max_size=8)
few_or_many = st.one_of(st.integers(0, 12), st.integers(10, 40))
small_tables = st.fixed_dictionaries(
    {}, optional={Stratum(stage, "", audience): few_or_many for stage in STAGES for audience in AUDIENCES}
)
years_of_small_tables = st.one_of(
    small_tables.map(lambda table: [{}, {}, {}, table]),
    st.tuples(small_tables, small_tables).map(lambda halves: [{}, halves[0], {}, halves[1]]),
)


def counts_of(by_quarter):
    return dict(zip(quarters(len(by_quarter)), by_quarter, strict=True))


def close_all(counts, *, until=None, rules=FLOOR, known=NONE_KNOWN):
    """Every window of one area, quarter by quarter, as it happens on line: later quarters are not known yet."""
    history = []
    for quarter in sorted(counts):
        so_far = {q: strata for q, strata in counts.items() if q <= quarter}
        history += close_area(so_far, history, quarter=quarter, rules=rules, known=known)
        if quarter == until:
            break
    return history


def close_all_areas(counts, *, rules=FLOOR, known=NONE_KNOWN, area_rules=None):
    """Every window of several areas and of the nation; an area may have rules of its own."""
    area_rules = area_rules or {}
    areas, nation = {area: [] for area in counts}, []
    for quarter in sorted({q for of_area in counts.values() for q in of_area}):
        so_far = {area: {q: s for q, s in c.items() if q <= quarter} for area, c in counts.items()}
        for area, of_area in so_far.items():
            own = area_rules.get(area, rules)
            areas[area] += close_area(of_area, areas[area], quarter=quarter, rules=own, known=known)
        nation += close_nation(so_far, areas, nation, quarter=quarter, rules=rules, known=known, area_rules=area_rules)
    return areas, nation


def people(counts, window: Window) -> Counter:
    """The respondents of each group of a window, counted one by one."""
    found = Counter()
    for quarter, strata in counts.items():
        if window.period.first <= quarter <= window.period.last:
            for stratum, n in strata.items():
                for _ in range(n):
                    found[group_of(stratum, window.table)] += 1
    return found


def total(counts, period: Period) -> int:
    return sum(n for q, strata in counts.items() if period.first <= q <= period.last for n in strata.values())


__all__ = ["AUDIENCES", "FLOOR", "SECRET", "STAGES", "STRATA", "count_groups"]
