"""Slips that remind: the same for everybody, in every language of the survey, for officers of the area."""

from datetime import date

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from surveys.fieldwork.actions import make_link
from surveys.fieldwork.models import Invitation
from surveys.instrument.items import Item, Kind
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave(of=asking.area("here"), code="autumn", ends_on=date(2099, 12, 9))


@pytest.fixture
def link(wave):
    return make_link(wave, place="Hall", area=wave.area, by=staff("officer", Role.PARTICIPATION_OFFICER))


def asked(client, wave, role=Role.PARTICIPATION_OFFICER, area=None, **fields):
    at_desk(client, staff("printer", role, area=area or wave.area))
    return client.get(reverse("desk:slips", args=[wave.code]), fields)


def test_every_slip_is_the_same_and_has_the_last_day(client, wave, link):
    text = asked(client, wave, link=link.code).content.decode()
    slips = {slip.split("</article>")[0] for slip in text.split('<article class="slip">')[1:]}
    assert text.count('class="slip"') == 8
    assert len(slips) == 1
    assert "9 December 2099" in text
    assert link.code[:4] in text
    assert "Nobody knows it was you" in text


@pytest.mark.parametrize(
    "fields", [{"language": "xx"}, {"language": "cy"}, {"link": "nosuch"}, {"link": "\0"}, {"link": "a" * 100_000}]
)
def test_what_is_not_there_is_not_found(client, wave, link, fields):
    assert asked(client, wave, **{"link": link.code, **fields}).status_code == 404


def test_a_poster_of_another_wave_gives_none(client, wave):
    other = asking.open_wave(of=asking.area("there"))
    elsewhere = make_link(other, place="Hall", area=other.area, by=staff("officer", Role.PARTICIPATION_OFFICER))
    assert asked(client, wave, link=elsewhere.code).status_code == 404


def test_a_closed_wave_reminds_of_nothing(client, wave, link):
    wave.status, wave.closed_on = "closed", date(2026, 11, 1)
    wave.save()
    assert asked(client, wave, link=link.code).status_code == 404


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.CARE_COUNCIL_MEMBER, Role.SAFEGUARDING_LEAD])
def test_others_print_none(client, wave, link, role):
    assert asked(client, wave, role, link=link.code).status_code in (302, 403, 404)
    assert asked(client, wave, Role.PARTICIPATION_OFFICER, asking.area("there"), link=link.code).status_code == 404


def test_cards_are_printed_in_a_language_of_the_questions(client):
    title = {"en": "About you", "ur": "آپ کے بارے میں"}
    item = Item(code="words", kind=Kind.TEXT, texts={"en": "And?", "ur": "اور؟"})
    wave = asking.open_wave(edition=asking.edition(item, title=title, languages=("en", "ur")))
    at_desk(client, staff("printer", Role.PARTICIPATION_OFFICER, area=wave.area))
    made = client.post(reverse("desk:cards", args=[wave.code]), {"cards": "2", "language": "ur"}).content.decode()
    assert made.count(title["ur"]) == 2
    assert 'lang="ur" dir="rtl"' in made
    refused = client.post(reverse("desk:cards", args=[wave.code]), {"cards": "2", "language": "xx\0"}, follow=True)
    assert "not there in this language" in refused.content.decode()
    assert Invitation.objects.count() == 2
