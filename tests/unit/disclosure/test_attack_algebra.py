"""What follows from sums, against trying every table; and the limits of claims."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from feedback.disclosure.attack_algebra import bounds, empty_and_known, first_of_each, least_slack, rows_of, weights
from feedback.disclosure.attack_claims import Finding, is_more_than_chance, surely
from tests.unit.disclosure.oracles import follow_from_equations

ATOMS = 4
subsets = st.lists(st.sets(st.integers(0, ATOMS - 1), min_size=1), min_size=1, max_size=5)
people = st.lists(st.integers(0, 4), min_size=ATOMS, max_size=ATOMS)


def matrix(of):
    return np.array([[float(atom in one) for atom in range(ATOMS)] for one in of])


def every_table(lines, values, slack=0):
    """Every table of whole people, none below nought, whose sums are within slack of the values."""
    tables = np.array(list(product(range(10), repeat=ATOMS)))
    return tables[(abs(tables @ lines.T - values) <= slack + 1e-9).all(1)]


@given(subsets, subsets)
def test_what_follows_from_equations_is_what_elimination_finds(lines, targets):
    follows = rows_of(matrix(lines)).follows(matrix(targets))
    found = follow_from_equations([frozenset(t) for t in targets], [frozenset(s) for s in lines], list(range(ATOMS)))
    assert [bool(x) for x in follows] == [frozenset(t) in found for t in targets]


@given(subsets, subsets, people)
def test_what_follows_is_the_same_in_every_table_that_fits(lines, targets, truth):
    lines, targets = matrix(lines), matrix(targets)
    bases = lines @ truth
    known, empty, sizes = empty_and_known(lines, bases, targets)
    assert not (np.array(truth)[empty]).any()
    tables = every_table(lines, bases)
    assume(len(tables))
    for target, is_known, size in zip(targets, known, sizes, strict=True):
        if is_known:
            assert set(tables @ target) == {round(size)}


@given(subsets, subsets, people, st.integers(0, 1))
def test_bounds_hold_every_table_that_fits_and_are_certain_only_of_the_truth(lines, targets, truth, slack):
    lines, targets = matrix(lines), matrix(targets)
    values = lines @ truth
    least, most = bounds(lines, values - slack, values + slack, targets)
    tables = every_table(lines, values, slack)
    for target, low, high in zip(targets, least, most, strict=True):
        reached = tables @ target
        assert low - 1e-6 <= reached.min()
        assert reached.max() <= high + 1e-6
        if high - low < 0.5:
            assert round(low) == int(target @ truth)


@given(subsets, people)
def test_sums_with_smallest_squares_give_the_targets(lines, truth):
    lines = matrix(lines)
    targets = lines[:1] - lines[-1:]
    assert weights(lines, targets) @ (lines @ truth) == pytest.approx(targets @ truth)


@given(subsets, people, st.integers(0, 3))
def test_the_smallest_noise_that_fits_is_no_more_than_there_was(lines, truth, off):
    lines = matrix(lines)
    values = lines @ truth + np.array([off if n % 2 else -off for n in range(len(lines))])
    assert least_slack(lines, values) <= off + 1e-6


def plainly(costs, rows, limits):
    """The least that costs can be, by one programme in the form of the textbook; None if there is none."""
    found = linprog(costs, A_ub=rows, b_ub=limits, bounds=(0, None), method="highs")
    return found.fun if found.status == 0 else None


@given(subsets, subsets, people, st.integers(0, 2))
def test_bounds_are_those_of_a_plain_programme_for_each_target(lines, targets, truth, slack):
    lines, targets = matrix(lines), matrix(targets)
    values = lines @ truth
    least, most = bounds(lines, values - slack, values + slack, targets)
    rows, limits = np.vstack([lines, -lines]), np.concatenate([values + slack, slack - values])
    for target, low, high in zip(targets, least, most, strict=True):
        wanted = plainly(target, rows, limits), plainly(-target, rows, limits)
        assert (low, high) == ((0.0, np.inf) if None in wanted else pytest.approx((wanted[0], -wanted[1]), abs=1e-6))


@given(subsets, st.lists(st.floats(-2, 9), min_size=5, max_size=5))
def test_the_smallest_noise_is_that_of_a_plain_programme(lines, values):
    lines = matrix(lines)
    values = np.array(values[: len(lines)])
    sides = np.vstack([np.hstack([lines, -np.ones((len(lines), 1))]), np.hstack([-lines, -np.ones((len(lines), 1))])])
    wanted = plainly([*[0] * ATOMS, 1], sides, np.concatenate([values, -values]))
    assert least_slack(lines, values) == pytest.approx(wanted, abs=1e-6)


def test_an_atom_in_no_line_can_be_anything():
    least, most = bounds(np.array([[1.0, 0.0]]), np.array([3.0]), np.array([3.0]), np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert list(least) == [0.0, 3.0]
    assert list(most) == [np.inf, 3.0]


def test_of_rows_that_are_alike_the_first_is_kept():
    assert list(first_of_each(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]))) == [0, 1, 3]


@pytest.mark.parametrize(("right", "of", "least"), [(0, 0, 0.0), (10, 10, 0.722), (5, 10, 0.237), (90, 100, 0.826)])
def test_surely_is_the_lower_end_of_wilson(right, of, least):
    assert surely(right, of) == pytest.approx(least, abs=0.001)


def test_a_run_of_luck_is_not_more_than_chance():
    assert not is_more_than_chance(6, 10, 0.5)
    assert is_more_than_chance(60, 80, 0.5)
    assert not is_more_than_chance(0, 0, 0.5)


@pytest.mark.parametrize(
    ("targets", "claims", "told", "said"),
    [(0, 0, False, "nothing to try"), (9, 0, False, "claim nothing"), (9, 3, True, "tells about people"),
     (9, 3, False, "no more than the limit")],
)  # fmt: skip
def test_a_finding_is_a_sentence(targets, claims, told, said):
    assert said in Finding("Certain", "Trying.", targets, claims, claims, "None.", "None.", told).sentence()
