"""A recording at its address: whole, in pieces, for ever, and nothing else."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from surveys.bank.recordings import stored_as
from tests.factories.sound import mp3

SOUND = mp3(mark=b"heard")
SIZE = len(SOUND)
pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    sha256 = hashlib.sha256(SOUND).hexdigest()
    if not default_storage.exists(stored_as(sha256)):
        default_storage.save(stored_as(sha256), ContentFile(SOUND))
    return f"/a/audio/{sha256}.mp3"


def test_the_whole_may_be_kept_for_ever_and_is_only_ever_sound(client, address):
    reply = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (reply.status_code, reply.content) == (200, SOUND)
    assert reply["Content-Type"] == "audio/mpeg"
    assert reply["Content-Length"] == str(SIZE)
    assert reply["Accept-Ranges"] == "bytes"
    assert reply["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "media-src 'self'" in reply["Content-Security-Policy"]
    assert "Content-Encoding" not in reply
    assert "Set-Cookie" not in reply
    assert not reply.cookies


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-1", 0, 1),  # what Safari asks first
        (f"bytes=0-{SIZE - 1}", 0, SIZE - 1),
        ("bytes=0-", 0, SIZE - 1),
        ("bytes=700-", 700, SIZE - 1),
        ("bytes=700-99999999", 700, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        ("bytes=-99999999", 0, SIZE - 1),
    ],
)
def test_a_piece_comes_as_it_is_asked_for(client, address, asked, begin, end):
    reply = client.get(address, headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert (reply.status_code, reply.content) == (206, SOUND[begin : end + 1])
    assert reply["Content-Range"] == f"bytes {begin}-{end}/{SIZE}"
    assert reply["Content-Length"] == str(end - begin + 1)
    assert reply["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=99999999-99999999", "bytes=-0"])
def test_a_piece_behind_the_end_is_refused(client, address, asked):
    reply = client.get(address, headers={"Range": asked})
    assert (reply.status_code, reply["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-9", "bytes=9-5", "bytes=-", "bytes=a-b", "lines=0-1", "bytes=0-1 ", "bytes=" + "9" * 400 + "-"],
)
def test_what_is_no_piece_gets_the_whole(client, address, asked):
    reply = client.get(address, headers={"Range": asked})
    assert (reply.status_code, reply.content) == (200, SOUND)


def test_a_piece_of_something_else_gets_the_whole(client, address):
    assert client.get(address, headers={"Range": "bytes=0-1", "If-Range": '"other"'}).status_code == 200
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"Range": "bytes=0-1", "If-Range": etag}).status_code == 206


def test_what_a_phone_has_is_not_sent_again(client, address):
    reply = client.get(address, headers={"If-None-Match": client.get(address)["ETag"]})
    assert (reply.status_code, reply.content) == (304, b"")


def test_only_looking_is_possible(client, address):
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405
    assert client.put(address).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "0" * 64 + ".mp3", "0" * 63 + ".mp3", "A" * 64 + ".mp3", "0" * 64 + ".html", "../settings.mp3", "",
        "..%2f..%2fmanage.py", "0" * 64, "en/",
    ],
)  # fmt: skip
def test_nothing_else_is_there(client, path):
    reply = client.get(f"/a/audio/{path}")
    assert reply.status_code == 404
    assert "audio" not in reply["Content-Type"]


def test_no_file_of_the_store_has_an_address_of_its_own(client, address):
    assert client.get(f"/media/{stored_as(address[9:-4])}").status_code == 404
