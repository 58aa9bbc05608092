"""A word planted through every way in stands nowhere in the clear: in no table, log, letter, cache or error page."""

import json
import logging
import uuid
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from feedback.accounts.roles import Role
from feedback.safeguarding.models import Concern
from feedback.safeguarding.reading import unread
from surveys.answering.sealing import seal, sealing_key
from surveys.responses.actions import look_up
from surveys.responses.models import ContactMessage, Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking, canaries
from tests.factories.people import at_desk, staff
from tests.factories.stored import dump, opened_in
from tests.integration.answering import contacting
from tests.integration.answering.test_delivery import post, put

pytestmark = pytest.mark.django_db
# One word that neither a search index nor a base64 letter by letter would come up with.
CANARY = "zyzzyvaquokka"
WORRY = f"he hits me {CANARY}"


@pytest.fixture
def said(caplog):
    """Every line that is logged, also where a logger tells nobody above it."""
    caplog.set_level(logging.DEBUG)
    loggers = [logging.getLogger(name) for name in ("earshot.log", "django", "django.request", "wagtail", "axes")]
    for logger in loggers:
        logger.addHandler(caplog.handler)
    yield caplog
    for logger in loggers:
        logger.removeHandler(caplog.handler)


@pytest.fixture
def pages(client, settings, said):
    """Somebody answers in every way there is, and staff write about it on every screen; what they were shown."""
    settings.ADMINS = [("The admins", "admins@example.org")]
    # As a real site: what a search finds pages by is in the dump as well.
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    wave = asking.open_wave()
    shown = [*answers(client, wave), *asks(client, wave)]
    keys_paper(wave)
    imported = canaries.plant("planted-below")
    assert imported
    settle(client, wave)
    call_command("retention_sweep", stdout=StringIO())
    call_command("prove_words", stdout=(proof := StringIO()))
    return [*(page.content.decode() for page in shown), proof.getvalue()]


def answers(client, wave):
    """Stored as JSON, sealed, and as a form; and refused in each way a child can meet."""
    key, sealed_as = sealing_key(), str(uuid.uuid4())
    plain = {"edition": wave.edition.digest, "language": "en", "answers": {"words": CANARY}}
    sealed = {"key": key.id, "sealed": seal(json.dumps(plain).encode(), response_id=sealed_as, public=key.public)}
    stored = [
        put(client, wave, body={"answers": {"words": WORRY}}),
        put(client, wave, raw=json.dumps(sealed), response_id=sealed_as),
    ]
    assert [page.status_code for page in stored] == [201, 201]
    assert post(client, wave, q_words=CANARY).status_code == 303
    refused = [
        put(client, wave, body={"answers": {"listened": CANARY}}),
        put(client, wave, body={"answers": {"words": CANARY}, "language": CANARY, "helper": CANARY}),
        put(client, wave, raw=CANARY.encode()),
        put(client, wave, raw=json.dumps({"key": CANARY, "sealed": CANARY})),
        put(client, wave, raw=CANARY * 10_000),
        client.post("/a/", f"code={CANARY}", content_type="application/x-www-form-urlencoded"),
        client.post("/desk/sign-in/", {"username": CANARY, "password": CANARY}),
    ]
    assert {page.status_code for page in refused[:5]} == {400, 413, 422}
    return [*stored, *refused[:5]]


def asks(client, wave):
    """Asks for a person, with and without JavaScript."""
    said = {"name": CANARY, "reach": CANARY, "words": WORRY}
    shown = [contacting.put(client, wave, **said), contacting.put(client, wave, wanted=CANARY)]
    assert [page.status_code for page in shown] == [201, 422]
    contacting.post(client, wave, **said)
    assert ContactMessage.objects.count() == 2
    return shown


def keys_paper(wave):
    """The first of two people keys a booklet."""
    from tests.factories.paper import keys, officers

    keys(wave, officers(wave.area, "ann-of-paper")[0], 7, q_words=CANARY, q_listened="no")


def settle(client, wave):
    """A lead reads, replies and says what was done, at the desk; whoever has the receipt reads it."""
    call_command("screen_waiting", stdout=StringIO())
    lead = staff("lead-of-canaries", Role.SAFEGUARDING_LEAD, area=wave.area)
    at_desk(client, lead)
    concern = Concern.objects.get(area=wave.area)
    assert CANARY in client.get(reverse("desk:concern", args=[concern.pk])).content.decode()
    client.post(reverse("desk:concern", args=[concern.pk]), {"decision": "close", "reason": CANARY})
    for key in unread(lead).values_list("pk", flat=True):
        client.get(reverse("desk:text", args=[key]))
        client.post(reverse("desk:text", args=[key]), {"reply": f"We read {CANARY}"})
        assert look_up(receipt_of(key), wave=wave)


def test_the_sentence_is_there_behind_the_seals(pages):
    """Otherwise the test below would say nothing."""
    tables = {"responses_response", "responses_contactmessage", "responses_paperentry"}
    assert all(any(CANARY in row for row in opened_in(table)) for table in tables)
    assert Response.objects.count() >= 5


def test_no_word_stands_in_the_clear_anywhere(pages, said, client):
    found = [table for table, rows in dump() if CANARY in rows or canaries.CHILD in rows]
    assert found == []
    for session in Session.objects.all():
        assert CANARY not in str(session.get_decoded())
    assert not any(CANARY in bytes(kept).decode("latin-1") for kept in cache._cache.values())
    assert not any(CANARY in letter.message().as_string() for letter in mail.outbox)
    assert not any(CANARY in page for page in pages)
    lines = [f"{record.getMessage()} {record.exc_text}" for record in said.records if not _of_the_database(record)]
    assert not any(CANARY in line for line in lines)


def _of_the_database(record):
    """Statements are logged by nobody but a laptop in DEBUG; and what is sealed is sealed in them as well."""
    return record.name.startswith(("django.db", "django.template"))


def test_a_statement_has_no_word_in_it_either(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        put(client, asking.open_wave(), body={"answers": {"words": CANARY}})
    assert not any(CANARY in query["sql"] for query in captured)


@pytest.mark.parametrize("host", ["testserver", "not-ours.example.org"])
def test_an_error_of_ours_mails_and_shows_no_word(client, settings, monkeypatch, said, host):
    settings.ADMINS = [("The admins", "admins@example.org")]
    wave = asking.open_wave()

    def breaks(*arguments, **named):
        raise RuntimeError("Something of ours broke.")

    monkeypatch.setattr("surveys.answering.delivery.record", breaks)
    client.raise_request_exception = False
    form = {"content_type": "application/x-www-form-urlencoded", "headers": {"host": host}}
    page = client.post(f"/a/{wave.code}/", f"q_words={CANARY}&edition={wave.edition.digest}&language=en", **form)
    assert page.status_code == (500 if host == "testserver" else 400)
    assert CANARY not in page.content.decode()
    assert mail.outbox == []
    assert CANARY not in said.text


def test_a_report_of_an_error_names_what_was_sent_and_does_not_quote_it(rf):
    import sys

    from django.views.debug import ExceptionReporter

    request = rf.post("/a/w/", {"q_words": CANARY})
    try:
        words = CANARY
        raise RuntimeError(len(words))
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info(), is_email=True)
    for written in (reporter.get_traceback_text(), reporter.get_traceback_html()):
        assert CANARY not in written.replace("words = CANARY", "")
        assert "q_words" in written


def test_every_field_for_words_of_respondents_is_sealed():
    """A new field of the rooms that keep their words is sealed, or it is said here why it needs not be."""
    from django.apps import apps

    from surveys.responses.resealing import sealed_columns

    sealed = {str(column) for column in sealed_columns()}
    for label in ("responses", "safeguarding", "anonymisation"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.local_fields:
                if isinstance(field, models.TextField | models.JSONField):
                    assert str(field) in sealed | NO_WORDS.keys(), f"{field} is not sealed."


NO_WORDS = {
    "safeguarding.Concern.rules": "Ids of rules, no word.",
    "responses.Talk.people": "Codes of sizes by age band, no word.",
    "anonymisation.CodedResponse.answers": "Codes of options, no word: closed questions only, and counted in SQL.",
    "anonymisation.Comment.marks": "Places and labels, no word.",
    "anonymisation.CommentTheme.description": "An analyst's own words about redacted comments, to be published.",
    "anonymisation.Moderation.reasons": "Codes, no word.",
}
