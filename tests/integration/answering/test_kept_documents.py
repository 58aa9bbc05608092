"""A document is made once for a class that opens it together, and never goes on being shown where it must not be."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.answering import kept_documents
from surveys.fieldwork.models import Wave
from surveys.instrument.items import Item, Kind
from tests.factories import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave(of=asking.area("thistledown"), code="afternoon")


def test_the_second_who_opens_it_costs_one_query(client, wave):
    first = client.get("/a/afternoon/")
    with CaptureQueriesContext(connection) as queries:
        second = client.get("/a/afternoon/")
    assert len(queries) == 1  # Whether the wave is still open, and whom to call, is asked each time.
    assert second.content == first.content
    assert second["ETag"] == first["ETag"]


def test_a_wave_that_closed_is_closed_for_the_next(client, wave):
    assert client.get("/a/afternoon/").status_code == 200
    Wave.objects.update(status=Wave.Status.CLOSED, closed_on=timezone.localdate())
    assert client.get("/a/afternoon/").status_code == 410


def test_another_edition_is_asked_at_once(client, wave):
    before = client.get("/a/afternoon/").content
    other = asking.edition(asking.closed_item("other", "yes", "no"), of=wave.area)
    Wave.objects.update(edition=other)
    after = client.get("/a/afternoon/").content
    assert after != before
    assert b"Question other?" in after


def test_what_changed_around_it_is_seen_after_a_moment(client, wave, monkeypatch):
    client.get("/a/afternoon/")
    wave.area.name = "Thistledown and Burrow"
    wave.area.save()
    assert b"Thistledown and Burrow" not in client.get("/a/afternoon/").content
    later = kept_documents.monotonic() + kept_documents.SECONDS + 1
    monkeypatch.setattr(kept_documents, "monotonic", lambda: later)
    assert b"Thistledown and Burrow" in client.get("/a/afternoon/").content


def test_zipped_and_not_are_the_same(client, wave):
    plain, zipped = client.get("/a/afternoon/"), client.get("/a/afternoon/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert zipped["ETag"] == f"W/{plain['ETag']}"
    assert int(zipped["Content-Length"]) == len(zipped.content)


def test_who_has_it_gets_nothing_again(client, wave):
    had = client.get("/a/afternoon/", headers={"Accept-Encoding": "gzip"})["ETag"]
    again = client.get("/a/afternoon/", headers={"Accept-Encoding": "gzip", "If-None-Match": had})
    assert (again.status_code, again.content) == (304, b"")


def test_a_language_has_a_document_of_its_own(client):
    both = {"languages": ("en", "pl"), "title": {"en": "About you", "pl": "O tobie"}}
    items = (Item("why", kind=Kind.TEXT, texts={"en": "Why?", "pl": "Dlaczego?"}),)
    asking.open_wave(edition=asking.edition(*items, **both), code="two")
    english, polish = client.get("/a/two/"), client.get("/a/two/pl/")
    assert (english["Content-Language"], polish["Content-Language"]) == ("en", "pl")
    assert english.content != polish.content


def test_no_more_are_kept_than_there_is_room_for(client, wave, monkeypatch):
    monkeypatch.setattr(kept_documents, "MOST", 1)
    for code in ("one", "two"):
        asking.open_wave(of=asking.area(code), code=code)
        client.get(f"/a/{code}/")
    assert len(kept_documents._kept) == 1
