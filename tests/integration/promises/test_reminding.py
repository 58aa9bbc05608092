"""Owners are told that something waits and no more; what nobody answered in time is seen by staff and children."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.management import call_command

from feedback.accounts.models import RoleHeld
from feedback.promises.models import Promise, PromiseReminder
from feedback.promises.reminder_actions import remind_owners
from feedback.promises.unanswered import unanswered
from feedback.promises.waiting import promises_waiting
from surveys.instrument.wording import Audience
from tests.factories import asking
from tests.factories.promising import board, in_days, late, officer, owner, promised

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


def with_address(person):
    person.email = f"{person.username}@example.org"
    person.save()
    return person


def asked(area, days, audience=Audience.AGE_8_11):
    """A wave that said by which day children would hear what changes."""
    report = in_days(days).isoformat() if days is not None else ""
    frozen = asking.edition(of=area, audience=audience, report_back_on=report)
    return asking.open_wave(of=area, edition=frozen)


def test_an_owner_is_told_once_before_and_once_after_the_day(area, mailoutbox):
    with_address(owner(area))
    promised(area, due_on=in_days(6))
    promised(area, due_on=in_days(8))
    assert remind_owners() == 1
    assert remind_owners() == 0
    assert remind_owners(today=in_days(7)) == 1
    assert [letter.to for letter in mailoutbox] == [["owner@example.org"]] * 2
    assert {step for (step,) in PromiseReminder.objects.values_list("step")} == {"soon", "late"}


def test_the_letter_says_only_that_something_waits(area, mailoutbox):
    with_address(owner(area))
    late(area)
    call_command("send_reminders")
    (letter,) = mailoutbox
    said = letter.subject + letter.body
    assert "something waits for you" in said.lower()
    for unsaid in ("You said", "We will", "North", "promis", "late", "day"):
        assert unsaid not in said.replace("/desk/work/promises/", "")


def test_where_the_owner_has_left_the_board_officers_are_told(area, mailoutbox):
    with_address(board(area))
    made = late(area)
    with_address(made.owner)
    RoleHeld.objects.filter(user=made.owner).update(until=in_days(-1))
    remind_owners()
    assert [letter.to for letter in mailoutbox] == [["board@example.org"]]
    assert promises_waiting(board(area)).without_owner == 1


def test_what_no_mail_server_took_goes_out_the_next_time(area, monkeypatch, mailoutbox):
    with_address(owner(area))
    late(area)
    with monkeypatch.context() as broken:
        broken.setattr("feedback.promises.reminder_actions.send_mail", refuse)
        assert remind_owners() == 0
    assert remind_owners() == 1


def refuse(*args, **named):
    raise SMTPRecipientsRefused({})


def test_an_owner_without_an_address_is_asked_again_later(area):
    late(area)
    assert remind_owners() == 0
    assert not PromiseReminder.objects.exists()


def test_a_survey_past_its_day_to_report_back_is_late_until_something_is_promised(area):
    wave = asked(area, -9)
    asked(area, 3)
    asked(area, None)
    (one,) = unanswered(area)
    assert (one.wave, one.audience, one.days_late) == (wave.name, "AGE_8_11", 9)
    promised(area, "AGE_12_17")
    assert len(unanswered(area)) == 1
    made = promised(area, "AGE_8_11")
    assert unanswered(area) == []
    Promise.objects.filter(pk=made.pk).update(made_on=wave.opened_on - timedelta(days=1))
    assert len(unanswered(area)) == 1


def test_the_youngest_and_professionals_are_answered_where_they_read(area):
    asked(area, -1, Audience.AGE_4_5)
    asked(area, -2, Audience.PROFESSIONAL)
    assert [one.audience for one in unanswered(area)] == ["", "AGE_6_7"]
    promised(area, "AGE_6_7")
    assert unanswered(area) == []


def test_the_first_page_counts_what_waits(area):
    late(area)
    promised(area, due_on=in_days(3))
    promised(area, due_on=in_days(30))
    asked(area, -1, Audience.CARE_LEAVER)
    assert (promises_waiting(owner(area)).late, promises_waiting(owner(area)).soon) == (1, 1)
    assert promises_waiting(officer(area)).unanswered == 1
    assert not promises_waiting(officer(asking.area("south"), "other")).any
