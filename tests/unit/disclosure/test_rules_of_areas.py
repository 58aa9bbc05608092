"""Areas may be stricter than the floor, and all of them together are as strict as the strictest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.disclosure.blocks import Stratum
from feedback.disclosure.differencing import national_remainders, remainders
from feedback.disclosure.rules import FLOOR, OF_AN_AREA, strictest, weaker
from tests.unit.disclosure.cases import close_all, close_all_areas, counts_of, histories

own_groups = st.one_of(st.none(), st.integers(10, 25))
own_blocks = st.one_of(st.none(), st.integers(20, 60))
wishes = st.fixed_dictionaries({"smallest_group": own_groups, "smallest_block": own_blocks})


def test_the_strictest_of_all_is_in_force_and_nothing_weaker_than_the_floor():
    rules = strictest(FLOOR, {"smallest_group": 15}, {"smallest_group": 12, "mask": 8}, {"percent_base": None})
    assert rules == replace(FLOOR, smallest_group=15, mask=8)
    # Whatever stands in a database by mistake.
    assert strictest(FLOOR, dict.fromkeys(OF_AN_AREA, 1)) == FLOOR


@pytest.mark.parametrize("name", OF_AN_AREA)
def test_a_weaker_wish_has_a_sentence(name):
    floor = getattr(FLOOR, name)
    assert weaker(FLOOR, {name: floor}) == weaker(FLOOR, {name: None}) == {}
    assert f"the floor here is {floor}" in weaker(FLOOR, {name: floor - 1})[name]


def test_a_block_is_never_smaller_than_a_group():
    assert strictest(FLOOR, {"smallest_group": 35}).smallest_block == 35


def test_stricter_rules_are_still_rules():
    assert strictest(FLOOR, dict.fromkeys(OF_AN_AREA, 500)).problems() == []


@given(st.lists(st.tuples(histories, wishes), min_size=2, max_size=4))
def test_areas_of_different_rules_give_nothing_away_together(areas):
    """P4 where areas differ: neither by the nation's rules, which are the strictest, nor by each area's own."""
    counts = {f"area {n}": counts_of(by_quarter) for n, (by_quarter, _) in enumerate(areas)}
    own = {f"area {n}": strictest(FLOOR, wish) for n, (_, wish) in enumerate(areas)}
    rules = strictest(FLOOR, *(wish for _, wish in areas))
    of_areas, nation = close_all_areas(counts, rules=rules, area_rules=own)
    assert national_remainders(counts, of_areas, nation, rules) == []
    for area, windows in of_areas.items():
        assert remainders(counts[area], windows, own[area]) == []


def test_windows_are_looked_at_by_the_rules_they_were_closed_by():
    """12 stay withheld: enough by the floor, too few for who asks for 15 later."""
    counts = counts_of(
        [{}, {}, {}, {Stratum("plan", "", ""): 40, Stratum("review", "", ""): 9, Stratum("after", "", ""): 3}]
    )
    windows = close_all(counts)
    strict = strictest(FLOOR, {"smallest_group": 15})
    assert remainders(counts, windows, FLOOR) == []
    assert remainders(counts, windows, strict)
    assert remainders(counts, windows, strict, of=[]) == []
    assert national_remainders({"a": counts}, {"a": windows}, windows, strict, of=[]) == []
