"""What follows over several lines of a two-way table, against solving the equations and against trying every table."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.disclosure.blocks import Stratum
from feedback.disclosure.derivable import worked_out
from feedback.disclosure.differencing import remainders
from feedback.disclosure.rules import FLOOR, Table
from tests.unit.disclosure.cases import close_all, counts_of, years_of_small_tables
from tests.unit.disclosure.oracles import (
    always_the_same,
    follow_from_equations,
    margins_shown,
    small_sets,
    sums_published,
    tables_that_could_be,
)

SMALLEST = 4  # a small number for the smallest group keeps the tables that could be few enough to try them all
numbers = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6])


@st.composite
def published_tables(draw):
    """A small table, any of its margins, and any of the cells whose margins are both published."""
    rows, columns = draw(st.sampled_from([("ab", "xy"), ("ab", "xyz"), ("abc", "xy"), ("abc", "xyz")]))
    cells = {cell: draw(numbers) for cell in product(rows, columns)}
    of_rows, of_columns = draw(st.sets(st.sampled_from(rows))), draw(st.sets(st.sampled_from(columns)))
    may = [cell for cell in cells if cell[0] in of_rows and cell[1] in of_columns]
    return cells, draw(st.sets(st.sampled_from(may))) if may else set(), of_rows, of_columns


def lines_of(cells, shown, rows, columns):
    lines = {}
    for (row, column), n in cells.items():
        if (row, column) not in shown:
            line = lines.setdefault(row if row in rows else None, {})
            key = column if column in columns else None
            line[key] = line.get(key, 0) + n
    return list(lines.values())


@given(published_tables())
def test_what_is_found_is_what_is_the_same_in_every_table_that_could_be(published):
    cells, shown, *_ = published
    sums = sums_published(*published)
    certain = always_the_same(small_sets(cells, shown, SMALLEST), cells, tables_that_could_be(cells, sums))
    found = worked_out(lines_of(*published), smallest_group=SMALLEST)
    assert found in {sum(cells[cell] for cell in of) for of in certain} or (found == 0 and not certain)


@given(published_tables())
def test_what_is_found_is_what_solving_the_equations_finds(published):
    """Where a reader knows which cells are empty, equations are enough."""
    cells = {cell: n for cell, n in published[0].items() if n}
    sums = sums_published(cells, *published[1:])
    certain = follow_from_equations(small_sets(cells, published[1], SMALLEST), sums, list(cells))
    found = worked_out(lines_of(cells, *published[1:]), smallest_group=SMALLEST)
    assert found in {sum(cells[cell] for cell in of) for of in certain} or (found == 0 and not certain)


@given(published_tables())
def test_it_makes_no_difference_which_lines_are_the_rows(published):
    cells, shown, rows, columns = published
    turned = {(b, a): n for (a, b), n in cells.items()}, {(b, a) for a, b in shown}, columns, rows
    one, other = (worked_out(lines_of(*of), smallest_group=SMALLEST) for of in (published, turned))
    assert bool(one) == bool(other)


def test_an_empty_table_gives_nobody_away():
    assert worked_out([], smallest_group=SMALLEST) == 0
    assert worked_out([{"x": 0}], smallest_group=SMALLEST) == 0


def two_way_of(counts):
    """The two-way windows of an area, each with the number of every cell, those of nobody too."""
    windows = close_all(counts)
    for window in (w for w in windows if w.table is Table.STAGE_AUDIENCE):
        yield window, {(d.group.stage, d.group.audience): d.respondents for d in window.decisions}, windows


def assert_nobody_can_be_worked_out(window, cells, windows):
    shown = {(group.stage, group.audience) for group in window.shown()}
    published = sums_published(cells, shown, *margins_shown(windows, window.period))
    sets = small_sets(cells, shown, 10)
    assert always_the_same(sets, cells, tables_that_could_be(cells, published)) == set()


@settings(max_examples=60, deadline=None)
@given(years_of_small_tables)
def test_every_small_set_could_be_larger_or_smaller_for_all_a_reader_knows(by_quarter):
    """P4 by brute force: every table that could be is tried, until each small set has held two different numbers."""
    for window, cells, windows in two_way_of(counts_of(by_quarter)):
        if window.shown():
            assert_nobody_can_be_worked_out(window, cells, windows)


@given(years_of_small_tables)
def test_two_way_tables_list_every_stage_with_every_audience(by_quarter):
    for window, cells, _ in two_way_of(counts_of(by_quarter)):
        stages, audiences = ({name for name, _ in cells}, {name for _, name in cells})
        assert set(cells) == set(product(stages, audiences))
        assert len(cells) == len(window.decisions)


@given(years_of_small_tables)
def test_the_audit_agrees_with_what_was_decided(by_quarter):
    counts = counts_of(by_quarter)
    assert remainders(counts, close_all(counts), FLOOR) == []


def test_the_audit_sees_what_only_several_lines_give_away():
    """30, 12, 12 and 3: the largest alone leaves enough in every line, and 15 - (42 - 30) in the smallest."""
    cells = {("plan", "8-11"): 30, ("plan", "12-17"): 12, ("review", "8-11"): 12, ("review", "12-17"): 3}
    counts = counts_of([{}, {}, {}, {Stratum(stage, "", audience): n for (stage, audience), n in cells.items()}])
    *others, two_way = close_all(counts)
    assert remainders(counts, [*others, two_way], FLOOR) == []
    shows_thirty = tuple(replace(d, reason="" if d.respondents == 30 else d.reason) for d in two_way.decisions)
    assert remainders(counts, [*others, replace(two_way, decisions=shows_thirty)], FLOOR) == [
        "stage_audience 2024Q1..2024Q4: 3 people could be worked out from several lines."
    ]
