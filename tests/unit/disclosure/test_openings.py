"""What is said of codes that were opened leads to no child."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.openings import AREAS_FOR_A_NUMBER, FEW, said_of_all, said_of_area


@given(st.integers(0, 4), st.integers(0, 4))
def test_no_two_small_numbers_of_an_area_look_different(one, other):
    assert said_of_area(one) == said_of_area(other) == FEW


@given(st.integers(0, 200), st.integers(0, AREAS_FOR_A_NUMBER - 1))
def test_of_few_areas_no_number_is_said(opened, areas):
    assert said_of_all(opened, areas=areas) == said_of_area(opened)
    assert not said_of_all(opened, areas=areas).isdigit()


@given(st.integers(1, 200), st.integers(AREAS_FOR_A_NUMBER, 200))
def test_of_many_areas_the_number_is_said(opened, areas):
    assert said_of_all(opened, areas=areas) == str(opened)


def test_a_month_without_any_is_said():
    assert said_of_all(0, areas=AREAS_FOR_A_NUMBER) == "none"
