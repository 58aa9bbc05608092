"""What may be said of how many have answered: in fives, of groups that are large enough, and never of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.rules import FLOOR, strictest
from feedback.disclosure.turnout import Reached, in_steps, told_of, told_of_line, told_of_table

sizes = st.one_of(st.none(), st.integers(0, 60))
groups = st.builds(lambda answered, of: Reached(in_steps(answered), of), st.integers(0, 70), sizes)
lines = st.dictionaries(st.integers(1, 6), groups, max_size=6)


@given(st.integers(0, 10_000))
def test_a_step_is_five(number):
    assert in_steps(number) % 5 == 0
    assert number - 5 < in_steps(number) <= number


@pytest.mark.parametrize(
    ("answered", "of", "at_least", "fewer", "percent"),
    [
        (0, 95, 0, 5, 0),
        (5, 95, 5, 0, 5),
        (90, 95, 90, 0, 94),
        (95, 95, 90, 0, 94),  # never that all have answered
        (10, 10, 5, 0, None),  # nor nearly all of a small group
        (0, None, 0, 10, None),
        (5, None, 0, 10, None),  # a group of unknown size may be one of five
        (10, None, 10, 0, None),
    ],
)
def test_what_is_said_of_one_group(answered, of, at_least, fewer, percent):
    told = told_of(Reached(answered, of), FLOOR)
    assert (told.at_least, told.fewer, told.percent, told.is_beyond) == (at_least, fewer, percent, False)


def test_more_answers_than_people_give_no_share():
    told = told_of(Reached(30, 24), FLOOR)
    assert (told.at_least, told.percent, told.is_beyond) == (30, None, True)


def test_an_area_that_is_stricter_is_told_less():
    strict = strictest(FLOOR, {"smallest_group": 30, "mask": 12})
    assert told_of(Reached(20, 29), strict) is None
    assert told_of(Reached(10, 40), strict).fewer == 12
    assert told_of(Reached(40, 40), strict).at_least == 25


@given(groups)
def test_nobody_can_be_sure_that_somebody_did_or_did_not_answer(group):
    told = told_of(group, FLOOR)
    if told is None:
        assert group.of < 10
    elif not told.is_beyond and group.of is not None:
        assert told.at_least <= group.of - 5
        assert told.at_least or told.fewer >= 5


@given(lines, st.one_of(st.none(), st.integers(0, 200)))
def test_who_is_not_shown_in_a_line_is_nobody_or_ten_people(line, whole):
    told = told_of_line(line, FLOOR, whole=whole)
    known = {key: group.of for key, group in line.items() if group.of is not None}
    hidden = sum(of for key, of in known.items() if told[key] is None)
    rest = max(0, (whole or 0) - sum(known.values()))
    shown = [key for key in known if told[key]]
    assert not shown or hidden + rest == 0 or hidden + rest >= 10
    assert all(known[key] >= 10 for key in shown)


@given(
    st.dictionaries(st.tuples(st.integers(1, 3), st.integers(1, 3)), groups, max_size=9),
    st.dictionaries(st.integers(1, 3), st.integers(0, 150)),
    st.dictionaries(st.integers(1, 3), st.integers(0, 150)),
)
def test_the_same_holds_in_every_row_and_column(table, rows, columns):
    told = told_of_table(table, FLOOR, rows=rows, columns=columns)
    known = {key: group.of for key, group in table.items() if group.of is not None}
    for place, wholes in ((0, rows), (1, columns)):
        for name in {key[place] for key in known}:
            line = [key for key in known if key[place] == name]
            shown = [key for key in line if told[key]]
            hidden = sum(known[key] for key in line if not told[key])
            hidden += max(0, wholes.get(name, 0) - sum(known[key] for key in line))
            assert not shown or hidden == 0 or hidden >= 10
