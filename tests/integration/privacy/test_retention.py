"""What has been kept long enough goes by itself; what somebody still has to read does not."""

from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.erasing import days_kept, erase_old_answers, old_but_unread
from feedback.anonymisation.models import CodedResponse
from feedback.privacy.retention import sweep_all
from feedback.safeguarding.actions import close_concern, finish_reading, read_concern
from feedback.safeguarding.models import Concern, ConcernState, Reading
from feedback.safeguarding.reading import how_many_unread
from surveys.responses.actions import look_up, withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


def aged(response, days):
    Response.objects.filter(pk=response.pk).update(received_on=timezone.localdate() - timedelta(days=days))


def came(wave, words, *, days):
    response = arrives(wave, words)
    aged(response, days)
    sweep()
    return response


def status_of(response):
    found = Response.objects.get(pk=response.pk)
    return found.status, bool(found.answers)


@pytest.mark.parametrize(("days", "gone"), [(29, False), (30, True), (400, True)])
def test_answers_go_after_thirty_days_once_read(wave, lead, days, gone):
    response = came(wave, "nothing much", days=days)
    finish_reading(response.pk, is_worrying=False, by=lead)
    assert erase_old_answers() == gone
    assert status_of(response) == (("erased", False) if gone else ("coded", True))
    assert erase_old_answers() == 0


def test_an_area_has_its_own_number_of_days(wave, lead):
    assert days_kept(wave.area) == 30
    response = came(wave, "nothing much", days=8)
    finish_reading(response.pk, is_worrying=False, by=lead)
    wave.area.retention_days = 7
    wave.area.save()
    assert erase_old_answers() == 1


def test_what_nobody_has_read_waits_and_is_counted(wave, lead):
    response = came(wave, "nothing much", days=100)
    assert erase_old_answers() == 0
    assert old_but_unread() == 1
    out = StringIO()
    call_command("retention_sweep", stdout=out)
    assert "1 left, because nobody has read" in out.getvalue()
    assert status_of(response) == ("coded", True)
    assert how_many_unread(lead).texts == 1


def test_an_open_worry_keeps_the_words_and_so_do_thirty_days_after_it(wave, lead):
    response = came(wave, WORRY, days=100)
    concern = Concern.objects.get()
    read_concern(concern, by=lead)
    erase_old_answers()
    assert status_of(response) == ("held", True)
    close_concern(concern, reason="Spoken with the school.", by=lead)
    sweep()
    assert erase_old_answers() == 0
    ConcernState.objects.update(on=timezone.localdate() - timedelta(days=30))
    assert erase_old_answers() == 1
    assert read_concern(concern, by=lead) == []


def test_what_was_erased_still_counts_and_can_still_be_taken_back(wave, lead):
    response = came(wave, "nothing much", days=31)
    finish_reading(response.pk, is_worrying=False, by=lead)
    erase_old_answers()
    assert CodedResponse.objects.count() == 1
    kept = look_up(receipt_of(response.pk), wave=wave)
    assert kept.is_read
    assert withdraw(receipt_of(response.pk), wave=wave)
    sweep()
    assert not CodedResponse.objects.exists()


def test_a_file_loaded_again_brings_nothing_back_and_differs_in_nothing(wave, tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text(f"row_id,area,service,stage,audience,month,listened\n1,{wave.area.code},,,,2026-02,no\n")
    said = []
    for _ in range(2):
        out = StringIO()
        call_command("import_responses", file, wave=wave.code, create_frame=True, stdout=out)
        said.append(out.getvalue())
        sweep()
        call_command("retention_sweep", stdout=StringIO())
    assert said == ["1 accepted, 0 rejected, 0 already present.\n", "0 accepted, 0 rejected, 1 already present.\n"]
    assert Response.objects.get().answers == {}


def test_erased_texts_do_not_wait_to_be_read_again(wave, lead):
    response = came(wave, "nothing much", days=31)
    finish_reading(response.pk, is_worrying=False, by=lead)
    erase_old_answers()
    Reading.objects.update(on=timezone.localdate() - timedelta(days=365 * 7))
    call_command("retention_sweep", stdout=StringIO())
    assert not Reading.objects.exists()
    assert how_many_unread(lead).texts == 0


def test_old_log_entries_go_and_no_others(wave, lead):
    old = timezone.now() - timedelta(days=6 * 365 + 1)
    ModelLogEntry.objects.log_action(wave, "fieldwork.open_wave", user=lead, timestamp=old)
    log(wave, "fieldwork.close_wave", user=lead)
    call_command("retention_sweep", stdout=StringIO())
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert "fieldwork.open_wave" not in actions
    assert "fieldwork.close_wave" in actions


def test_sessions_that_are_over_go():
    now = timezone.now()
    for key, expires in (("over", now - timedelta(days=1)), ("not", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    call_command("retention_sweep", stdout=StringIO())
    assert [session.pk for session in Session.objects.all()] == ["not"]


def test_old_tries_to_sign_in_go():
    for name, days in (("old", 91), ("new", 1)):
        tried = AccessAttempt.objects.create(
            username=name, ip_address="192.0.2.1", failures_since_start=1, get_data="", post_data=""
        )
        AccessAttempt.objects.filter(pk=tried.pk).update(attempt_time=timezone.now() - timedelta(days=days))
    call_command("retention_sweep", stdout=StringIO())
    assert [tried.username for tried in AccessAttempt.objects.all()] == ["new"]


def test_finished_worries_go_after_six_years(wave, lead):
    came(wave, WORRY, days=1)
    concern = Concern.objects.get()
    read_concern(concern, by=lead)
    close_concern(concern, reason="Done.", by=lead)
    long_ago = timezone.localdate() - timedelta(days=6 * 365 + 1)
    Concern.objects.update(raised_on=long_ago)
    call_command("retention_sweep", stdout=StringIO())
    assert Concern.objects.exists()
    ConcernState.objects.update(on=long_ago)
    call_command("retention_sweep", stdout=StringIO())
    assert not Concern.objects.exists()


def test_it_says_what_it_did_by_kind_and_twice_does_nothing(wave, lead):
    response = came(wave, "hoppity pancakes", days=31)
    finish_reading(response.pk, is_worrying=False, by=lead)
    said = []
    for _ in range(2):
        out = StringIO()
        call_command("retention_sweep", stdout=out)
        said.append(out.getvalue())
    assert "1 erased: answers and words whose days are over." in said[0]
    assert "0 erased: answers and words whose days are over." in said[1]
    assert "hoppity" not in "".join(said)
    assert str(response.pk) not in "".join(said)
    entry, second = ModelLogEntry.objects.filter(action="privacy.retention_sweep").order_by("timestamp")
    assert entry.data["erased"] == {"answers and words whose days are over": 1}
    assert second.data["erased"] == {}
    assert entry.data["program"] == "pytest"


def test_one_sweep_that_fails_keeps_no_other_from_its_work(monkeypatch, caplog):
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now() - timedelta(days=1))

    def fails(*, by=None):
        raise RuntimeError("he hits me")

    monkeypatch.setattr("feedback.anonymisation.wagtail_hooks.erase_old_answers", fails)
    with pytest.raises(CommandError, match="Not erased, although their time may be over: answers and words"):
        call_command("retention_sweep", stdout=StringIO())
    assert not Session.objects.exists()
    assert "he hits me" not in caplog.text


def test_every_sweep_there_is_is_called(wave):
    kinds = {swept.kind for swept in sweep_all()}
    assert len(kinds) == 18


def test_administrators_see_what_was_erased_and_what_is_left_and_why(client, wave, lead):
    at_desk(client, staff("boss"))
    home = "/desk/"
    assert "has never run" in client.get(home).content.decode()
    came(wave, "nothing much", days=100)
    read = came(wave, "nothing much", days=40)
    finish_reading(read.pk, is_worrying=False, by=lead)
    call_command("retention_sweep", stdout=StringIO())
    page = client.get(home).content.decode()
    assert "1 answers and words whose days are over" in page
    assert "1 left of answers and words whose days are over, because nobody has" in page
    call_command("retention_sweep", stdout=StringIO())
    assert "nothing, because nothing was old enough" in client.get(home).content.decode()


def test_nobody_else_is_told_about_erasing(client, wave, lead):
    at_desk(client, lead)
    assert "Erasing what was kept" not in client.get("/desk/").content.decode()
