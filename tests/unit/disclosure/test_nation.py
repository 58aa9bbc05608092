"""What the nation leaves when the areas are taken away: P4, counted one by one, and against solving the equations."""

import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.blocks import Period, Stratum
from feedback.disclosure.differencing import national_remainders
from feedback.disclosure.rules import FLOOR, Table
from tests.unit.disclosure.cases import STAGES, close_all_areas, counts_of, few_or_many, histories, people
from tests.unit.disclosure.oracles import follow_from_equations

several_areas = st.lists(histories, min_size=2, max_size=4)
years_of_stages = st.fixed_dictionaries({}, optional=dict.fromkeys(STAGES, few_or_many))


def named(areas):
    return {f"area {n}": counts_of(by_quarter) for n, by_quarter in enumerate(areas)}


def runs(windows):
    """Every run of windows of one table that follow each other."""
    for table in Table:
        of_table = sorted((w for w in windows if w.table is table), key=lambda w: w.period)
        for first, last in itertools.combinations_with_replacement(range(len(of_table)), 2):
            yield of_table[first : last + 1]


def left_of(run, counts, of_areas):
    """By group shown throughout a run of national windows and by area, whom the areas' own windows do not show."""
    period = Period(run[0].period.first, run[-1].period.last)
    left = {group: Counter() for group in frozenset.intersection(*(window.shown() for window in run))}
    for area, of_area in counts.items():
        own = [w for w in of_areas[area] if w.table is run[0].table and period.holds(w.period)]
        for group in left:
            everybody = sum(people(of_area, window)[group] for window in run)
            left[group][area] = everybody - sum(people(of_area, w)[group] for w in own if group in w.shown())
    return {group: +of_group for group, of_group in left.items()}


@given(several_areas)
def test_any_run_of_national_figures_less_the_areas_own_leaves_nobody_or_enough_in_two_areas(areas):
    """P4, counted one by one, for national figures against their areas."""
    counts = named(areas)
    of_areas, nation = close_all_areas(counts)
    for run in runs(nation):
        for left in left_of(run, counts, of_areas).values():
            enough = 20 if run[0].table is Table.OVERALL else 10
            assert not left or (left.total() >= enough and len(left) >= 2)


@given(several_areas)
def test_the_audit_finds_nothing_in_what_was_decided(areas):
    counts = named(areas)
    assert national_remainders(counts, *close_all_areas(counts), FLOOR) == []


@given(st.lists(years_of_stages, min_size=2, max_size=4))
def test_nothing_small_follows_from_the_nation_that_does_not_from_the_areas(areas):
    """P4 by equations: who is in which area and at which stage in one quarter, from all that is published."""
    cells = {(f"area {n}", stage): k for n, of_area in enumerate(areas) for stage, k in of_area.items() if k}
    counts = named([[{}, {}, {}, {Stratum(stage, "", ""): k for stage, k in of_area.items()}] for of_area in areas])
    of_areas, nation = close_all_areas(counts)
    published = [frozenset(cells)]
    for area, windows in of_areas.items():
        published += sums(windows, [cell for cell in cells if cell[0] == area])
    small = [s for n in (1, 2, 3) for s in itertools.combinations(cells, n) if sum(cells[cell] for cell in s) < 10]
    known = follow_from_equations(small, published, list(cells))
    assert follow_from_equations(small, published + sums(nation, cells), list(cells)) == known


def sums(windows, cells):
    """The sets of cells whose sum some windows publish, overall and by stage."""
    shown = [group.stage for w in windows if w.table in (Table.OVERALL, Table.STAGE) for group in w.shown()]
    return [frozenset(cell for cell in cells if stage in (None, cell[1])) for stage in shown]


def year(**stages):
    return counts_of([{}, {}, {}, {Stratum(stage, "", ""): n for stage, n in stages.items()}])


def published(nation, *stages):
    """The windows of a nation, tampered with so that its stage table shows exactly these."""
    (window,) = [w for w in nation if w.table is Table.STAGE]
    decisions = tuple(replace(d, reason="" if d.group.stage in stages else "too_few") for d in window.decisions)
    return [replace(window, decisions=decisions)]


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (["plan"], []),
        (["plan", "after"], []),
        (["plan", "review"], ["12 people of one area"]),
        (["plan", "leaving", "after"], ["12 people of one area"]),
    ],
)
def test_the_audit_names_what_decisions_that_were_tampered_with_give_away(shown, found):
    """Only c withholds its review, so whoever knows the nation's review knows c's 12, and of its 16 the 4 leaving.

    Of a nation that shows all but review, a reader knows review as well.
    """
    counts = {
        "a": year(plan=40, review=30, leaving=20, after=20),
        "c": year(plan=40, review=12, leaving=4),
        "d": year(plan=40, review=30, leaving=9, after=12),
        "e": year(plan=40, review=30, leaving=4, after=12),
    }
    of_areas, nation = close_all_areas(counts)
    said = national_remainders(counts, of_areas, published(nation, *shown), FLOOR)
    assert said == [f"All areas, stage 2024Q1..2024Q4: {people} could be worked out." for people in found]


def test_the_audit_adds_national_blocks_up():
    """The first quarter leaves 26 and the second 28, both together only 14 of c and d."""
    counts = {
        name: counts_of([{Stratum("plan", "", ""): n} for n in quarters])
        for name, quarters in {"a": (40, 40), "b": (15, 25), "c": (6, 2), "d": (5, 1)}.items()
    }
    of_areas, nation = close_all_areas(counts)
    (first,) = [w for w in nation if w.table is Table.OVERALL]
    second = replace(first, period=Period(first.period.last.next(), first.period.last.next()))
    assert national_remainders(counts, of_areas, [first, second], FLOOR) == [
        "All areas, overall 2024Q1..2024Q2: 14 people of 2 areas could be worked out."
    ]


def test_the_audit_adds_lines_up():
    """a withholds 16 people in all; the nation's 12 and 10 for review and leaving leave 6 of b and c."""
    counts = {
        "a": year(plan=44, after=10, review=8, leaving=8),
        "b": year(after=12, review=2, leaving=2),
        "c": year(plan=9, review=2),
    }
    of_areas, nation = close_all_areas(counts)
    assert national_remainders(counts, of_areas, published(nation, "review", "leaving"), FLOOR) == [
        "All areas, stage 2024Q1..2024Q4: 6 people, over several lines, could be worked out."
    ]
