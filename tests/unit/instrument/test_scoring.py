"""Scores against an obvious way of computing them."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.locker import RECORDS, SWEMWBS_TABLE
from surveys.instrument.scoring import Band, ScaleRule, Score, attainable, band_of, prorated, scores_of, turned

ITEMS = tuple("abcde")


@st.composite
def answered(draw):
    """A scale of five items with some turned, and answers to some of them."""
    lowest = draw(st.integers(0, 3))
    highest = lowest + draw(st.integers(1, 6))
    is_turned = draw(st.frozensets(st.sampled_from(ITEMS)))
    points = draw(st.dictionaries(st.sampled_from(ITEMS), st.integers(lowest, highest)))
    rule = ScaleRule("s", "S", ITEMS, is_turned, draw(st.integers(1, 5)), draw(st.integers(1, 4)))
    return rule, points, dict.fromkeys(ITEMS, (lowest, highest))


@given(answered())
def test_a_score_is_the_mean_of_what_was_answered_times_the_items_to_the_nearest_number(case):
    rule, points, ranges = case
    (score,) = scores_of([rule], points, ranges)
    straight = [sum(ranges[item]) - one if item in rule.turned else one for item, one in points.items()]
    assert score.answered == len(straight)
    if len(straight) < rule.least:
        assert score.value is None
    else:
        mean = Fraction(sum(straight), len(straight))
        assert score.value == floor(mean * 5 + Fraction(1, 2)) * rule.times


@given(answered())
def test_every_score_is_among_those_that_can_be(case):
    rule, points, ranges = case
    (score,) = scores_of([rule], points, ranges)
    assert score.value is None or score.value in attainable(rule, ranges, {})


@given(answered(), answered())
def test_a_total_is_there_only_with_all_its_parts(one, other):
    rule, points, ranges = one
    second = ScaleRule("t", "T", other[0].items, other[0].turned, other[0].least)
    total = ScaleRule("total", "Total", sum_of=("s", "t"))
    first, next_one, whole = scores_of([rule, second, total], points, ranges)
    if first.value is None or next_one.value is None:
        assert whole.value is None
    else:
        assert whole.value == first.value + next_one.value
        before = {"s": attainable(rule, ranges, {}), "t": attainable(second, ranges, {})}
        assert whole.value in attainable(total, ranges, before) or rule.times > 1


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_turning_twice_changes_nothing(points, lowest, width):
    assert turned(turned(points, lowest, lowest + width), lowest, lowest + width) == points


@given(st.integers(0, 200), st.integers(1, 30), st.integers(1, 30))
def test_pro_rating_rounds_halves_upwards(total, answered, asked):
    assert prorated(total, answered, asked) == floor(Fraction(total * asked, answered) + Fraction(1, 2))


def test_the_published_table_has_a_value_for_every_sum_and_rises():
    assert [raw for raw, _ in SWEMWBS_TABLE] == list(range(7, 36))
    values = [value for _, value in SWEMWBS_TABLE]
    assert values == sorted(set(values))
    assert values[0] == 7
    assert values[-1] == 35


def test_the_locker_holds_no_text_of_any_item_and_no_band():
    for record in RECORDS.values():
        assert all(item.strip("fi").isdigit() for item in record.items)
        assert not hasattr(record, "bands")
    assert RECORDS["sdq"].rules[0].sum_of == ("emotional", "conduct", "hyperactivity", "peer")
    assert RECORDS["hassles"].rules == ()
    assert RECORDS["esq"].rules == ()


def test_a_band_is_where_the_score_lies_and_nowhere_without_one():
    bands = [Band("s", Decimal(0), Decimal(5), {"en": "x"}), Band("s", Decimal(6), Decimal(9), {"en": "y"})]
    assert band_of(bands, Score("s", Decimal(6), 1, 1)) is bands[1]
    assert band_of(bands, Score("s", None, 0, 1)) is None
    assert band_of(bands, Score("other", Decimal(6), 1, 1)) is None
