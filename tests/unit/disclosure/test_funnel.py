"""Limits of a funnel are those of a binomial, wider by the noise; an oracle adds up every number of people."""

from fractions import Fraction
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.figures import Figure, _variances
from feedback.disclosure.funnel import binomial_limit, limits
from feedback.disclosure.rules import ProtectionRules

percents = st.integers(min_value=1, max_value=99)
few = st.integers(min_value=1, max_value=120)
probabilities = st.sampled_from([Fraction(1, 1000), Fraction(1, 40), Fraction(39, 40), Fraction(999, 1000)])


def oracle(share, people, probability):
    """Spiegelhalter's appendix, in fractions: the smallest number with at least this probability, interpolated."""
    below = Fraction(0)
    for number in range(people + 1):
        mass = comb(people, number) * share**number * (1 - share) ** (people - number)
        if below + mass >= probability:
            return max(number - (below + mass - probability) / mass, 0) / people
        below += mass
    raise AssertionError


@given(percents, few, probabilities)
def test_a_limit_is_that_of_the_appendix(percent, people, probability):
    share = Fraction(percent, 100)
    found = binomial_limit(float(share), people, float(probability))
    assert found == pytest.approx(float(oracle(share, people, probability)), abs=1e-9)


@given(percents, st.integers(min_value=1, max_value=5000))
def test_lines_lie_around_everybody_and_the_outer_outside_the_inner(percent, people):
    found = limits(percent / 100, people, sd=2.0, options=4)
    low, high = found.inner
    assert 0 <= found.outer[0] <= low <= percent / 100 <= high <= found.outer[1] <= 1
    assert found.place(percent / 100) == "inside"


@given(percents, st.integers(min_value=2, max_value=2000))
def test_more_noise_never_makes_a_funnel_narrower(percent, people):
    quiet, loud = (limits(percent / 100, people, sd=sd) for sd in (0.0, 3.0))
    assert loud.inner[0] <= quiet.inner[0]
    assert loud.inner[1] >= quiet.inner[1]


@given(percents, st.integers(min_value=20, max_value=3000), st.integers(min_value=2, max_value=9))
def test_the_noise_is_that_of_a_printed_range(percent, people, options):
    share = percent / 100
    values = {f"o{number}": people * (1 - share) / (options - 1) for number in range(1, options)}
    figure = Figure({"o0": people * share, **values}, people, 1)
    printed = _variances(figure, 1, figure.values["o0"] / people, ProtectionRules())[0]
    quiet, loud = limits(share, people, sd=0.0, options=options), limits(share, people, sd=2.0, options=options)
    wider = (share - quiet.inner[0]) ** 2 + 1.96**2 * printed
    assert loud.inner[0] == pytest.approx(max(0.0, share - sqrt(wider)), abs=1e-9)


def test_a_normal_is_near_where_there_are_many():
    found = limits(0.5, 10_000, sd=0.0)
    assert found.inner == pytest.approx((0.5 - 0.0098, 0.5 + 0.0098), abs=2e-4)
    assert found.outer == pytest.approx((0.5 - 0.01545, 0.5 + 0.01545), abs=2e-4)


@pytest.mark.parametrize(("share", "people"), [(0, 10), (1, 10), (0.5, 0)])
def test_there_is_no_funnel_around_none_or_all(share, people):
    with pytest.raises(ValueError, match="between none and all"):
        limits(share, people, sd=2.0)
