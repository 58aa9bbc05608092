"""From when on talk is told, and what stands beside it: never what fewer than ten people share."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import FLOOR
from feedback.disclosure.talk import STEPS, Part, tellable, windows

people = st.dictionaries(st.sampled_from(["AGE_8_11", "AGE_12_17", "PARENT_CARER"]), st.sampled_from([1, 5, 10]))
parts = st.lists(st.builds(Part, st.sampled_from(["focus_group", "interview"]), people), max_size=8)
quarters = st.lists(
    st.tuples(st.builds(Quarter, st.integers(2025, 2027), st.integers(1, 4)), st.integers(0, 25)), max_size=12
)


def many(some):
    return sum(sum(part.people.values()) for part in some)


@given(parts)
def test_nothing_is_told_of_fewer_than_ten(some):
    may = tellable(some, FLOOR)
    assert bool(may.at_least) == (many(some) >= 10)
    assert may.at_least <= many(some)
    assert may.at_least in (0, *STEPS)
    if not may.at_least:
        assert not may.kinds
        assert not may.bands


@given(parts)
def test_a_kind_and_those_whose_kind_is_not_said_are_none_or_at_least_ten(some):
    may = tellable(some, FLOOR)
    for kind in may.kinds:
        assert many(part for part in some if part.kind == kind) >= 10
    left = many(part for part in some if part.kind not in may.kinds)
    assert left == 0 or left >= 10 or not may.at_least


@given(parts)
def test_an_age_and_those_whose_age_is_not_said_are_none_or_at_least_ten(some):
    may = tellable(some, FLOOR)
    for kind in {may.kind_of(part.kind) for part in some} if may.at_least else ():
        of_kind = [part for part in some if may.kind_of(part.kind) == kind]
        said = {band for one, band in may.bands if one == kind}
        for band in said:
            assert sum(part.people.get(band, 0) for part in of_kind) >= 10
        left = sum(size for part in of_kind for band, size in part.people.items() if band not in said)
        assert left == 0 or left >= 10


@given(quarters)
def test_every_window_holds_ten_and_is_a_run_that_no_later_talk_changes(some):
    found = windows(some, 10)
    for last in set(found.values()):
        inside = {quarter for quarter, window in found.items() if window == last}
        assert sum(size for quarter, size in some if quarter in inside) >= 10
        assert max(inside) == last
    for quarter, window in found.items():
        earlier = [(one, size) for one, size in some if one <= window]
        assert windows(earlier, 10)[quarter] == window


def test_a_stricter_area_is_stricter():
    from dataclasses import replace

    ten = [Part("focus_group", {"AGE_8_11": 10})]
    assert tellable(ten, FLOOR).at_least == 10
    assert tellable(ten, replace(FLOOR, smallest_group=15, smallest_block=20)).at_least == 0
