"""What waited on a device, sealed, is opened by nobody else, and not under another response's id."""

import base64
import json
import uuid

import pytest

from surveys.answering.sealing import CannotOpen, opened, seal, sealing_key

ID = str(uuid.UUID(int=7))
WORDS = json.dumps({"answers": {"words": "on the bus 🙂 سلام"}}).encode()


def sealed():
    key = sealing_key()
    return key.id, seal(WORDS, response_id=ID, public=key.public)


def test_what_a_device_seals_is_opened_here():
    assert opened(*sealed(), response_id=ID) == WORDS
    assert opened(*sealed(), response_id=ID.upper()) == WORDS


def test_two_seals_of_the_same_words_have_nothing_in_common():
    one, other = sealed()[1], sealed()[1]
    assert one[:60] != other[:60]
    assert b"bus" not in base64.urlsafe_b64decode(one + "==")


def test_it_cannot_be_sent_under_another_id():
    with pytest.raises(CannotOpen):
        opened(*sealed(), response_id=str(uuid.UUID(int=8)))


@pytest.mark.parametrize("place", [0, 1, 30, 64, 70, 80, -1])
def test_a_changed_byte_is_noticed(place):
    key_id, written = sealed()
    content = bytearray(base64.urlsafe_b64decode(written + "=="))
    content[place] ^= 1
    with pytest.raises(CannotOpen):
        opened(key_id, base64.urlsafe_b64encode(content).decode(), response_id=ID)


@pytest.mark.parametrize("written", ["", "A", "!!!", "AAAA" * 40, None, 3, [], "é" * 30])
def test_anything_else_is_refused(written):
    with pytest.raises(CannotOpen):
        opened(sealing_key().id, written, response_id=ID)


def test_an_unknown_key_is_refused():
    with pytest.raises(CannotOpen):
        opened("0" * 16, sealed()[1], response_id=ID)


def test_an_older_key_still_opens_what_waited(settings):
    key_id, written = sealed()
    settings.EARSHOT_SEALING_SECRETS = ["ee" * 32, *settings.EARSHOT_SEALING_SECRETS]
    assert sealing_key().id != key_id
    assert opened(key_id, written, response_id=ID) == WORDS
