"""Taking the areas' figures away from the nation's must not leave a small group, nor one area's."""

import pytest

from feedback.disclosure.differencing import national_remainders
from feedback.disclosure.rules import FLOOR, Table
from tests.spec.test_closing import area, periods
from tests.unit.disclosure.cases import close_all_areas


def year(groups):
    """An area where these many answered in the last quarter of a year, by stage: "plan 40 | review 12"."""
    return area(**{stage: f"0 0 0 {n}" for stage, n in (part.split() for part in groups.split("|"))})


def stages(windows):
    """The stages that the last window shows: "plan 40 | review w"."""
    window = [w for w in windows if w.table is Table.STAGE][-1]
    return " | ".join(f"{d.group.stage} {'w' if d.reason else d.respondents}" for d in window.decisions)


@pytest.mark.parametrize(
    ("of_areas", "shown", "because"),
    [
        (
            {"a": "plan 40 | review 12 | leaving 11", "b": "plan 40 | review 30 | leaving 20"},
            "leaving 31 | plan 80 | review 42",
            "the areas show everything themselves, so nothing is left",
        ),
        (
            {"a": "plan 40 | review 30", "b": "plan 40 | review 30", "c": "plan 40 | review 12 | leaving 4"},
            "leaving w | plan 120 | review w",
            "72 - 30 - 30 would be c's 12, and with them the 4 that c withholds",
        ),
        (
            {"a": "plan 40 | review 7 | leaving 8", "b": "plan 40 | review 6 | leaving 9"},
            "leaving 17 | plan 80 | review 13",
            "13 and 17 people of two areas are left, and in each area their sum",
        ),
        (
            {"a": "plan 40 | review 4 | leaving 8", "b": "plan 40 | review 5 | leaving 9"},
            "leaving w | plan 80 | review w",
            "9 people are too few, and the 17 must not give them away",
        ),
        (
            {
                "a": "plan 40 | review 30 | leaving 20 | after 20",
                "c": "plan 40 | review 12 | leaving 4",
                "d": "plan 40 | after 12 | leaving 9 | review 30",
                "e": "plan 40 | after 12 | leaving 4 | review 30",
            },
            "after 44 | leaving w | plan 160 | review w",
            "of the review withheld, 343 - 160 - 44 - 37 - 90, only c's 12 would be left, and c's leaving is 16 - 12",
        ),
        (
            {
                "a": "plan 40 | review 30 | leaving 20 | after 30",
                "c": "review 6 | after 6 | leaving 4",
                "d": "leaving 9",
            },
            "after w | leaving w | plan 40 | review w",
            "with 33 for leaving, what the total leaves of review and after would be 12 people of one area",
        ),
        (
            {
                "a": "plan 44 | after 10 | review 8 | leaving 8",
                "b": "after 12 | review 2 | leaving 2",
                "c": "plan 9 | review 2",
            },
            "after w | leaving w | plan w | review 12",
            "a withholds 16 people in all, so 12 and 10 for review and leaving would leave 6 of b and c",
        ),
    ],
)
def test_no_area_is_given_away(of_areas, shown, because):
    counts = {name: year(groups) for name, groups in of_areas.items()}
    areas, nation = close_all_areas(counts)
    assert stages(nation) == shown, because
    assert national_remainders(counts, areas, nation, FLOOR) == []


def chain(**quarters):
    """An area where these many answered, a number for each quarter: "40 40 40"."""
    return {name: area(*map(int, numbers.split())) for name, numbers in quarters.items()}


def test_national_blocks_are_added_up_before_areas_are_taken_away():
    """The nation's three quarters have 60, 70 and 80; the blocks of a, b, d and e have 205, so c's 5 would be left."""
    counts = chain(a="40 40 40", b="15 10 20", c="5 0 0", d="0 10 10", e="0 10 10")
    areas, nation = close_all_areas(counts)
    assert periods(areas["b"]) == "2024Q1..2024Q2 | 2024Q3"
    assert periods(areas["d"]) == periods(areas["e"]) == "2024Q1..2024Q3"
    assert periods(nation) == "2024Q1 | 2024Q2"


def test_what_is_left_of_one_area_keeps_the_nation_open():
    """b's block begins before the nation's second; its 25 of that quarter are enough people, but of one area."""
    assert periods(close_all_areas(chain(a="40 40", b="15 25", c="10 0"))[1]) == "2024Q1"
    others_wait_too = chain(a="40 40", b="15 25", c="10 5", d="0 20")
    assert periods(close_all_areas(others_wait_too)[1]) == "2024Q1"
    two_others_wait = chain(a="40 40", b="15 25", c="10 5", d="10 5")
    assert periods(close_all_areas(two_others_wait)[1]) == "2024Q1 | 2024Q2"


def test_a_breakdown_that_an_area_may_close_late_is_not_counted_on():
    """At the end of the year p shows its 15 for plan of the third quarter; of 221 - 200 the 6 of c would be left."""
    counts = {
        "a": area(plan="0 0 200 0", leaving="0 0 20 0"),
        "p": area(plan="0 0 15 0", review="0 0 9 0", leaving="0 0 3 0"),
        "c": area(plan="0 0 6 0", review="0 0 8 0"),
        "d": area(review="0 0 12 0"),
    }
    areas, nation = close_all_areas(counts)
    assert stages(areas["p"]) == "leaving w | plan 15 | review w"
    assert periods(nation) == periods(areas["p"], Table.STAGE) == "2024Q1..2024Q3"
    assert stages(nation) == "leaving w | plan w | review w"
    assert national_remainders(counts, areas, nation, FLOOR) == []


@pytest.mark.parametrize(
    ("of_areas", "shown", "because"),
    [
        (
            {
                "a": {"plan": "10 20 0 0", "review": "20 6 0 0", "leaving": "0 20 0 0"},
                "b": {"plan": "0 16 0 0"},
                "c": {"review": "0 0 16 0", "leaving": "0 0 3 0"},
            },
            "leaving w | plan w | review 42",
            "of 46 for plan, a shows its 30 at the end of the year, and 16 of one area would be left",
        ),
        (
            {
                "a": {"plan": "0 0 6 0", "review": "0 0 8 0", "leaving": "0 0 20 0"},
                "b": {"plan": "0 0 6 0", "leaving": "0 0 30 0"},
                "c": {"plan": "0 0 20 0", "review": "0 0 10 0", "leaving": "0 0 1 0"},
            },
            "leaving 51 | plan w | review w",
            "a and c show their 20 late, and then 7 people would follow from several lines",
        ),
        (
            {
                "a": {"plan": "10 30 0 0", "review": "0 8 12 0"},
                "b": {"plan": "1 3 30 0", "review": "16 3 0 0"},
                "c": {"plan": "0 10 0 8", "review": "0 16 0 1"},
            },
            "plan w | review w",
            "where a breakdown begins before the nation's, its blocks still say how many people are in it",
        ),
    ],
)
def test_what_is_decided_stays_safe_whatever_areas_show_later(of_areas, shown, because):
    counts = {name: area(**groups) for name, groups in of_areas.items()}
    areas, nation = close_all_areas(counts)
    assert stages(nation) == shown, because
    assert national_remainders(counts, areas, nation, FLOOR) == []


def test_a_group_withheld_alone_is_known():
    """Nobody is at review in the first quarter, as 62 - 62 says; so a's 16 can be taken away from both quarters."""
    counts = {
        "a": area(plan="12 30 0 0", review="0 16 0 0"),
        "b": area(plan="40 40 0 0", review="0 20 0 0"),
        "c": area(plan="10 0 0 0", review="0 3 0 0"),
        "d": area(plan="0 10 0 0", review="0 3 0 0"),
    }
    areas, nation = close_all_areas(counts)
    assert periods(nation) == "2024Q1 | 2024Q2"
    assert stages(areas["a"]) == "plan 42 | review 16"
    assert stages(nation) == "plan w | review w"
    assert national_remainders(counts, areas, nation, FLOOR) == []


def test_so_its_number_is_not_given_away_by_other_groups():
    """The review of both years would leave 9 of c and d. Plan, shown in the second, would tell it: it is the rest."""
    counts = {
        "a": area(plan="0 0 0 0 30 0 0 0", review="0 0 0 14 16 0 0 0"),
        "b": area(plan="0 0 0 40 40 0 0 0", review="0 0 0 30 20 0 0 0", leaving="0 0 0 0 20 0 0 0"),
        "c": area(plan="0 0 0 12 0 0 0 0", review="0 0 0 6 0 0 0 0"),
        "d": area(leaving="0 0 0 12 0 0 0 0", review="0 0 0 0 3 0 0 0"),
        "e": area(plan="0 0 0 0 10 0 0 0"),
    }
    areas, nation = close_all_areas(counts)
    first, second = [w for w in nation if w.table is Table.STAGE]
    assert (stages([first]), stages([second])) == ("leaving w | plan w | review 50", "leaving 20 | plan w | review w")
    assert national_remainders(counts, areas, nation, FLOOR) == []
