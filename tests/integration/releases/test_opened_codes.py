"""How often codes were opened is published for every month and quarter, and says of no area how few."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from feedback.disclosure.openings import AREAS_FOR_A_NUMBER, FEW
from feedback.releases import opened_codes_actions
from feedback.releases.opened_codes import OpenedCodes, months, published_of, quarters
from feedback.releases.opened_codes_actions import publish_opened_codes
from feedback.safeguarding.code_actions import look_at_code
from feedback.safeguarding.codes import CodeOpening
from surveys.fieldwork.models import Wave
from tests.factories import asking
from tests.factories.opening import agreed, coded_wave, two_leads, worry

pytestmark = pytest.mark.django_db
BEGAN, TODAY = date(2026, 2, 10), date(2026, 7, 3)


@pytest.fixture(autouse=True)
def in_july(monkeypatch):
    monkeypatch.setattr(opened_codes_actions.timezone, "localdate", lambda *args: TODAY)


def asked_in(many):
    """Areas that ask under the promise since February."""
    waves = [coded_wave() for _ in range(many)]
    Wave.objects.filter(pk__in=[wave.pk for wave in waves]).update(opened_on=BEGAN)
    return waves


def opened(wave, day):
    one, two = two_leads(wave.area)
    concern, _, _ = worry(wave, read_by=one)
    opening = agreed(concern, one, two)
    look_at_code(opening, by=two)
    CodeOpening.objects.filter(pk=opening.pk).update(looked_on=day)


def said(area=None):
    return {one.first_day: one.said for one in OpenedCodes.objects.filter(area=area)}


def test_every_month_is_said_and_those_without_any_too():
    waves = asked_in(AREAS_FOR_A_NUMBER)
    opened(waves[0], date(2026, 4, 30))
    publish_opened_codes()
    assert said() == {
        date(2026, 2, 1): "none", date(2026, 3, 1): "none", date(2026, 4, 1): "1", date(2026, 5, 1): "none",
        date(2026, 6, 1): "none",
    }  # fmt: skip


def test_an_area_with_one_says_the_same_as_an_area_with_none():
    waves = asked_in(AREAS_FOR_A_NUMBER)
    opened(waves[0], date(2026, 4, 30))
    publish_opened_codes()
    assert said(waves[0].area) == said(waves[1].area) == {date(2026, 1, 1): FEW, date(2026, 4, 1): FEW}


def test_where_few_areas_ask_all_together_say_no_number_either():
    (wave,) = asked_in(1)
    opened(wave, date(2026, 4, 30))
    publish_opened_codes()
    assert set(said().values()) == {FEW}


def test_twice_is_harmless_and_what_was_said_stays():
    waves = asked_in(AREAS_FOR_A_NUMBER)
    out = StringIO()
    call_command("publish_opened_codes", stdout=out)
    assert out.getvalue().startswith("15 periods")
    opened(waves[0], date(2026, 4, 30))
    assert publish_opened_codes() == 0
    assert said()[date(2026, 4, 1)] == "none"


def test_where_nobody_asks_under_this_promise_nothing_is_said():
    asking.open_wave()
    assert publish_opened_codes() == 0
    assert published_of(None) == {"months": [], "quarters": []}


def test_periods_end_before_today():
    assert list(months(date(2025, 11, 30), date(2026, 2, 1))) == [
        (date(2025, 11, 1), date(2025, 11, 30)), (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
    ]  # fmt: skip
    assert list(quarters(date(2025, 11, 30), date(2026, 3, 31))) == [(date(2025, 10, 1), date(2025, 12, 31))]


def test_the_public_page_shows_it(client):
    from django.template.loader import render_to_string

    waves = asked_in(AREAS_FOR_A_NUMBER)
    opened(waves[0], date(2026, 4, 30))
    publish_opened_codes()
    page = render_to_string("pages/opened_codes.html", {"codes": published_of(waves[0].area), "area": waves[0].area})
    assert "April 2026: 1" in page
    assert "April to June 2026: fewer than five" in page
    assert render_to_string("pages/opened_codes.html", {"codes": published_of(None), "area": None}).count("<ul>") == 1
