"""The look budget has no way around: neither by another table nor by asking the same thing under another code."""

from dataclasses import replace

import pytest

from feedback.accounts.roles import Role
from feedback.disclosure.blocks import Decision, Group, Period, Window
from feedback.disclosure.rules import FLOOR, Table
from feedback.releases import policies
from surveys.fieldwork.actions import open_wave, pin_edition, plan_wave
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import Audience
from tests.factories import asking
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1

pytestmark = pytest.mark.django_db


def asks(code, text):
    return replace(asking.closed_item(code, "yes", "no"), texts={"en": text})


SAFE, SAFE_TOO = asks("safe", "Do you feel safe at home?"), asks("safe_too", "I feel safe in my home")


@pytest.fixture
def officer():
    return staff("officer", Role.PARTICIPATION_OFFICER)


def plan(edition, area, by):
    return plan_wave(edition, code=f"w{edition.pk}{area.code if area else ''}", name="Spring", area=area, by=by)


def test_the_same_people_are_not_asked_the_same_under_two_codes(area, officer):
    open_wave(plan(asking.edition(SAFE, of=area), area, officer), by=officer)
    other = asking.edition(SAFE_TOO, of=area)
    for where in (area, None):
        with pytest.raises(NotAllowed, match="safe_too asks what safe asks of the same people in “Spring”"):
            plan(other, where, officer)
    assert Wave.objects.count() == 1


def test_other_people_may_be(area, officer):
    plan(asking.edition(SAFE, of=area), area, officer)
    plan(asking.edition(SAFE_TOO, of=area), asking.area("south"), officer)
    plan(asking.edition(SAFE_TOO, of=area, audience=Audience.AGE_12_17), area, officer)
    plan(asking.edition(SAFE, of=area), area, officer)


def test_nor_does_a_newer_edition_bring_it_in(area, officer):
    plan(asking.edition(SAFE, of=area), area, officer)
    edition = asking.edition(of=area)
    wave = plan(edition, area, officer)
    later = asking.edition(SAFE_TOO, of=area)
    type(later).objects.filter(pk=later.pk).update(survey=edition.survey, number=2)
    later.refresh_from_db()
    with pytest.raises(NotAllowed, match="two looks"):
        pin_edition(wave, later, by=officer)


def test_nor_does_a_wave_that_was_planned_before_the_rule(area, officer):
    plan(asking.edition(SAFE, of=area), area, officer)
    old = Wave.objects.create(code="old", name="Old", edition=asking.edition(SAFE_TOO, of=area), area=area)
    with pytest.raises(NotAllowed, match="two looks"):
        open_wave(old, by=officer)


@pytest.mark.parametrize(("table", "is_national"), [(Table.SERVICE, True), (Table.STAGE_AUDIENCE, True)])
def test_figures_of_another_table_are_refused_before_they_are_made(table, is_national):
    windows = {"safe": [Window(table, Period(Q1, Q1), (Decision(Group(), 40, ""),))]}
    with pytest.raises(NotAllowed, match="no table"):
        policies.check_looks(windows, FLOOR, is_national=is_national)
    policies.check_looks(windows, FLOOR, is_national=False)


def test_rules_that_carry_fewer_looks_than_there_are_tables_make_no_figures():
    with pytest.raises(NotAllowed, match="noise carries 7"):
        policies.check_looks({}, replace(FLOOR, looks=7), is_national=False)
