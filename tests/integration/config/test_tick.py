"""One timer does everything that has its time, once each, and makes up for what was missed."""

from datetime import time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from feedback.config.management.commands import tick
from feedback.privacy.models import ProgramRun

pytestmark = pytest.mark.django_db
PROGRAMS = [program for program, _ in tick.DAILY]


@pytest.fixture
def calls(monkeypatch):
    """What is called, instead of doing it."""
    called = []
    monkeypatch.setattr(tick, "call_command", lambda name, **options: called.append(name))
    monkeypatch.setattr(tick, "DAILY", tuple((program, time(0, 0)) for program in PROGRAMS))
    return called


def test_each_is_done_once_a_day(calls):
    for _ in range(3):
        call_command("tick")
    assert calls == ["make_pages", *PROGRAMS, "tell_of_troubles", *["make_pages", "tell_of_troubles"] * 2]


def test_what_was_missed_yesterday_is_made_up_for(calls):
    call_command("tick")
    ProgramRun.objects.update(ended_at=timezone.now() - timedelta(days=1))
    call_command("tick")
    assert calls.count("retention_sweep") == 2


def test_nothing_is_done_before_its_time():
    now = timezone.localtime().replace(hour=5, minute=0)
    assert tick.is_due("follow_plans", time(3, 15), now)
    assert not tick.is_due("follow_plans", time(6, 30), now)


def test_one_that_fails_keeps_no_other_from_its_work_and_is_tried_again(calls, monkeypatch, caplog):
    def fails(name, **options):
        calls.append(name)
        if name == "retention_sweep":
            raise ValueError("words of a row")

    monkeypatch.setattr(tick, "call_command", fails)
    for _ in range(2):
        with pytest.raises(CommandError, match="Not done: retention_sweep"):
            call_command("tick")
    assert calls.count("follow_plans") == 1
    assert calls.count("retention_sweep") == calls.count("tell_of_troubles") == 2
    assert "words of a row" not in caplog.text


def test_everything_it_does_is_there():
    call_command("tick", verbosity=0)
