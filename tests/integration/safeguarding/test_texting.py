"""Text messages say that something waits; what did not arrive is seen, and somebody else is told."""

import logging
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from feedback.accounts.actions import change_phone
from feedback.accounts.roles import Role
from feedback.safeguarding import telling
from feedback.safeguarding.actions import read_concern, screen_waiting
from feedback.safeguarding.calling import call
from feedback.safeguarding.models import Alarm, Concern, Delivery, Duty
from feedback.safeguarding.texting import can_text
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.notifying import TEMPLATE, notify
from tests.factories.people import at_desk, staff
from tests.integration.safeguarding.test_calling import NOW, SOON, Down, told

pytestmark = pytest.mark.django_db
WORRIES = "/desk/work/worries/"
NUMBERS = {"ann": "07700 900001", "bob": "07700 900002", "cem": "07700 900003"}
MINUTE = timedelta(minutes=1)
# A Tuesday at ten, and the night before.
OPEN, SHUT = datetime(2026, 1, 6, 10, tzinfo=UTC), datetime(2026, 1, 6, 3, tzinfo=UTC)


@pytest.fixture
def fake(settings):
    cache.clear()
    with notify(settings) as running:
        yield running


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def leads(area):
    people = [staff(name, Role.SAFEGUARDING_LEAD, area=area) for name in NUMBERS]
    for person in people:
        person.email, person.phone = f"{person.username}@example.org", NUMBERS[person.username]
        person.save()
    ann, bob, cem = people
    for day in (OPEN.date(), timezone.localdate()):
        Duty.objects.create(area=area, lead=ann, deputy=bob, manager=cem, starts_on=day, ends_on=day)
    return people


@pytest.fixture
def waits(area, leads):
    def write(words):
        arrives(asking.open_wave(of=area), words)
        assert screen_waiting().held == 1

    return write


def texted(fake):
    """Whose numbers a text message went to since the last time."""
    by_number = {number: name for name, number in NUMBERS.items()}
    names = [by_number[one["phone_number"]] for one in fake.sent]
    fake.sent.clear()
    return names


def test_a_text_message_carries_a_number_and_a_template_and_no_word(fake, waits):
    waits(NOW)
    call(now=OPEN)
    assert fake.sent == [{"phone_number": NUMBERS["ann"], "template_id": TEMPLATE}]
    assert told() == ["ann"]


def test_who_comes_next_is_texted_as_the_clock_runs(fake, waits):
    waits(NOW)
    for after, expected in ((0, ["ann"]), (14, []), (15, ["bob"]), (30, ["cem"]), (31, [])):
        call(now=OPEN + after * MINUTE)
        assert texted(fake) == expected, after


@pytest.mark.parametrize(("words", "now", "expected"), [(NOW, SHUT, ["ann"]), (SOON, OPEN, ["ann"]), (SOON, SHUT, [])])
def test_a_text_message_wakes_nobody_for_what_can_wait(fake, waits, words, now, expected):
    waits(words)
    call(now=now)
    assert texted(fake) == expected
    assert told() == ["ann"]


def test_without_a_key_only_e_mails_are_sent_and_the_desk_says_so(client, waits, leads):
    assert not can_text()
    waits(NOW)
    call(now=OPEN)
    assert told() == ["ann"]
    assert not Delivery.objects.exists()
    assert "Text messages are not set up on this server" in at_desk(client, leads[0]).get(WORRIES).content.decode()


def test_what_arrived_is_forgotten(fake, waits, client, leads):
    waits(NOW)
    call(now=OPEN)
    assert Delivery.objects.get().failure == ""
    call(now=OPEN + MINUTE)
    assert not Delivery.objects.exists()
    assert "are told by e-mail and text message" in at_desk(client, leads[0]).get(WORRIES).content.decode()


def test_what_became_of_a_text_message_is_asked_once_a_minute(fake, waits):
    fake.status = "sending"
    waits(NOW)
    call(now=OPEN)
    for _ in range(3):
        call(now=OPEN)
    assert fake.asked == 1
    assert Delivery.objects.get().failure == ""


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("permanent-failure", "the number does not exist"),
        ("temporary-failure", "the phone was off"),
        ("technical-failure", "it was lost on the way"),
    ],
)
def test_a_text_message_that_did_not_arrive_is_seen_at_the_desk(fake, waits, client, leads, status, said):
    fake.status = status
    waits(NOW)
    call()
    call()
    page = at_desk(client, leads[1]).get(WORRIES).content.decode()
    assert f"Text message to ann in Here, {timezone.localdate():%-d %B}: {said}" in page
    assert NUMBERS["ann"] not in page
    call(now=timezone.now() + timedelta(days=8))
    assert not Delivery.objects.filter(person=leads[0], on=timezone.localdate()).exists()


@pytest.mark.parametrize(
    ("status", "failure"), [(400, "refused"), (403, "refused"), (429, "unreachable"), (503, "unreachable")]
)
def test_when_notify_takes_nothing_the_e_mail_goes_and_no_number_is_logged(fake, waits, caplog, status, failure):
    fake.refuses = status
    waits(NOW)
    with caplog.at_level(logging.DEBUG):
        call(now=OPEN)
    assert told() == ["ann"]
    assert not Alarm.objects.get().is_undelivered
    assert Delivery.objects.get().failure == failure
    assert "900" not in caplog.text


def test_when_notify_cannot_be_reached_the_queue_goes_on(settings, waits):
    with notify(settings):
        pass
    waits(NOW)
    call(now=OPEN)
    assert told() == ["ann"]
    assert Delivery.objects.get().failure == "unreachable"


def test_when_the_mail_server_is_down_a_text_message_is_enough(fake, waits, monkeypatch):
    waits(NOW)
    with Down(monkeypatch):
        assert call(now=OPEN) == 1
    assert texted(fake) == ["ann"]
    assert not Alarm.objects.get().is_undelivered
    assert Delivery.objects.get(means="email").failure == "not_taken"


def test_when_neither_reaches_the_first_the_next_is_told_at_once(fake, waits, leads, monkeypatch):
    ann = leads[0]
    ann.phone = ""
    ann.save()
    waits(NOW)
    with Down(monkeypatch):
        assert call(now=OPEN) == 1
    assert texted(fake) == ["bob"]
    assert Alarm.objects.get().told == 2


def test_when_nothing_takes_anything_it_is_tried_again_until_something_does(fake, waits, leads, client, monkeypatch):
    fake.refuses = 503
    waits(NOW)
    with Down(monkeypatch):
        assert call(now=OPEN) == 0
    assert Alarm.objects.get().is_undelivered
    assert "nothing took the message" in at_desk(client, leads[0]).get(WORRIES).content.decode()
    fake.refuses = None
    assert call(now=OPEN + MINUTE) == 1
    assert texted(fake) == ["ann"]
    assert not Delivery.objects.exclude(failure="").filter(person=leads[0]).exists()


def test_nobody_is_texted_once_somebody_has_looked(fake, waits, leads):
    waits(NOW)
    call(now=OPEN)
    texted(fake)
    read_concern(Concern.objects.get(), by=leads[2])
    call(now=OPEN + timedelta(hours=5))
    assert texted(fake) == []
    assert len(mail.outbox) == 1


def test_people_and_their_administrators_change_the_number(client, area, leads):
    ann, administrator = leads[0], staff("admin", Role.ADMINISTRATOR, area=area)
    at_desk(client, ann).post("/desk/work/sign-in/", {"step": "phone", "phone": "+44 7700 900009"})
    ann.refresh_from_db()
    assert ann.phone == "+44 7700 900009"
    refused = client.post("/desk/work/sign-in/", {"step": "phone", "phone": "call me\0"}, follow=True)
    assert "digits and spaces only" in refused.content.decode()
    at_desk(client, administrator).post(f"/desk/work/accounts/{ann.pk}/", {"step": "phone", "phone": ""})
    ann.refresh_from_db()
    assert ann.phone == ""


def test_nobody_else_changes_it(leads):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        change_phone(leads[0], "07700 900009", by=leads[1])


def test_a_mail_server_that_hangs_is_waited_for_once_and_nothing_is_locked_meanwhile(fake, waits, monkeypatch):
    waits(NOW)
    depth, waited = len(connection.savepoint_ids), []

    def hangs(message):
        waited.append(len(connection.savepoint_ids))
        raise TimeoutError

    monkeypatch.setattr(telling.EmailMessage, "send", hangs)
    fake.refuses = 503
    assert call(now=OPEN) == 0
    # Once for all four turns, and in no transaction of its own.
    assert waited == [depth]
    assert Delivery.objects.filter(means="email", failure="not_taken").count() == 3


def test_a_sweep_that_dies_while_it_calls_is_made_up_for(fake, waits, monkeypatch):
    waits(NOW)
    with monkeypatch.context() as killed:
        killed.setattr(telling.EmailMessage, "send", lambda message: sys.exit())
        with pytest.raises(SystemExit):
            call(now=OPEN)
    assert call(now=OPEN) == 0
    assert call(now=OPEN + MINUTE) == 1
    assert told() == ["ann"]
