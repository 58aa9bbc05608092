"""Longer periods: only arithmetic on what is printed already, whole, and nothing about who was withheld."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.figures import Figure, show, sum_of
from feedback.disclosure.longer_periods import longer_periods, windows_within
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.rules import FLOOR

START = Quarter(2025, 1)


def quarters(many):
    found = [START]
    while len(found) < many:
        found.append(found[-1].next())
    return found


def read(written):
    return [Period.parse(one) for one in written.split()]


@pytest.mark.parametrize(
    ("shown", "quarter", "summed"),
    [
        ("2025Q1", "2025Q1", ""),
        ("2025Q1 2025Q2", "2025Q2", "2025Q1..2025Q2"),
        ("2025Q1 2025Q2 2025Q3 2025Q4", "2025Q4", "2025Q1..2025Q4"),
        ("2025Q1 2025Q2 2025Q3 2025Q4 2026Q1", "2026Q1", "2025Q2..2026Q1 2025Q1..2026Q1"),
        # Withheld in the first window: no sum since the start, and four quarters only when they are whole.
        ("2025Q2 2025Q3", "2025Q3", ""),
        ("2025Q2 2025Q3 2025Q4", "2025Q4", "2025Q2..2025Q4"),
        ("2025Q2 2025Q3 2025Q4 2026Q1", "2026Q1", "2025Q2..2026Q1"),
        # Withheld in the middle: nothing reaches over the gap.
        ("2025Q1 2025Q3 2025Q4 2026Q1", "2026Q1", ""),
        # A window that began earlier than four quarters ago cannot be cut.
        ("2025Q1..2025Q2 2025Q3 2025Q4 2026Q1", "2026Q1", "2025Q1..2026Q1"),
        # Nothing new of this group: what was added up before stands in the release before.
        ("2025Q1 2025Q2", "2025Q3", ""),
    ],
)
def test_which_periods_are_added_up(shown, quarter, summed):
    found = longer_periods(read(shown), start=START, quarter=Quarter.parse(quarter))
    assert found == read(summed)


@st.composite
def windows_and_who_is_shown(draw):
    """Windows of one to three quarters that follow each other, and in which of them a group is shown."""
    ends, all_quarters = draw(st.lists(st.integers(1, 3), min_size=1, max_size=8)), quarters(24)
    cuts = [sum(ends[:n]) for n in range(len(ends) + 1)]
    windows = [Period(all_quarters[a], all_quarters[b - 1]) for a, b in pairwise(cuts)]
    shown = draw(st.lists(st.booleans(), min_size=len(windows), max_size=len(windows)))
    return windows, [window for window, is_shown in zip(windows, shown, strict=True) if is_shown]


@given(windows_and_who_is_shown())
def test_a_reader_learns_no_base_that_was_not_printed(made):
    """Every sum lies in the span of the windows shown, so the equations a reader has are the same with it (rule 3)."""
    windows, shown = made
    printed = [[float(window == one) for window in windows] for one in shown]
    sums = []
    for last in windows:
        until = [one for one in shown if one.last <= last.last]
        for period in longer_periods(until, start=START, quarter=last.last):
            parts = windows_within(until, period)
            assert [parts[0].first, parts[-1].last] == [period.first, period.last]
            assert all(before.last.next() == after.first for before, after in pairwise(parts))
            assert len(parts) > 1
            sums.append([float(period.holds(window)) for window in windows])
    if sums:
        assert np.linalg.matrix_rank(printed) == np.linalg.matrix_rank([*printed, *sums])


@given(
    st.lists(st.lists(st.floats(-8, 60), min_size=3, max_size=3), min_size=2, max_size=6),
)
def test_a_sum_adds_up_and_is_masked_again(blocks):
    """P8 and P10 over longer periods; the noise of the blocks adds, so the range is never that of one block's noise."""
    figures = [Figure(dict(zip("abc", values, strict=True)), sum(values), 1) for values in blocks]
    total = sum_of(figures)
    assert sum(total.values.values()) == pytest.approx(total.respondents, abs=1e-9)
    assert total.blocks == len(blocks)
    for cell in show(total, FLOOR):
        assert cell.percent not in {"0", "100"}
        if cell.count is not None:
            assert FLOOR.mask <= cell.count <= total.answered - FLOOR.mask


def test_the_range_of_a_sum_carries_the_noise_of_every_block():
    values = {"yes": 12.0, "sometimes": 8.0, "no": 7.0, "do_not_know": 6.0}
    one = Figure({option: 4 * value for option, value in values.items()}, 132, 1)
    four = sum_of([Figure(values, 33, 1)] * 4)
    widths = [cells[0].high - cells[0].low for cells in (show(one, FLOOR), show(four, FLOOR))]
    assert widths[1] > 1.5 * widths[0]


@pytest.mark.parametrize(
    ("yes", "printed"),
    [(3.5, "under 38"), (5.0, "about half"), (6.75, "about half"), (8.4, "about half"), (9.0, "over 62")],
)
def test_few_who_answered_over_a_longer_period_get_a_word_or_a_mask(yes, printed):
    """Two windows of a group whose answers are few together: no percentage at 10 to 19."""
    (cell, _) = show(Figure({"yes": yes, "no": 13.5 - yes}, 13.5, 2), FLOOR)
    assert cell.percent == printed
