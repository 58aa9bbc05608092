"""The days of a wave, by hand and by plan; and reminders to those who work there, to no respondent and by no name."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.reminder_actions import send_reminder, send_reminders
from surveys.fieldwork.actions import invite, plan_wave
from surveys.fieldwork.models import Reminder, Wave
from surveys.fieldwork.plan_actions import follow_plans, plan_days
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def people(area):
    """An officer and a practitioner here, and others who get no letter."""
    roles = {
        "officer": (Role.PARTICIPATION_OFFICER, area), "worker": (Role.PRACTITIONER, area),
        "far": (Role.PRACTITIONER, asking.area("there")), "lead": (Role.SAFEGUARDING_LEAD, area),
        "young": (Role.CARE_COUNCIL_MEMBER, area), "gone": (Role.PRACTITIONER, area),
    }  # fmt: skip
    made = {name: staff(name, role, area=place) for name, (role, place) in roles.items()}
    for name, person in made.items():
        person.email = f"{name}@example.org"
        person.save()
    made["gone"].roles_held.update(until=today(-1))
    return made


def wave(area, **fields):
    return asking.open_wave(of=area, **{"code": "autumn", **fields})


def told():
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_a_wave_opens_and_closes_on_its_days(area, people):
    planned = plan_wave(
        asking.edition(of=area), code="w", name="W", area=area, opens_on=today(1), ends_on=today(2),
        by=people["officer"],
    )  # fmt: skip
    assert follow_plans() == (0, 0)
    assert follow_plans(today=today(1)) == (1, 0)
    assert follow_plans(today=today(2)) == (0, 0)  # the last day is a day on which answers are taken
    assert follow_plans(today=today(3)) == (0, 1)
    assert follow_plans(today=today(3)) == (0, 0)
    planned.refresh_from_db()
    assert (planned.status, planned.opened_on, planned.closed_on) == ("closed", today(1), today(3))
    assert ModelLogEntry.objects.filter(action="fieldwork.close_wave").get().data["program"] == "pytest"


def test_a_wave_without_days_is_left_alone(area):
    wave(area)
    assert follow_plans(today=today(4000)) == (0, 0)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"ends_on": today(-1)}, "The last day is over"),
        ({"opens_on": today(-1)}, "on which it opens is over"),
        ({"opens_on": today(5), "ends_on": today(4)}, "before the day on which it opens"),
    ],
)
def test_days_that_cannot_be_kept_are_refused(area, people, days, says):
    with pytest.raises(NotAllowed, match=says):
        plan_wave(asking.edition(of=area), code="w", name="W", area=area, **days, by=people["officer"])
    assert not Wave.objects.exists()


def test_a_closed_wave_gets_no_days(area, people):
    closed = wave(area)
    closed.status, closed.closed_on = "closed", today()
    closed.save()
    with pytest.raises(NotAllowed, match="closed"):
        plan_days(closed, opens_on=None, ends_on=today(1), by=people["officer"])


@pytest.mark.parametrize("name", ["worker", "far", "lead", "young"])
def test_others_plan_no_days_and_remind_nobody(area, people, name):
    ending = wave(area, ends_on=today(3))
    for act in (lambda: plan_days(ending, opens_on=None, ends_on=today(9), by=people[name]),
                lambda: send_reminder(ending, by=people[name])):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()
    assert mail.outbox == []


@pytest.mark.parametrize("typed", ["tomorrow", "2026-02-30", "\0", "9" * 5000, "<b>"])
def test_a_day_that_is_none_changes_nothing(area, people, client, typed):
    found = wave(area, ends_on=today(5))
    at_desk(client, people["officer"])
    reply = client.post(reverse("desk:wave", args=[found.code]), {"step": "days", "ends_on": typed}, follow=True)
    assert "Write each day like" in reply.content.decode()
    found.refresh_from_db()
    assert found.ends_on == today(5)


def test_the_desk_keeps_days_and_says_how_many_are_left(area, people, client):
    found = wave(area)
    at_desk(client, people["officer"])
    address = reverse("desk:wave", args=[found.code])
    assert "No last day is planned" in client.get(address).content.decode()
    reply = client.post(address, {"step": "days", "ends_on": today(1).isoformat()}, follow=True)
    assert "1 day left" in reply.content.decode()


def test_reminders_go_once_a_step_to_those_who_work_there(area, people):
    wave(area, ends_on=today(20))
    assert send_reminders() == 0
    assert send_reminders(today=today(6)) == 2
    assert told() == ["officer@example.org", "worker@example.org"]
    assert send_reminders(today=today(6)) == send_reminders(today=today(16)) == 0
    assert send_reminders(today=today(17)) == 2
    assert send_reminders(today=today(20)) == send_reminders(today=today(21)) == 0
    assert [reminder.step for reminder in Reminder.objects.all()] == ["two_weeks", "three_days"]


def test_the_letter_names_teams_and_nobody_else(area, people):
    ending = wave(area, ends_on=today(3))
    used, bare = asking.service(area, "used"), asking.service(area, "bare")
    invite(ending, cards=20, area=area, service=used, expires_on=today(30), by=people["officer"])
    call_command("send_reminders")
    letter = mail.outbox[0]
    assert "Cards for Used have hardly been used." in letter.body
    assert f"No cards were made for {bare.name}." in letter.body
    assert "3 days are left." in letter.body
    assert not [name for name in people if name in letter.body.lower().split()]
    assert len(letter.to) == 1


def test_what_a_mail_server_refuses_is_counted_and_no_address_is_logged(area, people, monkeypatch, caplog):
    ending = wave(area, ends_on=today(3))
    sent = []

    def refuse(subject, body, sender, to):
        if to == ["worker@example.org"]:
            raise SMTPRecipientsRefused({to[0]: (550, b"no such worker@example.org")})
        sent.append(to)

    monkeypatch.setattr("feedback.anonymisation.reminder_actions.send_mail", refuse)
    with caplog.at_level(logging.ERROR):
        assert send_reminders() == 1
    assert "SMTPRecipientsRefused" in caplog.text
    assert "example.org" not in caplog.text
    reminder = ending.reminders.get()
    assert (reminder.told, reminder.failed) == (1, 1)


def test_a_reminder_nobody_got_is_sent_again(area, people, monkeypatch):
    wave(area, ends_on=today(3))
    with monkeypatch.context() as patched:
        patched.setattr(
            "feedback.anonymisation.reminder_actions.send_mail", lambda *a: (_ for _ in ()).throw(OSError("down"))
        )
        assert send_reminders() == 0
    assert not Reminder.objects.exists()
    assert send_reminders() == 2


def test_an_officer_sends_what_is_due_and_only_once(area, people, client):
    ending = wave(area, ends_on=today(10))
    at_desk(client, people["officer"])
    address = reverse("desk:wave", args=[ending.code])
    assert "Remind them now" in client.get(address).content.decode()
    assert "on their way" in client.post(address, {"step": "remind"}, follow=True).content.decode()
    page = client.post(address, {"step": "remind"}, follow=True).content.decode()
    assert "was sent already" in page
    assert "Remind them now" not in page
    assert "2 letters sent" in page
    assert len(mail.outbox) == 2


def test_before_that_time_nothing_is_due(area, people):
    with pytest.raises(NotAllowed, match="No reminder is due"):
        send_reminder(wave(area, ends_on=today(15)), by=people["officer"])
