"""The receipt: three words from which the holder, and nobody else, can find the response again."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from functools import cache
from pathlib import Path

from django.conf import settings

WORDS_IN_RECEIPT = 3


@cache
def words() -> tuple[str, ...]:
    """Short everyday words that can be drawn, read aloud and remembered, none of them frightening."""
    return tuple(Path(__file__).with_name("receipt_words.txt").read_text().split())


def _keyed(purpose: str, content: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), purpose.encode() + b"\x00" + content, hashlib.sha256)


def receipt_of(response_id: uuid.UUID) -> str:
    """The receipt of a response: the same however often the device asks for it."""
    number = int.from_bytes(_keyed("receipt", response_id.bytes), "big")
    chosen = []
    for _ in range(WORDS_IN_RECEIPT):
        number, place = divmod(number, len(words()))
        chosen.append(words()[place])
    return " ".join(chosen)


def receipt_digest(receipt: str) -> bytes:
    """What the vault keeps of a receipt: a keyed hash, from which the words cannot be read."""
    return _keyed("receipt digest", " ".join(receipt.lower().split()).encode())[:16]
