"""Many answers at once, as an officer, a second person and an administrator meet them at the desk."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import close_quarter, sweep
from feedback.anonymisation.floods import Flood
from feedback.disclosure.blocks import Quarter
from feedback.privacy.trouble_actions import tell_of_troubles
from surveys.responses.models import Response
from tests.factories import asking, flooding
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    found = asking.open_wave()
    flooding.answers(found, 3, on=flooding.yesterday())
    flooding.flood(found)
    return found


def page(wave):
    return reverse("desk:floods", args=[wave.code])


def says(client, address):
    return client.get(address).content.decode()


def decides(client, wave, step, *, because="Nobody knows of it.", number=None):
    number = number or Flood.objects.get().pk
    return client.post(page(wave), {"step": step, "flood": number, "because": because}, follow=True).content.decode()


def test_an_officer_is_told_on_the_first_page_and_on_that_of_the_wave(client, wave):
    at_desk(client, flooding.officer(wave.area))
    home = says(client, reverse("wagtailadmin_home"))
    assert "Many answers at once" in home
    assert f"came to {wave.name}: more than is plausible" in home
    assert "They are counted unless you put them aside." in says(client, reverse("desk:wave", args=[wave.code]))
    text = says(client, page(wave))
    assert "at least 410 answers came" in text
    assert "ask schools and teams before you decide" in text


def test_one_puts_aside_and_another_decides(client, wave):
    sweep()
    officer, checker = flooding.officer(wave.area), staff("checker", Role.OUTPUT_CHECKER, area=wave.area)
    at_desk(client, officer)
    assert "Put aside." in decides(client, wave, "aside")
    assert set(Response.objects.values_list("status", flat=True)) == {"aside"}
    text = says(client, page(wave))
    assert "A second person decides" in text
    assert "Count them after all" not in text
    assert "somebody else must decide" in decides(client, wave, "leave")
    at_desk(client, checker)
    assert "were put aside by a colleague" in says(client, reverse("wagtailadmin_home"))
    assert "You are the second person" in says(client, page(wave))
    assert "Put the answers of this day aside" not in says(client, page(wave))
    assert "Left out of every figure." in decides(client, wave, "leave", because="We asked <b>all</b> schools.")
    text = says(client, page(wave))
    assert "We asked &lt;b&gt;all&lt;/b&gt; schools." in text
    assert set(Response.objects.values_list("status", flat=True)) == {"left_out"}
    assert "Many answers at once" not in says(client, reverse("wagtailadmin_home"))


def test_a_button_pressed_twice_decides_once(client, wave):
    at_desk(client, flooding.officer(wave.area))
    decides(client, wave, "plausible")
    assert "so it cannot become plausible" in decides(client, wave, "plausible")
    assert Flood.objects.get().steps.count() == 1
    # So many were plausible; whoever learns more may still put them aside.
    assert "Put the answers of this day aside" in says(client, page(wave))


def test_no_number_on_a_page_is_exact(client, wave):
    sweep()
    at_desk(client, flooding.officer(wave.area))
    decides(client, wave, "plausible")
    flooding.answers(wave, 47)
    sweep()
    # Without its tags and names: a token against forgery, or the number of a wave, may hold any two digits.
    words = strip_tags(says(client, page(wave)).split("desk-page")[1])
    numbers = set(re.findall(r"\d+", words.replace(wave.name, "").replace(wave.area.name, "")))
    assert "410" in numbers
    assert numbers.isdisjoint({str(Response.objects.count()), "47"})


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PARTICIPATION_OFFICER, Role.OUTPUT_CHECKER}))
def test_others_do_not_see_it(client, wave, role):
    at_desk(client, staff("somebody", role, area=wave.area))
    assert client.get(page(wave)).status_code in {403, 404}
    assert client.post(page(wave), {"step": "aside", "flood": Flood.objects.get().pk}).status_code in {403, 404}


def test_another_areas_officer_sees_nothing_and_decides_nothing(client, wave):
    at_desk(client, flooding.officer(asking.area(), "of-elsewhere"))
    assert client.get(page(wave)).status_code == 404
    elsewhere = asking.open_wave(of=asking.area("mine"))
    at_desk(client, flooding.officer(elsewhere.area, "of-mine"))
    data = {"step": "aside", "flood": Flood.objects.get().pk, "because": "x"}
    assert client.post(page(elsewhere), data).status_code == 404
    assert Flood.objects.get().status == "noticed"


@pytest.mark.parametrize(
    "sent", [{}, {"step": "else"}, {"step": "aside", "flood": "x"}, {"step": "aside", "flood": "9" * 30}]
)
def test_what_no_button_sends(client, wave, sent):
    at_desk(client, flooding.officer(wave.area))
    assert client.post(page(wave), sent).status_code in {302, 403}
    assert Flood.objects.get().status == "noticed"
    assert not Flood.objects.get().steps.exists()


def test_after_its_quarter_closed_it_says_why_nothing_can_be_done(client, wave):
    close_quarter(wave.area, quarter=Quarter.of(flooding.yesterday()), by=staff("analyst", Role.BOARD_ANALYST))
    at_desk(client, flooding.officer(wave.area))
    text = says(client, page(wave))
    assert "taking it out would show what it was" in text
    assert "Put the answers of this day aside" not in text


def test_administrators_get_a_letter_that_names_no_wave(client, wave):
    administrator = staff("administrator")
    type(administrator).objects.filter(pk=administrator.pk).update(email="administrator@example.org")
    assert tell_of_troubles() == 1
    (letter,) = [one for one in mail.outbox if "open link" in one.body]
    assert wave.name not in letter.body
    assert wave.area.name not in letter.body
    at_desk(client, administrator)
    text = says(client, reverse("desk:status"))
    assert "Tell the officers today." in text
    assert wave.name not in text
