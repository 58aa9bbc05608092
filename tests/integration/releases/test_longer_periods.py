"""Longer periods in what is published: nobody who was withheld in one window follows from the sums."""

import numpy as np
import pytest

from feedback.disclosure.blocks import Quarter
from feedback.disclosure.periods import Period
from feedback.releases import actions
from feedback.releases.audit import what_could_be_worked_out
from feedback.releases.released import shown_groups
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.integration.releases.releasing import release, rows

pytestmark = pytest.mark.django_db
QUARTERS = ["2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1"]
PEOPLE = {"plan": [40] * 5, "leaving": [15] * 5, "review": [12, 12, 4, 12, 12]}


def publish_all(area, edition):
    for stage, numbers in PEOPLE.items():
        for quarter, n in zip(QUARTERS, numbers, strict=True):
            coded(edition, area, quarter=quarter, n=n, stage=stage)
    return release(area, Quarter(2026, 1))


def test_a_withheld_group_follows_from_no_sum_of_bases(area, edition):
    """Unknown are the people of each stage in each quarter; every base that is printed is an equation."""
    published = publish_all(area, edition)
    unknown = {
        (stage, quarter): place for place, (stage, quarter) in enumerate((s, q) for s in PEOPLE for q in QUARTERS)
    }
    equations = []
    for row in (row for one in published for row in rows(one)):
        by_stage = row["service"] == row["audience"] == "all" and row["question"] == "listened"
        if by_stage and row["base"] and row["option"] == "yes" and row["stage"] in {*PEOPLE, "all"}:
            within = {str(quarter) for quarter in Period.parse(row["period"]).quarters()}
            line = np.zeros(len(unknown))
            for (stage, quarter), place in unknown.items():
                line[place] = quarter in within and row["stage"] in {stage, "all"}
            equations.append(line)
    assert any(line.sum() > 3 for line in equations)  # there are sums among them
    known = np.linalg.matrix_rank(equations)
    hidden = np.zeros(len(unknown))
    hidden[unknown["review", "2025Q3"]] = 1
    assert np.linalg.matrix_rank([*equations, hidden]) == known + 1
    assert not [sentence for one in published for sentence in what_could_be_worked_out(one)]


def test_which_longer_periods_a_release_holds(area, edition):
    *_, year, last = publish_all(area, edition)

    def periods(one, stage):
        found = [g for g in shown_groups(one) if g.question == "listened" and g.stage == stage]
        return {str(g.period) for g in found if g.blocks > 1 and g.table in {"overall", "stage"}}

    assert periods(year, None) == {"2025Q1..2025Q4"}
    assert periods(last, None) == {"2025Q2..2026Q1", "2025Q1..2026Q1"}
    assert periods(last, "plan") == {"2025Q2..2026Q1", "2025Q1..2026Q1"}
    assert periods(last, "review") == set()


def test_a_sum_never_appears_by_itself_after_publication(area, edition):
    """A block that is published late is in no sum of a release that was checked without it."""
    for quarter in QUARTERS[:3]:
        coded(edition, area, quarter=quarter, n=40)
    first, second, third = actions.close_area_through(area, until=Quarter(2025, 3), by=analyst())
    for draft in (first, third, second):
        actions.propose(interpreted(draft), by=analyst())
        actions.approve(draft, by=checker())
        actions.publish(draft, by=checker())
    assert {r["period"] for r in rows(third)} == {"2025Q3"}
    assert {r["period"] for r in rows(second)} == {"2025Q2", "2025Q1..2025Q2"}
