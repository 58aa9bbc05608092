"""Safeguarding leads see who has looked in their areas, administrators included; nobody else sees it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from feedback.accounts.models import User
from feedback.accounts.roles import Role
from feedback.safeguarding.actions import read_concern, read_text, screen_waiting
from feedback.safeguarding.contacts import read_contact
from feedback.safeguarding.models import Concern
from surveys.fieldwork.models import Wave
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.contacting import asks_for_a_person
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
HERE = "/desk/work/looking/"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def lead(wave, client):
    person = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    at_desk(client, person)
    return person


def page(client, **narrowed):
    reply = client.get(HERE, narrowed)
    assert reply.status_code == 200
    return reply.content.decode()


def test_the_empty_page_says_what_it_means(client, lead):
    assert reverse("desk:looking") == HERE
    assert "Nobody has looked at anything in your areas yet" in page(client)


def test_every_kind_of_look_is_there_and_no_word_of_a_child(client, wave, lead):
    arrives(wave, WORRY)
    quiet = arrives(wave, "nothing much zyzzyva")
    message = asks_for_a_person(wave.area, words="zyzzyva", name="Kitty")
    screen_waiting()
    read_concern(Concern.objects.get(), by=lead)
    read_text(quiet.pk, by=lead)
    read_contact(message, by=lead)
    shown = page(client)
    for did in ("Read what was written", "Read what somebody wrote", "Read the message of somebody who asked"):
        assert shown.count(did) == 1
    for secret in (WORRY, "zyzzyva", "Kitty", str(quiet.pk), str(message.pk)):
        assert secret not in shown


def test_an_administrator_looks_at_nothing_and_one_who_is_a_lead_too_is_there(client, wave, lead):
    boss = User.objects.create_superuser("the-boss", password="long-enough-for-this")
    arrives(wave, WORRY)
    screen_waiting()
    with pytest.raises(PermissionDenied):
        read_concern(Concern.objects.get(), by=boss)
    staff("the-boss", Role.SAFEGUARDING_LEAD, area=wave.area)
    read_concern(Concern.objects.get(), by=boss)
    assert "the-boss" in page(client)


def test_another_areas_looks_are_not(client, wave, lead):
    there = asking.open_wave()
    other = staff("other-lead", Role.SAFEGUARDING_LEAD, area=there.area)
    log(there.area, "safeguarding.read_text", user=other)
    shown = page(client, person=str(other.pk))
    assert "other-lead" not in shown
    assert there.area.name not in shown


def test_a_look_into_all_areas_is_seen_by_every_lead(client, lead):
    officer = staff("loader", Role.PARTICIPATION_OFFICER)
    wave = asking.open_wave()
    Wave.objects.filter(pk=wave.pk).update(area=None)
    log(Wave.objects.get(pk=wave.pk), "responses.import", user=officer)
    assert "loader" in page(client)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
def test_nobody_else_sees_it_nor_the_menu(client, wave, role):
    at_desk(client, staff("other", role, area=wave.area))
    reply = client.get(HERE)
    assert reply.status_code in {302, 403}
    assert "Who has looked" not in client.get("/desk/", follow=True).content.decode()


def test_a_superuser_without_the_role_is_refused_rather_than_shown_nothing(client):
    at_desk(client, User.objects.create_superuser("boss"))
    assert client.get(HERE).status_code in {302, 403}


def test_the_menu_leads_a_lead_there(client, lead):
    assert HERE in client.get("/desk/", follow=True).content.decode()


def test_it_can_be_narrowed(client, wave, lead):
    deputy = staff("deputy", Role.SAFEGUARDING_LEAD, area=wave.area)
    log(wave.area, "safeguarding.read_text", user=lead)
    old = timezone.now() - timedelta(days=3)
    ModelLogEntry.objects.log_action(wave.area, "safeguarding.reply", user=deputy, timestamp=old)
    assert "deputy</td>" not in page(client, person=str(lead.pk))
    assert "deputy</td>" in page(client, day=timezone.localdate(old).isoformat())
    assert "lead</td>" not in page(client, day=timezone.localdate(old).isoformat())
    assert "lead</td>" not in page(client, kind="reply")
    assert "Nobody looked in this way" in page(client, kind="paper")


@pytest.mark.parametrize(
    "bad",
    [
        {"person": "1 OR 1=1"},
        {"person": "9" * 40},
        {"person": "\x00"},
        {"day": "2026-02-31"},
        {"day": "\x00"},
        {"kind": "everything"},
        {"kind": "x" * 1_000_000},
    ],
)
def test_bad_input_shows_nothing_and_says_so(client, wave, lead, bad):
    log(wave.area, "safeguarding.read_text", user=lead)
    shown = page(client, **bad)
    assert "could not be understood" in shown
    assert "lead</td>" not in shown


def test_it_has_pages(client, wave, lead):
    for _ in range(51):
        log(wave.area, "safeguarding.read_text", user=lead)
    assert "Page 1 of 2, 51 looks." in page(client, kind="text")
    assert "kind=text&amp;page=2" in page(client, kind="text")
    for junk in ("2", "99", "-1", "\x00", "x"):
        page(client, page=junk)


def test_it_can_only_be_read(client, lead):
    assert client.post(HERE, {"delete": "1"}).status_code == 405
