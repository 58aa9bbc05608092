"""The receipt: five words from which the holder, and nobody else, can find the response again.

Five of about a thousand words are 50 bits, and they are looked for within one wave only. The words alone must do, for
whoever is slowed down at one address can guess from another: ten guesses a second for a month meet somebody's receipt
in a wave of 100,000 with a chance of one in four hundred. With four words it would be two people.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from functools import cache
from pathlib import Path

from django.conf import settings

WORDS_IN_RECEIPT = 5
LONGEST_TYPED = 200


@cache
def words() -> tuple[str, ...]:
    """Short everyday words that can be drawn, read aloud and remembered, none of them frightening."""
    return tuple(Path(__file__).with_name("receipt_words.txt").read_text().split())


def _keyed(purpose: str, content: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), purpose.encode() + b"\x00" + content, hashlib.sha256)


def receipt_of(response_id: uuid.UUID) -> str:
    """The receipt of a response: the same however often the device asks for it."""
    return _five_words(_keyed("receipt", response_id.bytes))


def _five_words(content: bytes) -> str:
    number, known = int.from_bytes(content, "big"), words()
    chosen = []
    for _ in range(WORDS_IN_RECEIPT):
        number, place = divmod(number, len(known))
        chosen.append(known[place])
    return " ".join(chosen)


def receipt_digest(receipt: str, *, wave_id: int) -> bytes:
    """What the vault keeps of a receipt: a keyed hash, from which the words cannot be read.

    Capitals, commas and more spaces make no difference.
    """
    return _keyed(f"receipt digest {wave_id}", _as_typed(receipt).encode())[:16]


def _as_typed(words: str) -> str:
    return " ".join("".join(c if c.isalpha() else " " for c in words[:LONGEST_TYPED].lower()).split())


def card_words(card_id: uuid.UUID) -> str:
    """The words on a family’s card: the same however often it is printed, and others than of any receipt."""
    return _five_words(_keyed("family card", card_id.bytes))


def card_digest(words: str) -> bytes:
    """What the vault keeps of the words on a family’s card."""
    return _keyed("family card digest", _as_typed(words).encode())[:16]


def erased_card(card_id: uuid.UUID) -> str:
    """What stays of a family’s card that was erased: a keyed hash of its id, so that no backup brings it back."""
    return _keyed("erased card", card_id.bytes)[:16].hex()


def sent_key(sent_as: uuid.UUID, card_id: uuid.UUID, content: str) -> uuid.UUID:
    """The id under which something sent with a card is kept: the same however often one page sends the same."""
    sent = sent_as.bytes + card_id.bytes + content.encode("utf-8", "surrogatepass")
    return uuid.UUID(bytes=_keyed("sent with a card", sent)[:16], version=4)


def response_digest(response_id: uuid.UUID) -> bytes:
    """What stays of a response that was taken back: a keyed hash of its id, so that it is not stored again."""
    return _keyed("taken back", response_id.bytes)[:16]


def letter_key(sent_as: uuid.UUID, response_id: uuid.UUID, words: str) -> uuid.UUID:
    """The id under which a letter is kept: the same however often the same page sends the same words."""
    return uuid.UUID(bytes=_keyed("letter", sent_as.bytes + response_id.bytes + words.encode())[:16], version=4)


def message_key(sent_as: uuid.UUID) -> uuid.UUID:
    """The id under which a message is kept: the same however often it is sent, and not the one in its address.

    A log of addresses, kept somewhere between us and the phone, can therefore not be lined up with the messages.
    """
    return uuid.UUID(bytes=_keyed("message", sent_as.bytes)[:16], version=4)


def blockage_key(sent_as: uuid.UUID, area: int, words: str) -> uuid.UUID:
    """The id under which something that gets in the way is kept: the same however often one page sends the same."""
    sent = sent_as.bytes + f"{area} {words}".encode("utf-8", "surrogatepass")
    return uuid.UUID(bytes=_keyed("blockage", sent)[:16], version=4)


def talk_key(sent_as: uuid.UUID, area: int, recorder: int) -> uuid.UUID:
    """The id under which a talk is kept: the same however often one page of one person is sent."""
    return uuid.UUID(bytes=_keyed("talk", sent_as.bytes + f"{area} {recorder}".encode())[:16], version=4)


def erased_talk(key: uuid.UUID) -> str:
    """What stays of a talk that was erased: a keyed hash of its id, so that no backup brings it back."""
    return _keyed("erased talk", key.bytes)[:16].hex()
