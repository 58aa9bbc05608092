"""Which windows close and what they show: P1 to P4, P13, P15 of the protection's invariants."""

import itertools
import random
from collections import Counter
from typing import get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.blocks import Counts, Group, Quarter, Stratum, close_area, group_of
from feedback.disclosure.differencing import remainders
from feedback.disclosure.nation import close_nation
from feedback.disclosure.rules import FLOOR, NATION_TABLES, Table
from tests.unit.disclosure.cases import (
    ALL_GROUPS,
    close_all,
    close_all_areas,
    counts_of,
    histories,
    people,
    total,
)


@given(histories)
def test_every_respondent_is_in_exactly_one_overall_block_or_still_waits(by_quarter):
    """P1."""
    counts = counts_of(by_quarter)
    blocks = [w.period for w in close_all(counts) if w.table is Table.OVERALL]
    covered = [quarter for period in blocks for quarter in period.quarters()]
    assert len(covered) == len(set(covered))
    waiting = [q for q in counts if q not in covered]
    assert all(q > max(covered, default=Quarter(1, 1)) for q in waiting)
    in_blocks = sum(total(counts, period) for period in blocks)
    assert in_blocks + sum(sum(counts[q].values()) for q in waiting) == sum(sum(s.values()) for s in by_quarter)


@given(histories)
def test_every_window_of_a_table_follows_the_one_before(by_quarter):
    """P1, for breakdowns."""
    windows = close_all(counts_of(by_quarter))
    for table in Table:
        periods = sorted(w.period for w in windows if w.table is table)
        assert all(a.last.next() == b.first for a, b in itertools.pairwise(periods))


@given(histories)
def test_breakdowns_are_made_of_whole_overall_blocks(by_quarter):
    windows = close_all(counts_of(by_quarter))
    ends = {w.period.last for w in windows if w.table is Table.OVERALL}
    assert all(w.period.last in ends for w in windows)


@given(histories)
def test_closing_the_same_quarter_again_closes_nothing(by_quarter):
    """P2."""
    counts = counts_of(by_quarter)
    assert close_area(counts, close_all(counts), quarter=max(counts), rules=FLOOR) == []


@given(histories)
def test_no_published_group_is_too_small(by_quarter):
    """P3: any base at least 10, any overall base at least 20, counted one by one."""
    counts = counts_of(by_quarter)
    for window in close_all(counts):
        found = people(counts, window)
        for group in window.shown():
            assert found[group] >= (20 if window.table is Table.OVERALL else 10)


@given(histories)
def test_no_line_leaves_one_to_nine_people_over(by_quarter):
    """P4, counted one by one, for every line of every table."""
    counts = counts_of(by_quarter)
    windows = close_all(counts)
    for window in windows:
        found, shown = people(counts, window), window.shown()
        lines = [set(found)]
        if window.table is Table.STAGE_AUDIENCE:
            lines += [{g for g in found if g.stage == s} for s in {g.stage for g in found}]
            lines += [{g for g in found if g.audience == a} for a in {g.audience for g in found}]
        for line in lines:
            left = sum(found[g] for g in line - shown)
            assert not line & shown or left == 0 or left >= 10
    assert remainders(counts, windows, FLOOR) == []


@given(histories)
def test_a_two_way_cell_is_shown_only_where_both_its_margins_are(by_quarter):
    windows = close_all(counts_of(by_quarter))
    for window in (w for w in windows if w.table is Table.STAGE_AUDIENCE):
        inside = [w for w in windows if window.period.holds(w.period)]
        for cell in window.shown():
            for table, margin in (
                (Table.STAGE, Group(stage=cell.stage)),
                (Table.AUDIENCE, Group(audience=cell.audience)),
            ):
                margins = [w for w in inside if w.table is table]
                assert margins
                assert all(margin in w.shown() for w in margins)


@given(st.lists(histories, min_size=2, max_size=3))
def test_the_nation_has_three_tables_and_no_other(areas):
    """P13: with five in an area, one answer is in eight published cells at most."""
    counts = {f"area {n}": counts_of(by_quarter) for n, by_quarter in enumerate(areas)}
    assert {w.table for w in close_all_areas(counts)[1]} <= set(NATION_TABLES)


@given(histories)
def test_one_answer_is_in_one_window_of_each_table(by_quarter):
    """P13, counted: five published cells at most in an area."""
    counts = counts_of(by_quarter)
    windows = close_all(counts)
    for quarter, strata in counts.items():
        for stratum in strata:
            cells = [w for w in windows if quarter in w.period.quarters() and group_of(stratum, w.table) in w.shown()]
            assert len(cells) <= 5


def test_a_single_area_is_no_nation():
    counts = {"one": counts_of([{}])}
    assert close_nation(counts, {"one": []}, [], quarter=Quarter(2024, 1), rules=FLOOR) == []


@given(histories)
def test_groups_of_nobody_change_nothing_about_the_others(by_quarter):
    counts = counts_of(by_quarter)
    for plain, full in zip(close_all(counts), close_all(counts, known=ALL_GROUPS), strict=True):
        assert (plain.table, plain.period, plain.shown()) == (full.table, full.period, full.shown())
        assert set(plain.decisions) <= set(full.decisions)
        assert {(d.respondents, d.reason) for d in set(full.decisions) - set(plain.decisions)} <= {(0, "too_few")}


@given(st.lists(histories, min_size=2, max_size=3))
def test_nor_in_the_nation(areas):
    counts = {f"area {n}": counts_of(by_quarter) for n, by_quarter in enumerate(areas)}
    plain, full = (close_all_areas(counts, known=known)[1] for known in ({}, ALL_GROUPS))
    assert [(w.table, w.period, w.shown()) for w in plain] == [(w.table, w.period, w.shown()) for w in full]


@given(histories, st.randoms(use_true_random=False))
def test_who_gave_which_answer_in_which_order_decides_nothing(by_quarter, dice: random.Random):
    """P15: windows are closed on counts of respondents, where answers have no place."""
    assert get_type_hints(close_area)["counts"] == Counts
    counts = counts_of(by_quarter)
    responses = [(q, stratum) for q, strata in counts.items() for stratum, n in strata.items() for _ in range(n)]
    answers = [dice.choice(["yes", "no"]) for _ in responses]
    tables = []
    for _ in range(2):
        dice.shuffle(answers)
        answered = list(zip(responses, answers, strict=True))
        dice.shuffle(answered)
        recounted: dict[Quarter, Counter[Stratum]] = {quarter: Counter() for quarter in counts}
        for (quarter, stratum), _answer in answered:
            recounted[quarter][stratum] += 1
        tables.append(close_all(recounted))
    assert tables[0] == tables[1]
    assert [(w.table, w.period, w.shown()) for w in tables[0]] == [
        (w.table, w.period, w.shown()) for w in close_all(counts)
    ]
