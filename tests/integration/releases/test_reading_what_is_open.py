"""Of quarters whose figures are all out only numbers of people are read, and what closes next is the same."""

import random

import pytest

from feedback.anonymisation.rules_of_an_area import rules_in_force
from feedback.disclosure.blocks import Group, Period, Quarter
from feedback.disclosure.rules import Table
from feedback.releases.closing import Population, close_for_area, first_open
from feedback.releases.models import ClosedWindow
from feedback.releases.tabulation import Plans, tabulate
from surveys.instrument.routing import Rule
from tests.factories import asking
from tests.factories.listening import coded
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db
STRATA = [("plan", "AGE_8_11"), ("plan", "AGE_12_17"), ("leaving", "AGE_8_11"), ("leaving", "AGE_12_17")]


def routed():
    """A question that is asked after another one."""
    why = asking.closed_item("why", "late", "absent")
    return asking.Item(
        code="why", kind=why.kind, texts=why.texts, options=why.options, rule=Rule("listened", frozenset({"no"}))
    )


def answers(die: random.Random) -> dict:
    said = die.choice(["yes", "sometimes", "no"])
    return {"listened": said, **({"why": die.choice(["late", "absent"])} if said == "no" else {})}


@pytest.fixture
def answered(area):
    edition = asking.edition(asking.closed_item("listened", "yes", "sometimes", "no"), routed(), of=area)
    asking.service(area, "visits")
    for stage in ("plan", "leaving"):
        asking.stage(stage)
    for quarter, n in (("2025Q1", 60), ("2025Q2", 45)):
        for stage, audience in STRATA:
            coded(edition, area, quarter=quarter, n=n, stage=stage, audience=audience, answers=answers)
    return area


def closed(area, since, quarter=Q2):
    table = tabulate(area, until=quarter, plans=Plans(), since=since)
    population = Population({area.pk: table}, rules_in_force())
    windows = close_for_area(area, population, quarter=quarter)
    figures = {
        (name, window.table): population.tallies_by_group(counted, window.table, window.period)
        for name, of_question in windows.items()
        for window in of_question
        for counted in (name, *population.known[name].counted_for_it())
    }
    return windows, figures


def test_the_next_quarter_closes_the_same(answered):
    release(answered, Q1)
    since = first_open(answered)
    assert since["listened"] == since["why"] == Q2
    found, wanted = closed(answered, since), closed(answered, {})
    assert found == wanted
    assert found[1]["why", Table.STAGE]


def test_a_table_that_is_open_keeps_its_quarters_open(answered):
    release(answered, Q1)
    ClosedWindow.objects.filter(table=Table.STAGE, question="listened").update(last_quarter="2024Q4")
    ClosedWindow.objects.filter(table=Table.STAGE_AUDIENCE, question="why").delete()
    assert first_open(answered)["listened"] == Q1
    assert "why" not in first_open(answered)


def test_what_was_not_read_is_not_taken_for_nobody(answered):
    release(answered, Q1)
    table = tabulate(answered, until=Q2, plans=Plans(), since=first_open(answered))
    assert set(table.counts("listened")) == {Q1, Q2}
    with pytest.raises(LookupError, match="were not read"):
        table.tallies("listened", period=Period(Q1, Q2), group=Group())


def test_the_year_ends_the_same_for_a_question_that_nobody_answered_any_more(answered):
    release(answered, Quarter(2025, 3))
    last = Quarter(2025, 4)
    assert closed(answered, first_open(answered), last) == closed(answered, {}, last)
