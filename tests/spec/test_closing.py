"""When a block closes, as tables that can be read: respondents per quarter, and the blocks they make."""

import pytest

from feedback.disclosure.blocks import Stratum, Window
from feedback.disclosure.rules import Table
from tests.unit.disclosure.cases import close_all, close_all_areas, counts_of


def area(*per_quarter, **split):
    """Respondents per quarter, all of one stratum, or split by stage (plan="20 20", review="5 5")."""
    if not split:
        return counts_of([{Stratum("plan", "", "AGE_8_11"): n} for n in per_quarter])
    rows = {stage: [int(n) for n in numbers.split()] for stage, numbers in split.items()}
    length = len(next(iter(rows.values())))
    return counts_of([{Stratum(stage, "", "AGE_8_11"): row[q] for stage, row in rows.items()} for q in range(length)])


def periods(windows: list[Window], table=Table.OVERALL):
    return " | ".join(str(w.period) for w in windows if w.table is table)


@pytest.mark.parametrize(
    ("respondents", "blocks"),
    [
        ((20, 20, 20, 20), "2024Q1 | 2024Q2 | 2024Q3 | 2024Q4"),
        ((8, 8, 8, 8, 8, 8), "2024Q1..2024Q3 | 2024Q4..2025Q2"),
        ((19, 1, 19, 0), "2024Q1..2024Q2"),
        ((19,), ""),
        ((0, 0, 20), "2024Q1..2024Q3"),
    ],
)
def test_a_block_closes_once_twenty_have_answered(respondents, blocks):
    assert periods(close_all(area(*respondents))) == blocks


def test_a_breakdown_waits_until_four_in_five_can_be_shown():
    windows = close_all(area(plan="24 24", review="7 7"))
    assert periods(windows, Table.STAGE) == "2024Q1..2024Q2"


def test_a_breakdown_closes_at_the_end_of_the_year_in_any_case():
    windows = close_all(area(plan="18 0 0 0", review="3 0 0 0", leaving="4 0 0 0"))
    assert periods(windows, Table.STAGE) == "2024Q1"
    (stages,) = [w for w in windows if w.table is Table.STAGE]
    assert {d.reason for d in stages.decisions} == {"too_few", "would_reveal_another"}


def test_a_year_end_without_a_block_closes_what_waits():
    windows = close_all(area(plan="0 24 0 1", review="0 7 0 1"))
    assert periods(windows) == "2024Q1..2024Q2"
    assert periods(windows, Table.STAGE) == "2024Q1..2024Q2"


def test_a_nation_needs_the_open_areas_to_hold_nobody_or_twenty_in_two_areas():
    lone = {"a": area(40), "b": area(40), "c": area(7)}
    assert periods(close_all_areas(lone)[1]) == ""
    three = {"a": area(40), "b": area(12), "c": area(9)}
    assert periods(close_all_areas(three)[1]) == "2024Q1"
    covered = {"a": area(40), "b": area(40)}
    assert periods(close_all_areas(covered)[1]) == "2024Q1"


def test_a_lone_area_that_withholds_a_stage_is_not_given_away_by_the_nation():
    """Twelve in one area's withheld stage would follow from the nation, and with them that area's four."""
    shows_all = area(plan="0 0 0 40", review="0 0 0 30", leaving="0 0 0 20")
    withholds = area(plan="0 0 0 40", review="0 0 0 12", leaving="0 0 0 4")
    areas, nation = close_all_areas({"a": shows_all, "b": shows_all, "c": withholds})
    (of_c,) = [w for w in areas["c"] if w.table is Table.STAGE]
    (stages,) = [w for w in nation if w.table is Table.STAGE]
    assert {d.group.stage: d.reason for d in of_c.decisions} == {
        "plan": "",
        "review": "would_reveal_another",
        "leaving": "too_few",
    }
    assert {d.group.stage: d.respondents for d in stages.decisions} == {"plan": 120, "review": 72, "leaving": 44}
    assert {g.stage for g in stages.shown()} == {"plan"}
