"""From what was written to a person who reads it."""

import io
import json
import sys
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import CodedResponse
from feedback.safeguarding import actions
from feedback.safeguarding.models import Concern
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import Place, new_response, record
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
WORRY = "he hits me when he is drunk"


@pytest.fixture
def wave():
    return asking.open_wave()


def arrives(wave, words="", **answers):
    answers = {**answers, **({"words": words} if words else {})}
    response = new_response(
        uuid.uuid4(),
        wave=wave,
        edition=wave.edition,
        place=Place(wave.area_id),
        answers=answers,
        language="en",
        helper="alone",
    )
    record(response)
    return response


def test_a_worrying_text_is_held_and_raised(wave):
    response = arrives(wave, WORRY, listened="no")
    assert sweep().held == 1
    concern = Concern.objects.get()
    assert (concern.response_key, concern.severity, concern.status) == (response.pk, "now", "raised")
    assert not CodedResponse.objects.exists()


def test_an_ordinary_answer_is_cleared_and_coded_without_its_words(wave):
    response = arrives(wave, "we played uno", listened="yes")
    sweep()
    coded = CodedResponse.objects.get()
    assert coded.answers == {"listened": "yes"}
    assert coded.record_key == response.record_key
    assert coded.linkage.response_key == response.pk
    assert Response.objects.get().status == Response.Status.CODED
    assert Response.objects.get().answers["words"] == "we played uno"


def test_a_sweep_again_does_nothing(wave):
    arrives(wave, WORRY)
    arrives(wave)
    sweep()
    again = sweep()
    assert (again.screened, again.coded) == (0, 0)
    assert Concern.objects.count() == 1


def test_a_lead_reads_the_words_and_the_log_says_so(wave):
    arrives(wave, WORRY)
    sweep()
    concern, lead = Concern.objects.get(), staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    (words,) = actions.read_concern(concern, by=lead)
    assert words.words == WORRY
    assert words.signals
    assert concern.status == Concern.Status.SEEN
    entry = ModelLogEntry.objects.get(action="safeguarding.read_concern")
    assert entry.user == lead
    assert WORRY not in json.dumps(entry.data) + entry.label


def test_a_closed_concern_lets_the_answers_be_counted(wave):
    arrives(wave, WORRY, listened="no")
    sweep()
    concern, lead = Concern.objects.get(), staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    actions.read_concern(concern, by=lead)
    with pytest.raises(NotAllowed):
        actions.close_concern(concern, reason=" ", by=lead)
    actions.close_concern(concern, reason="Spoke with the family.", by=lead)
    sweep()
    assert CodedResponse.objects.get().answers == {"listened": "no"}


def test_nobody_closes_what_nobody_read(wave):
    arrives(wave, WORRY)
    sweep()
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    with pytest.raises(NotAllowed):
        actions.close_concern(Concern.objects.get(), reason="x", by=lead)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
def test_nobody_else_reads_it(wave, role):
    arrives(wave, WORRY)
    sweep()
    with pytest.raises(PermissionDenied):
        actions.read_concern(Concern.objects.get(), by=staff("other", role))


def test_a_lead_of_another_area_does_not_read_it(wave):
    arrives(wave, WORRY)
    sweep()
    far = staff("far", Role.SAFEGUARDING_LEAD, area=asking.area("elsewhere"))
    with pytest.raises(PermissionDenied):
        actions.read_concern(Concern.objects.get(), by=far)
    assert not Concern.objects.visible_to(far, "safeguarding.read_concern").exists()


def run_screen(monkeypatch, content):
    stdin = io.TextIOWrapper(io.BytesIO(content))
    monkeypatch.setattr(sys, "stdin", stdin)
    out = io.StringIO()
    call_command("screen", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_answers_line_by_line(monkeypatch):
    content = b'{"text": "he hits me"}\n\n{"text": "my worker is ace"}\n'
    first, second = run_screen(monkeypatch, content)
    assert (first["signal"], first["severity"], "harm.to_me" in first["rules"]) == (True, "now", True)
    assert second == {"signal": False, "severity": None, "rules": [], "screened": True}


@pytest.mark.parametrize("line", [b"{", b'{"txt": "a"}', b'{"text": 3}', b"[]", b"\xff\xfe", b'"secret words"'])
def test_the_command_names_a_wrong_line_and_does_not_repeat_it(monkeypatch, line):
    with pytest.raises(CommandError, match="Line 2") as problem:
        run_screen(monkeypatch, b'{"text": "ok"}\n' + line + b"\n")
    assert "secret" not in str(problem.value)
