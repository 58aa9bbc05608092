"""The first question of a request finds out by itself that the line to the database was cut."""

import uuid

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from surveys.answering.first_question import asked, wave_without_area
from surveys.fieldwork.models import Wave
from surveys.responses.models import Response
from tests.factories import asking
from tests.integration.answering.sending import content_of


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is in no line that could be cut")
def test_who_comes_first_after_the_line_was_cut_notices_nothing(client, elsewhere):
    wave = asking.open_wave(code="afternoon")

    def cut(process):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [process])
            return cursor.fetchone()[0]

    for ask in (
        lambda: client.get("/a/afternoon/"),
        lambda: client.put(
            f"/a/afternoon/responses/{uuid.uuid4()}/", content_of(wave), content_type="application/json"
        ),
    ):
        assert client.get("/a/afternoon/").status_code == 200
        assert elsewhere(cut, connection.connection.info.backend_pid).result(timeout=20)
        assert ask().status_code in {200, 201}
    assert Response.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_line_is_not_looked_at_before(client):
    asking.open_wave(code="afternoon")
    client.get("/a/afternoon/")
    connection.health_check_done = False
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/a/afternoon/").status_code == 200
    assert len(queries) == 1


@pytest.mark.django_db
def test_other_troubles_are_told_at_once(monkeypatch):
    asks = []

    def busy(self, question, parameters):
        asks.append(question)
        raise OperationalError("statement timeout")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", busy)
    with pytest.raises(OperationalError, match="statement timeout"):
        asked("SELECT 1")
    assert len(asks) == 1


@pytest.mark.django_db
def test_a_wave_is_what_the_models_say_it_is():
    made = asking.open_wave(of=asking.area("thistledown"), code="afternoon")
    Wave.objects.update(needs_card=True, grace_days=3)
    found, wave = wave_without_area("afternoon"), Wave.objects.get(pk=made.pk)
    assert found == wave
    for name in set(found.__dict__) - {"_state"}:
        assert getattr(found, name) == getattr(wave, name), name
        assert type(getattr(found, name)) is type(getattr(wave, name)), name
    assert wave_without_area("elsewhere") is None
