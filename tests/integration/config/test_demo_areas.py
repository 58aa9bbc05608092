"""The demo's areas differ in what they decide, and nobody is called by mistake."""

import re

import pytest

from feedback.accounts.roles import Role
from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.config.demo.loading import AREAS
from feedback.config.demo.own_settings import OWN, decide, put_on_duty
from feedback.disclosure.blocks import Quarter
from feedback.safeguarding.rota import rota_of
from tests.factories import asking
from tests.factories.people import staff

NOBODYS = re.compile(r"01632 960 \d{3}")


def test_every_area_of_the_demo_has_its_own():
    assert set(OWN) == {code for code, *_ in AREAS}
    for what in ("known_as", "welcome", "accent", "contact", "retention_days"):
        assert len({getattr(own, what) for own in OWN.values()}) == len(OWN)


def test_nobody_has_the_numbers_of_the_demo():
    for own in OWN.values():
        numbers = [own.contact[2], *(number for _, number, _, _ in own.help_numbers)]
        assert [number for number in numbers if not NOBODYS.fullmatch(number)] == []
        assert own.contact[1].endswith(".example")


@pytest.mark.django_db
@pytest.mark.parametrize("code", list(OWN))
def test_what_it_decides_is_allowed(code):
    area = asking.area(code)
    decide(area, year=2025, by=staff("admin"))
    assert (area.accent, area.help_numbers.count()) == (OWN[code].accent, 2)
    assert area.logo.endswith(".png")
    assert rules_of(area, Quarter(2025, 1)).smallest_group == (OWN[code].smallest_group or 10)


@pytest.mark.django_db
def test_somebody_is_on_duty_with_a_gap_ahead():
    from django.utils import timezone

    area, today = asking.area("thistledown"), timezone.localdate()
    put_on_duty(area, [staff(name, Role.SAFEGUARDING_LEAD) for name in ("ada", "ben")], today=today)
    rota = rota_of(area, today)
    assert rota.today.lead.username == "ada"
    assert len(rota.gaps) == 1
