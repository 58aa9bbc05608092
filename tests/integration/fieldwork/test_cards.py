"""Cards: printed once, used once, kept only as a keyed hash."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.fieldwork.actions import close_wave, invite, redeem
from surveys.fieldwork.link_codes import UNAMBIGUOUS, card_digest
from surveys.fieldwork.models import Invitation
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave()


def officer(area=None):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


def cards(wave, n=10, **fields):
    fields = {"area": wave.area, "expires_on": timezone.localdate() + timedelta(days=30), "by": officer(), **fields}
    return invite(wave, cards=n, **fields)


def test_codes_are_easy_to_type_and_never_a_word(wave):
    made = cards(wave, 200)
    assert len(set(made)) == 200
    assert {len(code) for code in made} == {10}
    assert set("".join(made)) <= set(UNAMBIGUOUS)
    assert not set(UNAMBIGUOUS) & set("aeiou01l")


def test_only_a_keyed_hash_of_a_code_is_kept(wave):
    (code,) = cards(wave, 1)
    kept = Invitation.objects.get()
    assert bytes(kept.code_digest) == card_digest(code)
    assert not [value for value in vars(kept).values() if code in str(value)]


@pytest.mark.parametrize("typed", ["{0}", " {1} ", "{2}"])
def test_how_a_code_is_typed_makes_no_difference(wave, typed):
    (code,) = cards(wave, 1)
    ways = (f"{code[:4]} {code[4:]}", code.upper(), f"{code[:4]}-{code[4:]}")
    assert card_digest(typed.format(*ways)) == card_digest(code)


def test_a_card_works_once(wave):
    cards(wave, 3)
    card, other = Invitation.objects.all()[:2]
    assert redeem(card) is True
    assert redeem(card) is False
    assert redeem(other) is True
    assert Invitation.objects.filter(is_used=True).count() == 2


@pytest.mark.parametrize("n", [0, -1, 241])
def test_nobody_prints_more_cards_than_can_be_cut_out(wave, n):
    with pytest.raises(NotAllowed, match="1 to 240"):
        cards(wave, n)


def test_cards_hold_until_a_day_that_is_to_come(wave):
    with pytest.raises(NotAllowed, match="after today"):
        cards(wave, expires_on=timezone.localdate())


def test_a_service_of_another_area_is_refused(wave):
    with pytest.raises(NotAllowed, match="not a service"):
        cards(wave, service=asking.service(asking.area("elsewhere")))


def test_a_closed_wave_gets_no_cards(wave):
    close_wave(wave, by=officer())
    with pytest.raises(NotAllowed, match="closed"):
        cards(wave)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTICIPATION_OFFICER])
def test_only_an_officer_makes_cards(wave, role):
    with pytest.raises(PermissionDenied):
        cards(wave, by=staff("somebody", role))
    assert not Invitation.objects.exists()


def test_an_officer_of_another_area_makes_none_here(wave):
    with pytest.raises(PermissionDenied):
        cards(wave, by=staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("far")))


def test_the_sheet_is_shown_once_and_can_be_printed(wave, client):
    at_desk(client, officer())
    page = client.post(f"/desk/work/waves/{wave.code}/cards/", {"cards": 12})
    content = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"].startswith("max-age=0")
    assert content.count('class="card"') == 12
    assert Invitation.objects.count() == 12
    assert client.get(f"/desk/work/waves/{wave.code}/cards/").status_code == 405


def test_wrong_numbers_make_nothing(wave, client):
    at_desk(client, officer())
    for fields in ({"cards": "many"}, {}, {"cards": "5", "expires_on": "tomorrow"}, {"cards": "9999"}):
        page = client.post(f"/desk/work/waves/{wave.code}/cards/", fields)
        assert page.status_code == 302
    assert not Invitation.objects.exists()
