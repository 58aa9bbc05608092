"""Every limit is in force: what is as long as it may be is stored whole, one letter more is refused in a sentence."""

import re
import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.signing import Signer
from django.db import OperationalError, connection

from feedback.config import limits
from feedback.config.settings.base import database
from surveys.answering import views
from surveys.instrument.items import LONGEST_SHORT_TEXT, LONGEST_TEXT, Item, Kind
from surveys.responses.blockage_actions import LONGEST_NAMED
from surveys.responses.blockages import NamedBlockage
from surveys.responses.letter_actions import LONGEST_LETTER
from surveys.responses.letters import Letter
from surveys.responses.models import ContactMessage, Response
from surveys.responses.receipts import receipt_of
from surveys.responses.sealed import SealedText
from tests.factories import answering, asking
from tests.integration.answering.sending import every_way

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
FORM = "application/x-www-form-urlencoded"
TOO_LONG = "This is too long to send."


@pytest.fixture
def wave():
    short = Item(code="short", kind=Kind.SHORT, texts={"en": "Question?"})
    return asking.open_wave(asking.text_item("words"), short, of=asking.area("kept"), code="kept")


@every_way
@pytest.mark.parametrize(("item", "longest"), [("words", LONGEST_TEXT), ("short", LONGEST_SHORT_TEXT)])
def test_an_answer(client, wave, send, item, longest):
    refused = send(client, wave, answers={item: "字" * (longest + 1)})
    assert refused.status == 422
    assert TOO_LONG in refused.errors[item]
    assert not Response.objects.exists()
    assert send(client, wave, answers={item: "字" * longest}).was_stored
    assert Response.objects.get().answers == {item: "字" * longest}


def contact(client, **fields):
    token = Signer(salt="contact kept").sign(uuid.uuid4().hex)
    body = urlencode({"reach": "here", "token": token, **fields})
    return client.generic("POST", "/a/kept/contact/", body, content_type=FORM)


@pytest.mark.parametrize(("name", "longest"), [("name", 100), ("reach", 500), ("words", 2000)])
def test_a_message_to_be_contacted(client, wave, name, longest):
    refused = contact(client, **{name: "x" * (longest + 1)})
    assert refused.status_code == 422
    assert TOO_LONG in refused.content.decode()
    assert not ContactMessage.objects.exists()
    assert contact(client, **{name: "x" * longest}).status_code == 200
    assert getattr(ContactMessage.objects.get(), name) == "x" * longest


def test_a_letter(client, wave):
    receipt = receipt_of(answering.arrives(wave, "hello").pk)
    token = Signer(salt="letter kept").sign(uuid.uuid4().hex)
    fields = {"words": receipt, "step": "write", "token": token}
    for many, status in ((LONGEST_LETTER + 1, 422), (LONGEST_LETTER, 200)):
        body = urlencode({**fields, "letter": "x" * many})
        reply = client.generic("POST", "/a/kept/receipt/", body, content_type=FORM)
        assert reply.status_code == status
        assert Letter.objects.count() == (status == 200)
    assert Letter.objects.get().words == "x" * LONGEST_LETTER


def test_what_gets_in_the_way(client, wave):
    for many, status in ((LONGEST_NAMED + 1, 422), (LONGEST_NAMED, 200)):
        body = urlencode({"words": "x" * many, "token": Signer(salt="blockage kept").sign(uuid.uuid4().hex)})
        assert client.generic("POST", "/blockages/kept/name/", body, content_type=FORM).status_code == status
        assert NamedBlockage.objects.count() == (status == 200)


@pytest.mark.parametrize("many", [100, 1000, 5000, 30_000])
def test_json_that_is_too_deep_is_refused_and_nothing_falls_over(client, wave, many):
    body = b'{"answers": ' + b"[" * many + b"]" * many + b"}"
    reply = client.put(f"/a/kept/responses/{uuid.uuid4()}/", body, content_type="application/json")
    assert reply.status_code in {400, 409}
    assert reply.json()["errors"][0]["message"]
    assert not Response.objects.exists()


def test_all_limits_are_numbers_above_nothing():
    found = [limit for table in limits.TABLES.values() for limit in table]
    assert len(found) > 40
    assert [limit.what for limit in found if not limit.value > 0] == []
    assert len({limit.what for limit in found}) == len(found)


def test_secrets_cannot_be_guessed():
    """The figures of decisions 15 and 70: what opens something of somebody's is at least 2**47."""
    bits = limits.bits()
    assert bits["the words of a receipt"] > 50
    assert bits["the code of a card"] > 47
    assert bits["the code of a poster"] > 38


NOT_RESPONDENTS = {
    "responses.Reply.text": "staff; feedback.safeguarding.replies.LONGEST_REPLY",
    "responses.CodedCard.card": "drawn by us",
}
WITH_A_LIMIT = {
    "responses.ContactMessage.name", "responses.ContactMessage.reach", "responses.ContactMessage.words",
    "responses.Letter.words", "responses.NamedBlockage.words", "responses.Goal.words",
    "responses.TalkText.words",
}  # fmt: skip


def test_every_text_of_respondents_has_a_limit():
    """Whoever adds one adds its limit to the table, and a test above."""
    texts = {
        f"responses.{model.__name__}.{field.name}"
        for model in apps.get_app_config("responses").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedText)
    }
    assert texts == WITH_A_LIMIT | set(NOT_RESPONDENTS)


def test_every_paged_list_of_the_code_is_in_the_table():
    """Whoever pages a list says by how many."""
    named = {limit.place.partition(":")[2] for limit in limits.LISTS}
    used = set()
    for file in [*(ROOT / "cms").rglob("*.py"), *(ROOT / "feedback").rglob("*.py")]:
        used |= set(re.findall(r"Paginator\([^\n]*?, ([A-Z_]+)\)", file.read_text()))
    assert used <= named
    assert used


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is told in another way")
def test_the_tests_tell_postgresql_what_production_tells_it():
    assert "-c synchronous_commit=on -c jit=off" in connection.settings_dict["OPTIONS"]["options"]


def test_the_web_server_gives_postgresql_a_limit_and_commands_do_not(monkeypatch):
    monkeypatch.delenv("EARSHOT_QUERY_SECONDS", raising=False)
    ours = database("postgres://a@b/c")["OPTIONS"]
    assert ours["options"] == "-c synchronous_commit=on -c jit=off"
    assert ours["tcp_user_timeout"] <= 60_000
    monkeypatch.setenv("EARSHOT_QUERY_SECONDS", "7")
    assert "statement_timeout=7000" in database("postgres://a@b/c")["OPTIONS"]["options"]
    assert "EARSHOT_QUERY_SECONDS" in (ROOT / "feedback" / "config" / "wsgi.py").read_text()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no time limit")
def test_a_query_that_takes_too_long_ends():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
        with pytest.raises(OperationalError, match="statement timeout"):
            cursor.execute("SELECT pg_sleep(5)")


def test_whoever_waited_for_it_gets_a_sentence(client, wave, monkeypatch):
    def takes_too_long(*arguments, **named):
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(views, "wave_of", takes_too_long)
    reply = client.get("/a/kept/")
    assert reply.status_code == 503
    assert "Please come back in a little while." in reply.content.decode()
