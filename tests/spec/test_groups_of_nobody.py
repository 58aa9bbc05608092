"""A group of nobody is printed like a group of fewer than ten, so that being listed says nothing about anybody."""

import pytest

from feedback.disclosure.blocks import Group, Stratum
from feedback.disclosure.rules import Table
from tests.unit.disclosure.cases import close_all, close_all_areas, counts_of

KNOWN = {
    Table.STAGE: [Group(stage="plan"), Group(stage="review"), Group(stage="leaving")],
    Table.AUDIENCE: [Group(audience="8-11"), Group(audience="12-17")],
    Table.SERVICE: [Group(service="visits"), Group(service="homes")],
}


def year(**stages):
    """An area where these many answered in a year, all of them about visits and aged 8 to 11."""
    return counts_of([{}, {}, {}, {Stratum(stage, "visits", "8-11"): n for stage, n in stages.items()}])


def printed(windows, table):
    """What a reader sees of a table: the groups in their order, each with its number or why there is none."""
    (window,) = [w for w in windows if w.table is table]
    names = [" ".join(filter(None, (d.group.stage, d.group.service, d.group.audience))) for d in window.decisions]
    return " | ".join(f"{name} {d.reason or d.respondents}" for name, d in zip(names, window.decisions, strict=True))


@pytest.mark.parametrize("leaving", [0, 4])
def test_nobody_and_four_read_the_same(leaving):
    windows = close_all(year(plan=40, review=12, **({"leaving": leaving} if leaving else {})), known=KNOWN)
    assert "leaving too_few | plan 40 | review " in printed(windows, Table.STAGE)


def test_a_service_nobody_answered_about_is_listed_too():
    assert printed(close_all(year(plan=40), known=KNOWN), Table.SERVICE) == "homes too_few | visits 40"


def test_the_two_way_table_lists_every_stage_with_every_audience():
    assert printed(close_all(year(plan=40), known=KNOWN), Table.STAGE_AUDIENCE) == (
        "leaving 12-17 too_few | leaving 8-11 too_few | plan 12-17 too_few | "
        "plan 8-11 40 | review 12-17 too_few | review 8-11 too_few"
    )


def test_a_group_that_answered_is_listed_even_if_it_is_not_known():
    assert printed(close_all(year(plan=40, closed=20), known=KNOWN), Table.STAGE) == (
        "closed 20 | leaving too_few | plan 40 | review too_few"
    )


def test_the_nation_lists_them_as_well():
    nation = close_all_areas({"a": year(plan=40), "b": year(plan=40)}, known=KNOWN)[1]
    assert printed(nation, Table.STAGE) == "leaving too_few | plan 80 | review too_few"
    assert printed(nation, Table.AUDIENCE) == "12-17 too_few | 8-11 80"
