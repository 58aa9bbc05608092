"""The server's disk is full, or its database is away: it is told, it can be sent again, and no log holds the words."""

import uuid

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection

from surveys.fieldwork.models import Invitation
from surveys.responses.models import Response
from tests.factories import asking
from tests.integration.answering.sending import FORM, by_device, content_of, every_way, form
from tests.integration.answering.test_bad_luck import WORDS, card

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave()


def is_full(monkeypatch, trouble=OperationalError):
    """What a database says when its disk is full, with the row, as databases do."""

    def store(response):
        message = "the disk is full" if trouble is OperationalError else f"{response.answers} does not fit"
        raise trouble(f"{message}\nDETAIL: Failing row contains {response.answers}.")

    monkeypatch.setattr("surveys.responses.actions.store", store)


@every_way
@pytest.mark.parametrize("trouble", [OperationalError, IntegrityError, DataError, InterfaceError])
def test_where_we_have_no_room_it_is_told_and_can_be_sent_again(client, wave, send, monkeypatch, caplog, trouble):
    with monkeypatch.context() as meanwhile:
        is_full(meanwhile, trouble)
        reply = send(client, wave, answers={"listened": "no", "words": WORDS})
    assert (reply.status, reply.headers["Cache-Control"]) == (503, "no-store")
    assert "cannot keep your answers just now" in reply.errors[""]
    assert (WORDS in reply.page) is (send is form)
    assert f"could not be stored: {trouble.__name__}" in caplog.text
    assert ("the disk is full" in caplog.text) is (trouble is OperationalError)
    assert WORDS not in caplog.text
    assert send(client, wave, answers={"words": WORDS}).was_stored


@every_way
def test_a_card_is_not_spent_on_what_could_not_be_stored(client, wave, send, monkeypatch):
    code = card(wave)
    with monkeypatch.context() as meanwhile:
        is_full(meanwhile)
        assert send(client, wave, code=code).status == 503
    assert not Invitation.objects.get().is_used
    assert send(client, wave, code=code).was_stored


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can be told how many pages it has")
@every_way
def test_a_disk_that_fills_up_loses_nothing_that_was_thanked_for(client, wave, send):
    with connection.cursor() as cursor:
        # What other tests deleted would be room.
        cursor.execute("VACUUM")
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        (most,) = cursor.execute("PRAGMA max_page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 8}")
    try:
        replies = [send(client, wave, answers={"words": f"{n} {'x' * 3000}"}) for n in range(60)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {most}")
    assert {reply.status for reply in replies if not reply.was_stored} == {503}
    thanked = [n for n, reply in enumerate(replies) if reply.was_stored]
    assert thanked
    kept = [int(response.answers["words"].split()[0]) for response in Response.objects.all()]
    assert sorted(kept) == thanked
    assert send(client, wave).was_stored


@pytest.mark.parametrize("address", ["/a/", "/a/{wave}/", "/a/{wave}/receipt/"])
def test_a_database_that_is_away_is_told_gently(client, wave, address, monkeypatch, caplog):
    def away(*_, **__):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    reply = client.post(address.format(wave=wave.code), "code=bcdfghjk&words=apple", content_type=FORM)
    assert (reply.status_code, reply["Cache-Control"]) == (503, "no-store")
    assert "does not work just now" in reply.content.decode()
    assert "OperationalError" in caplog.text
    assert wave.code not in caplog.text


@by_device
def test_a_device_tries_again_when_a_database_is_away(client, wave, send, monkeypatch):
    def away(*_, **__):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    reply = send(client, wave)
    assert reply.status == 503
    assert "does not work just now" in reply.errors[""]


def test_a_fault_of_ours_is_logged_without_the_address_it_happened_at(client, wave, monkeypatch, caplog):
    def faulty(*_, **__):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("surveys.answering.views.deliver", faulty)
    client.raise_request_exception = False
    response_id = uuid.uuid4()
    reply = client.put(f"/a/{wave.code}/responses/{response_id}/", content_of(wave), content_type="application/json")
    assert reply.status_code == 500
    assert "a fault of ours" in caplog.text
    assert str(response_id) not in caplog.text
