"""The fuzzing finds what it is there for, and finds nothing in a few hundred requests."""

import logging
import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from surveys.answering import contact_page, views
from surveys.responses.actions import new_message
from surveys.responses.letter_actions import write_letter
from surveys.responses.letters import Letter
from tests.fuzz import inputs, looking, values, world
from tests.fuzz.requests import FORM, JSON, Request, send

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("", "django", "django.request", "earshot.log")


@pytest.fixture
def handlers():
    """The fuzzing reads logs itself; afterwards they are where they were."""
    before = {name: logging.getLogger(name).handlers for name in NAMES}
    # As Django's own client does: a test is one transaction, so a request may not end its connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    for name, found in before.items():
        logging.getLogger(name).handlers = found


@pytest.fixture
def watch(db, handlers):
    # Before anything reads the logs: a server sets them up as it starts.
    application = get_wsgi_application()
    built = world.build()
    return looking.Looking(), built, application


def found(watch, request):
    look, _, application = watch
    return list(look.findings(request, send(application, request), 0.1))


def message():
    path = f"/a/usual/contacts/{uuid.uuid4()}/".encode()
    return Request("contacts", "PUT", path, body=b'{"reach": "kanarek7f3"}', type=JSON)


def test_nothing_is_found_in_a_good_request(watch):
    assert found(watch, message()) == []


def test_what_goes_along_with_answers_that_are_taken_back_is_no_finding(watch):
    look, built, _ = watch
    wave, receipt = built.receipts[0]
    write_letter(receipt, wave=built.waves[0], words="hello", sent_as=uuid.uuid4())
    look.before = look.counted()
    body = urlencode({"words": receipt, "step": "back"}).encode()
    assert found(watch, Request("letterbox", "POST", f"/a/{wave}/receipt/".encode(), body=body, type=FORM)) == []
    assert not Letter.objects.exists()


def test_an_error_of_ours_is_found(watch, monkeypatch):
    def fails(*arguments, **named):
        raise RuntimeError("no")

    monkeypatch.setattr(contact_page, "ask", fails)
    assert "answered 500" in found(watch, message())[0]


def test_what_was_stored_and_refused_is_found(watch, monkeypatch):
    def stores_and_refuses(sent_as, asked, *, wave, address):
        fields = {"wanted": "lead", "audience": "AGE_8_11", "language": "en", "name": "", "reach": "x", "words": ""}
        new_message(sent_as, area_id=wave.area_id, **fields).save()
        raise contact_page.Refused(422, "No.")

    monkeypatch.setattr(contact_page, "ask", stores_and_refuses)
    assert "changed" in found(watch, message())[0]


def test_what_was_thanked_for_and_not_stored_is_found(watch, monkeypatch):
    monkeypatch.setattr(contact_page, "ask", lambda *arguments, **named: True)
    assert found(watch, message()) == ["answered 201 and changed {}"]


def test_words_in_a_log_are_found(watch, monkeypatch):
    def tells(sent_as, asked, *, wave, address):
        logging.getLogger("surveys").warning("asked %s", asked)
        raise contact_page.Refused(422, "No.")

    monkeypatch.setattr(contact_page, "ask", tells)
    assert "logged what was sent" in found(watch, message())[0]


def test_a_bare_refusal_and_a_cookie_are_found(watch, monkeypatch):
    from django.http import HttpResponse

    def bare(request, language="en"):
        answer = HttpResponse(status=404)
        answer.set_cookie("a", "b")
        return answer

    monkeypatch.setattr(views, "_code_form", lambda request, language, **more: bare(request))
    told = found(watch, Request("codes", "GET", b"/a/"))
    assert told == ["set a cookie", "answered a bare 404: b''"]


def test_the_same_seed_draws_the_same(watch):
    def drawn(seed):
        return [(request.method, request.path) for _, request in inputs.requests(seed, watch[1], 0, 50)]

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")


def test_values_are_written_with_the_canary():
    import random

    assert sum(values.CANARY in values.text(random.Random(n)) for n in range(100)) > 80


@pytest.mark.slow
def test_a_few_hundred_find_nothing():
    asked = [sys.executable, "-m", "tests.fuzz", "--cases", "300", "--seed", "every run of the tests"]
    # The tests go on afterwards, and want another copy.
    kept = {**os.environ, "KEEP_MIGRATED": "1"}
    result = subprocess.run(asked, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 findings." in result.stdout
