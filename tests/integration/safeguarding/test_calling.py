"""Somebody is told that something waits, at once and then others, until one of them has looked."""

import logging
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.safeguarding import calling, telling
from feedback.safeguarding.actions import read_concern, screen_waiting
from feedback.safeguarding.models import Alarm, Concern, Duty
from feedback.safeguarding.rota_actions import Turn, plan_duty
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WORRIES = "/desk/work/worries/"
NOW, SOON = "i want to die in my orange room", "she calls me stupid in my orange room"


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def wave(area):
    return asking.open_wave(of=area)


@pytest.fixture
def leads(area):
    return [lead(name, area) for name in ("ann", "bob", "cem", "dee")]


def lead(name, area, **fields):
    person = staff(name, Role.SAFEGUARDING_LEAD, area=area, **fields)
    person.email = f"{name}@example.org"
    person.save()
    return person


@pytest.fixture
def planned(area, leads):
    today = timezone.localdate()
    ann, bob, cem, _ = leads
    return plan_duty(area, Turn(ann, today, today + timedelta(days=3), deputy=bob, manager=cem), by=ann)


def told():
    """To whom the messages since the last time went."""
    names = sorted(name.partition("@")[0] for message in mail.outbox for name in message.to)
    mail.outbox.clear()
    return names


def waits(wave, words):
    arrives(wave, words)
    assert screen_waiting().held == 1


def test_the_one_on_duty_is_told_at_once_and_once(wave, planned):
    arrives(wave, NOW)
    sweep()
    sweep()
    assert told() == ["ann"]


def test_a_message_says_nothing_but_that_something_waits(wave, planned, area):
    waits(wave, NOW)
    calling.call()
    (message,) = mail.outbox
    said = f"{message.subject} {message.body} {message.extra_headers}"
    assert "waiting" in said
    assert not any(word in said.casefold() for word in ("die", "orange", "room", f" {area.name.casefold()} ", "danger"))


@pytest.mark.parametrize(("words", "step"), [(NOW, 15 * MINUTE), (SOON, 240 * MINUTE)])
def test_deputy_and_manager_are_told_when_nobody_looks_and_then_everybody(wave, planned, words, step):
    waits(wave, words)
    # A Monday on which the office opens, so that working hours are hours.
    began = datetime(2026, 1, 5, 9, tzinfo=UTC)
    Duty.objects.update(starts_on=began.date(), ends_on=began.date() + timedelta(days=3))
    again = calling.AGAIN[Concern.objects.get().severity]
    for after, expected in [
        (timedelta(0), ["ann"]),
        (step - MINUTE, []),
        (step, ["bob"]),
        (2 * step - MINUTE, []),
        (2 * step, ["cem"]),
        (2 * step + again - MINUTE, []),
        (2 * step + again, ["ann", "bob", "cem", "dee"]),
    ]:
        calling.call(now=began + after)
        assert told() == expected, after


def test_nobody_is_told_any_more_once_somebody_has_looked_and_no_time_is_left(wave, planned, leads):
    waits(wave, NOW)
    calling.call()
    read_concern(Concern.objects.get(), by=leads[3])
    told()
    calling.call(now=timezone.now() + timedelta(days=2))
    assert told() == []
    assert not Alarm.objects.exists()


def test_what_stands_while_nobody_looks_is_told_to_the_minute(wave, planned):
    waits(wave, NOW)
    calling.call()
    alarm = Alarm.objects.get()
    assert all((moment.second, moment.microsecond) == (0, 0) for moment in (alarm.since, alarm.told_at))


def test_what_is_more_urgent_starts_from_the_beginning(wave, planned):
    waits(wave, SOON)
    began = timezone.now().replace(second=0, microsecond=0)
    calling.call(now=began)
    waits(wave, NOW)
    calling.call(now=began + MINUTE)
    assert told() == ["ann", "ann"]
    calling.call(now=began + 17 * MINUTE)
    assert told() == ["bob"]


def test_something_urgent_that_comes_while_something_urgent_waits_is_told_at_once(wave, planned):
    waits(wave, NOW)
    start = timezone.now().replace(second=0, microsecond=0)
    calling.call(now=start)
    assert told() == ["ann"]
    waits(wave, NOW)
    calling.call(now=start + 2 * MINUTE)
    assert told() == ["ann"]
    calling.call(now=start + 40 * MINUTE)
    assert told() == ["bob", "cem"]
    # All who are due by now, and not only whoever stands first.
    waits(wave, NOW)
    calling.call(now=start + 45 * MINUTE)
    assert told() == ["ann", "bob", "cem"]
    # What is not urgent waits for the next call.
    waits(wave, SOON)
    calling.call(now=start + 46 * MINUTE)
    assert told() == []


def test_with_an_empty_rota_every_lead_of_the_area_and_the_duty_team_is_told(wave, leads, area):
    lead("far", asking.area("elsewhere"))
    lead("later", area, since=timezone.localdate() + timedelta(days=1))
    area.safeguarding_email = "duty-team@example.org"
    area.save()
    waits(wave, NOW)
    calling.call()
    assert told() == ["ann", "bob", "cem", "dee", "duty-team"]


def test_who_has_lost_the_role_is_passed_over(wave, planned, leads):
    leads[1].roles_held.all().delete()
    waits(wave, NOW)
    began = timezone.now().replace(second=0, microsecond=0)
    calling.call(now=began)
    assert told() == ["ann"]
    calling.call(now=began + 15 * MINUTE)
    assert told() == ["ann", "cem", "dee"]


class Down:
    """A mail server that takes nothing."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def __enter__(self):
        def refuses(message):
            raise SMTPRecipientsRefused({"ann@example.org": (550, b"secret")})

        self.patch = self.monkeypatch.context()
        self.patch.__enter__().setattr(telling.EmailMessage, "send", refuses)

    def __exit__(self, *failure):
        self.patch.__exit__(*failure)


def test_a_mail_server_that_is_down_is_seen_at_the_desk_and_tried_again(
    client, wave, planned, leads, caplog, monkeypatch
):
    waits(wave, NOW)
    began = timezone.now().replace(second=0, microsecond=0)
    with Down(monkeypatch), caplog.at_level(logging.ERROR):
        assert calling.call(now=began) == 0
        assert calling.call(now=began + timedelta(seconds=10)) == 0
    # One for each of the leads: who comes after is tried as well, and nobody twice in a minute.
    assert len(caplog.messages) == 4
    assert "SMTPRecipientsRefused" in caplog.text
    assert "ann@" not in caplog.text
    at_desk(client, leads[0])
    page = client.get(WORRIES).content.decode()
    assert "nothing took the message" in page
    assert "E-mail to ann in Here" in page
    assert calling.call(now=began + MINUTE) == 1
    assert told() == ["ann"]
    page = client.get(WORRIES).content.decode()
    assert "nothing took the message" not in page
    assert "E-mail to ann" not in page


def test_the_desk_says_who_is_on_duty_where_something_waits(client, wave, planned, leads):
    waits(wave, WORRY)
    at_desk(client, leads[0])
    assert "On duty in Here today: ann, then bob, then cem." in client.get(WORRIES).content.decode()


def test_where_nobody_can_be_told_the_administrator_hears_of_it(wave, caplog):
    waits(wave, NOW)
    with caplog.at_level(logging.ERROR):
        assert calling.call() == 0
    assert "nobody can be told" in caplog.text
    assert told() == []
