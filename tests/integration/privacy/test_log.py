"""The log says who, is never changed, and is mirrored without a word of what was looked at."""

import json
import logging

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import LogContext, log
from wagtail.models import ModelLogEntry, PageLogEntry

from feedback.accounts.roles import Role
from feedback.privacy import programs
from feedback.privacy.log import Sealed, lines
from feedback.privacy.programs import at_work
from feedback.safeguarding.actions import read_concern, screen_waiting
from feedback.safeguarding.models import Concern
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


@pytest.fixture
def look(wave, lead):
    """The entry of somebody who read a worry."""
    arrives(wave, WORRY)
    screen_waiting()
    read_concern(Concern.objects.get(), by=lead)
    return ModelLogEntry.objects.get(action="safeguarding.read_concern")


def test_an_entry_of_nobody_is_refused(wave):
    with at_work(""), pytest.raises(Sealed, match="without saying who"):
        log(wave, "fieldwork.open_wave", user=None)
    with at_work(""), pytest.raises(Sealed, match="without saying who"):
        log(asking.survey(), "wagtail.publish", user=None)
    assert not ModelLogEntry.objects.filter(action="fieldwork.open_wave", data__program="").exists()


def test_a_request_is_never_a_program_also_where_a_command_serves_it(wave):
    with at_work("runserver"):
        programs.request_begins()
        with pytest.raises(Sealed):
            log(wave, "fieldwork.open_wave", user=None)
        programs.request_ends()
        log(wave, "fieldwork.open_wave", user=None)


def test_what_a_program_did_says_which(wave):
    with at_work("screen_waiting"):
        log(wave, "responses.erase_entries", user=None)
    assert ModelLogEntry.objects.get(action="responses.erase_entries").data["program"] == "screen_waiting"


def test_a_person_at_the_desk_is_named_also_where_wagtail_writes(wave, lead):
    with at_work(""), LogContext(user=lead):
        log(wave, "wagtail.edit")
    assert ModelLogEntry.objects.get(action="wagtail.edit", object_id=wave.pk).user == lead


def test_an_entry_says_of_which_area(look, wave):
    assert look.data["area"] == wave.area.code
    survey = asking.survey()
    log(survey, "wagtail.edit")
    assert PageLogEntry.objects.filter(page=survey).first().data["area"] == survey.care_council.area.code


def changed(entry):
    entry.label = "nothing happened"
    entry.save()


def overwritten(entry):
    again = {"label": "x", "action": entry.action, "timestamp": entry.timestamp, "object_id": "1"}
    ModelLogEntry(pk=entry.pk, content_type=entry.content_type, user_id=1, **again).save()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entry: entry.delete(),
        changed,
        overwritten,
        lambda entry: ModelLogEntry.objects.all().delete(),
        lambda entry: ModelLogEntry.objects.filter(pk=entry.pk).update(user=None),
        lambda entry: ModelLogEntry.objects.bulk_update([entry], ["label"]),
        lambda entry: ModelLogEntry.objects.bulk_create([entry], update_conflicts=True),
        lambda entry: ModelLogEntry.objects.update_or_create(pk=entry.pk, defaults={"label": "x"}),
        lambda entry: ModelLogEntry._base_manager.filter(pk=entry.pk).delete(),
        lambda entry: ModelLogEntry.objects.create(
            action=entry.action, timestamp=entry.timestamp, object_id="1", content_type=entry.content_type, label="x"
        ),
    ],
)
def test_no_entry_is_changed_deleted_or_slipped_in(look, tamper):
    before = list(ModelLogEntry.objects.order_by("pk").values())
    with pytest.raises((Sealed, ValidationError)), transaction.atomic():
        tamper(look)
    assert list(ModelLogEntry.objects.order_by("pk").values()) == before


def test_pages_have_the_same_seal():
    log(asking.survey(), "wagtail.edit")
    for tamper in (PageLogEntry.objects.all().delete, PageLogEntry.objects.first().delete):
        with pytest.raises(Sealed), transaction.atomic():
            tamper()
    assert PageLogEntry.objects.exists()


def test_the_mirror_says_who_and_where_and_no_word(wave, lead, caplog, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(lines, "propagate", True)
    response = arrives(wave, WORRY)
    screen_waiting()
    concern = Concern.objects.get()
    with caplog.at_level(logging.INFO, "earshot.log"), django_capture_on_commit_callbacks(execute=True):
        read_concern(concern, by=lead)
    # A set: pytest listens in two places.
    (line,) = {record.getMessage() for record in caplog.records if record.name == "earshot.log"}
    said = json.loads(line)
    assert said.pop("at")
    assert said == {
        "action": "safeguarding.read_concern", "by": lead.pk, "program": "", "area": wave.area.code,
        "model": "safeguarding.concern",
    }  # fmt: skip
    for secret in (WORRY, str(response.pk), str(concern.pk), "lead"):
        assert secret not in line.replace("safeguarding", "")


def test_what_was_rolled_back_is_not_mirrored(wave, caplog, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(lines, "propagate", True)
    caplog.set_level(logging.INFO, "earshot.log")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        log(wave, "fieldwork.open_wave", user=None)
        transaction.set_rollback(True)
    assert not [record for record in caplog.records if record.name == "earshot.log"]


def test_an_entry_about_an_account_has_its_number_and_not_its_name(lead):
    log(lead, "accounts.give_role", user=lead)
    assert ModelLogEntry.objects.get(action="accounts.give_role").label == f"Account {lead.pk}"


def test_wagtails_report_is_open_to_nobody(client, look):
    at_desk(client, staff("boss"))
    reply = client.get(reverse("wagtailadmin_reports:site_history"))
    assert reply.status_code in {302, 403, 404}
    assert "Read what was written" not in reply.content.decode()


def test_wagtails_own_lists_leave_looks_out(look, lead):
    assert ModelLogEntry.objects.filter(action="safeguarding.read_concern").exists()
    assert not ModelLogEntry.objects.viewable_by_user(lead).filter(action="safeguarding.read_concern").exists()


def test_the_report_keeps_to_the_areas_of_a_role(wave, lead):
    elsewhere = asking.open_wave()
    for one in (wave, elsewhere):
        log(one, "fieldwork.open_wave", user=lead)
    seen = ModelLogEntry.objects.viewable_by_user(lead)
    assert elsewhere.area.code not in {entry.data["area"] for entry in seen}
