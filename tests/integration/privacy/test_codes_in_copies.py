"""No number of a card, and no word about an opening, leaves in a copy, a dump, an export or a log."""

import json
import sqlite3
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import CodedResponse
from feedback.safeguarding.actions import close_concern
from feedback.safeguarding.code_actions import look_at_code, tell_of_code
from surveys.fieldwork.link_codes import card_serial
from tests.factories.opening import agreed, coded_wave, two_leads, worry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CANARY = "zyzzyva"


@pytest.fixture
def opened():
    """An opening that was looked at and finished; the number of its card, and the two."""
    wave = coded_wave()
    one, two = two_leads(wave.area)
    concern, _, code = worry(wave, read_by=one)
    opening = agreed(concern, one, two)
    look_at_code(opening, by=one)
    tell_of_code(opening, teller="worker", told_on=opening.looked_on, telling=f"At home, {CANARY}.", by=two)
    close_concern(concern, reason="Found, and safe now.", by=one)
    sweep()
    return card_serial(code), code


def clues(opened):
    serial, code = opened
    return (serial, serial.replace(" ", ""), code, CANARY)


def test_a_scrubbed_copy_holds_none_of_it(opened, tmp_path, copies_begin_migrated):
    file = tmp_path / "copy.sqlite3"
    call_command("scrubbed_copy", str(file), stdout=StringIO())
    for table in ("responses_codedcard", "safeguarding_codeopening"):
        assert sqlite3.connect(file).execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    for clue in clues(opened):
        assert clue.encode() not in file.read_bytes()


def test_a_dump_a_log_and_a_coded_response_hold_none_of_it(opened):
    out = StringIO()
    call_command("dumpdata", stdout=out, exclude=["contenttypes"])
    logged = json.dumps(list(ModelLogEntry.objects.values("label", "data", "action")), default=str)
    coded = json.dumps(list(CodedResponse.objects.values()), default=str)
    assert len(json.loads(coded)) == 1
    for clue in clues(opened):
        for written in (out.getvalue(), logged, coded):
            assert clue not in written
