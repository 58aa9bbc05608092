"""From how many answers in a day on somebody is told: no class ever, a flood always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.anonymisation.plausible import A_CLASS, FEW, Day, Why, in_tens, most_plausible, why_implausible

numbers = st.integers(0, 5_000)
days = st.lists(numbers, max_size=90)
sizes = st.none() | st.integers(1, 20_000)


@given(st.integers(0, A_CLASS), days, sizes)
def test_a_class_of_thirty_with_others_is_never_told_of_for_its_day(answered, earlier, could_be_asked):
    assert why_implausible(Day(answered, earlier, answered, could_be_asked)) is None


@given(numbers, days, sizes)
def test_one_more_answer_never_makes_a_day_more_plausible(answered, earlier, could_be_asked):
    one, more = (Day(n, earlier, n + sum(earlier), could_be_asked) for n in (answered, answered + 1))
    assert why_implausible(one) is None or why_implausible(more) is not None


@given(days, sizes)
def test_a_program_that_sends_without_end_is_noticed_on_its_first_day(earlier, could_be_asked):
    assert why_implausible(Day(25_001, earlier, 25_001, could_be_asked)) is Why.ONE_DAY


@given(numbers, st.lists(numbers, min_size=3, max_size=90), sizes)
def test_more_than_five_times_the_busiest_day_is_told_of(over, earlier, could_be_asked):
    answered = max(A_CLASS, 5 * max(earlier)) + 1 + over
    assert why_implausible(Day(answered, earlier, answered, could_be_asked)) is Why.ONE_DAY


@pytest.mark.parametrize(
    ("answered", "earlier", "could_be_asked", "is_told"),
    [
        (30, (), None, False), (100, (), None, False), (101, (), None, True),
        # A frame of 600: a first morning of 300 in all schools is plausible; one more is looked at.
        (300, (), 600, False), (301, (), 600, True),
        # Where a few come a day: two classes at once are looked at, and one is not.
        (35, (2, 3, 1, 4), None, False), (62, (2, 3, 1, 4), None, True),
        # Two days are no measure yet; three are.
        (90, (2, 3), None, False), (90, (2, 3, 3), None, True),
        (400, (80, 60, 70), None, False), (401, (80, 60, 70), None, True),
    ],
)  # fmt: skip
def test_days(answered, earlier, could_be_asked, is_told):
    assert (why_implausible(Day(answered, earlier, answered, could_be_asked)) is Why.ONE_DAY) is is_told


def test_a_few_a_day_for_long_are_noticed_once_there_are_more_than_people():
    earlier = [15] * 39
    assert why_implausible(Day(15, earlier, 600, 600)) is None
    assert why_implausible(Day(15, earlier, 615, 600)) is Why.TOGETHER
    assert why_implausible(Day(FEW - 1, earlier, 615, 600)) is None


@given(numbers)
def test_what_is_told_is_at_least_so_many(answered):
    assert answered - 10 < in_tens(answered) <= answered
    assert in_tens(answered) % 10 == 0


@given(days, sizes)
def test_the_limit_is_never_below_a_class(earlier, could_be_asked):
    assert most_plausible(earlier, could_be_asked) >= A_CLASS
