"""Administrators see in words, and programs in numbers, how the site is doing; of each cause they get one letter."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.privacy import watching
from feedback.privacy.models import ProgramRun, Trouble
from feedback.privacy.programs import MUST_RUN, ended_well
from feedback.privacy.runs import EXPECTED, note_run, runs_watched
from feedback.privacy.trouble_actions import tell_of_troubles
from feedback.privacy.watching import everything_watched
from feedback.safeguarding.models import Concern
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-one-who-watches"


@pytest.fixture
def all_run():
    """Everything that must run has just ended well."""
    for one in EXPECTED:
        note_run(one.program)


@pytest.fixture
def administrator():
    person = staff("keeps-it-running", Role.ADMINISTRATOR, area=asking.area("here"))
    person.email = "keeps-it-running@example.org"
    person.save()
    return person


def watched(code):
    return next(one for one in everything_watched() if one.code == code)


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_what_never_ran_or_not_for_too_long_is_a_trouble():
    assert {one.trouble != "" for one in runs_watched()} == {True}
    now = timezone.now()
    for one in EXPECTED:
        note_run(one.program)
    assert [one.trouble for one in runs_watched() if one.trouble] == []
    late = [one.code for one in runs_watched(now + timedelta(hours=3)) if one.trouble]
    assert late == ["hours_since_screen_waiting", "hours_since_list_erasures"]
    assert all(one.trouble for one in runs_watched(now + timedelta(hours=27)))


def test_a_program_that_ended_well_is_noted_and_one_that_keeps_nothing_is_not():
    assert {one.program for one in EXPECTED} == MUST_RUN
    ended_well(["migrate"])
    ended_well([])
    ended_well(["list_erasures"])
    assert not ProgramRun.objects.exists()
    ended_well(["list_erasures", "--to", "somewhere"])
    call_command("screen_waiting", verbosity=0)
    assert set(ProgramRun.objects.values_list("pk", flat=True)) == {"list_erasures", "screen_waiting"}


def test_a_text_that_waits_too_long_is_a_trouble_and_one_of_today_is_not_counted(all_run):
    wave = asking.open_wave(of=asking.area("here"))
    response = arrives(wave, "I like my worker")
    call_command("screen_waiting", verbosity=0)
    assert watched("texts_oldest_days").value == 0
    Response.objects.filter(pk=response.pk).update(received_on=days_ago(2))
    assert (watched("texts_oldest_days").value, watched("texts_oldest_days").trouble) == (2, "")
    Response.objects.filter(pk=response.pk).update(received_on=days_ago(5))
    assert "Tell the safeguarding leads" in watched("texts_oldest_days").trouble


def test_what_is_not_screened_the_day_after_is_a_trouble(all_run):
    response = arrives(asking.open_wave(of=asking.area("here")), "I like my worker")
    assert watched("texts_not_screened").value == 0
    Response.objects.filter(pk=response.pk).update(received_on=days_ago(1))
    assert watched("texts_not_screened").value == 1
    assert "screen_waiting" in watched("texts_not_screened").trouble


def test_a_worry_past_its_day_is_a_trouble(all_run):
    arrives(asking.open_wave(of=asking.area("here")), WORRY)
    call_command("screen_waiting", verbosity=0)
    assert watched("worries_overdue").trouble == ""
    Concern.objects.update(due_on=days_ago(1))
    assert watched("worries_overdue").value == 1


def test_administrators_get_one_letter_for_each_cause_until_it_is_over(all_run, administrator):
    assert tell_of_troubles() == 0
    note_run("backup")
    ProgramRun.objects.filter(pk="backup").update(ended_at=timezone.now() - timedelta(hours=30))
    assert (tell_of_troubles(), tell_of_troubles()) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == [administrator.email]
    assert "backup, which keeps everything a second time, last ended well 30 hours ago. That is too long" in letter.body
    ProgramRun.objects.filter(pk="retention_sweep").delete()
    assert tell_of_troubles() == 1
    assert "backup" not in mail.outbox[1].body
    note_run("backup")
    assert tell_of_troubles() == 0
    ProgramRun.objects.filter(pk="backup").delete()
    assert tell_of_troubles() == 1


def test_a_letter_that_no_mail_server_took_is_written_again(administrator, monkeypatch, caplog):
    def refuses(*arguments):
        raise ConnectionRefusedError(arguments)

    monkeypatch.setattr("feedback.privacy.trouble_actions.send_mail", refuses)
    assert tell_of_troubles() == 0
    assert administrator.email not in caplog.text
    monkeypatch.undo()
    assert tell_of_troubles() == 1
    assert Trouble.objects.filter(told=0).count() == 0


def test_a_letter_and_the_numbers_say_nothing_of_what_was_written(administrator, client, settings):
    settings.EARSHOT_METRICS_TOKEN = TOKEN
    response = arrives(asking.open_wave(of=asking.area("here-in-metrics")), f"{WORRY} canary")
    call_command("screen_waiting", verbosity=0)
    Response.objects.filter(pk=response.pk).update(received_on=days_ago(9))
    Concern.objects.update(due_on=days_ago(3))
    tell_of_troubles()
    numbers = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    for text in (numbers, mail.outbox[0].body):
        for told in ("canary", WORRY, "here-in-metrics", str(response.pk)):
            assert told not in text


@pytest.mark.parametrize("shown", [None, "", "Bearer ", "Bearer wrong", TOKEN, "Bearer wröng"])
def test_nobody_without_the_token_finds_numbers(client, settings, shown):
    settings.EARSHOT_METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": shown} if shown is not None else {}).status_code == 404


def test_without_a_token_set_nobody_finds_any(client):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_numbers_are_in_the_format_that_programs_read(client, settings, all_run):
    from prometheus_client.parser import text_string_to_metric_families

    settings.EARSHOT_METRICS_TOKEN = TOKEN
    reply = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    found = {family.name: family.samples for family in text_string_to_metric_families(reply.content.decode())}
    assert found["earshot_worries_overdue"][0].value == 0
    assert found["earshot_hours_since_backup"][0].value < 1
    known = {"about", "kind", "status", "what"}
    assert all(set(sample.labels) <= known for samples in found.values() for sample in samples)
    assert "no-store" in reply["Cache-Control"]


def test_an_administrator_reads_it_in_words(client, administrator, all_run):
    at_desk(client, administrator)
    text = client.get(reverse("desk:status")).content.decode()
    assert "Everything runs" in text
    ProgramRun.objects.filter(pk="backup").delete()
    text = client.get(reverse("desk:status")).content.decode()
    assert text.index("backup, which") < text.index("What is in order")


def test_where_a_child_may_be_waiting_comes_before_any_program(client, administrator, monkeypatch):
    found = [one.is_about_children for one in everything_watched()]
    assert True in found
    assert found == sorted(found, reverse=True)
    child = replace(everything_watched()[0], trouble="A text waits for a person.")
    rooms = SimpleNamespace(get_hooks=lambda name: [runs_watched, lambda: [child]])
    monkeypatch.setattr(watching, "hooks", rooms)
    at_desk(client, administrator)
    text = client.get(reverse("desk:status")).content.decode()
    assert text.index(child.trouble) < text.index("screen_waiting, which")
    # And of each program once.
    assert text.count("screen_waiting, which") == 1
    tell_of_troubles()
    letter = mail.outbox[-1]
    assert letter.body.index(child.trouble) < letter.body.index("screen_waiting, which")


def test_nobody_else_does(client):
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=asking.area("here")))
    assert client.get(reverse("desk:status")).status_code in {302, 403}


def test_the_page_says_how_it_stands_once_and_then_what_to_do(client, administrator, all_run):
    arrives(asking.open_wave(of=asking.area("here")), WORRY)
    call_command("screen_waiting", verbosity=0)
    Concern.objects.update(due_on=days_ago(1))
    ProgramRun.objects.filter(pk="backup").delete()
    at_desk(client, administrator)
    text = client.get(reverse("desk:status")).content.decode()
    many = Concern.objects.count()
    stands = "1 worry is past its day." if many == 1 else f"{many} worries are past their day."
    assert f"<strong>{stands}</strong> Tell the safeguarding leads today." in text
    assert text.count("past its day") + text.count("past their day") == 1
    assert "has never ended well here.</strong> Start its timer; if it has one, look at what it wrote." in text
    assert "That is too long" not in text
    # A letter, which may lie about, has no number in it.
    assert watched("worries_overdue").trouble.startswith("A worry is past its day, and nobody has finished with it.")


def test_of_one_it_is_said_that_it_is_one(all_run):
    response = arrives(asking.open_wave(of=asking.area("here")), "I like my worker")
    Response.objects.filter(pk=response.pk).update(received_on=days_ago(1))
    assert watched("texts_not_screened").says == "1 text of an earlier day is not screened."
