"""The keys under which words are sealed: the newest seals, all of them open. They are never in the database.

Each is 32 random bytes for AES-256-GCM (NIST SP 800-38D: far fewer than 2^32 texts under one key with random nonces).
What is sealed is `w1:<id of the key>:<base64 of nonce ‖ ciphertext ‖ tag>`, and bound to its place, so that what was
sealed for one row and column opens in no other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT = "w1"
KEY_BYTES, NONCE_BYTES, ID_LETTERS = 32, 12, 12
# What is sealed is as long as the next multiple of so many bytes, because a length can tell a yes from a no.
PADDED_TO = 256
# Its beginning, so strict that nobody writes it by chance.
SEALED = re.compile(rf"{FORMAT}:(?P<key>[0-9a-f]{{{ID_LETTERS}}}):[A-Za-z0-9+/]{{16}}")


class CannotOpenWords(ValueError):
    """Raised for words that none of the present keys opens; the message says what to do and holds no word."""

    # A page shows nothing in its place, rather than not being shown at all.
    silent_variable_failure = True

    def __init__(self, why: str) -> None:
        super().__init__(f"What is stored here cannot be opened: {why} Tell an administrator: prove_words counts it.")


@dataclass(frozen=True)
class WordsKey:
    """One key, and the id by which what is sealed under it names it."""

    id: str
    cipher: AESGCM


def id_of(secret: str) -> str:
    """The id of a key: it follows from the key, and the key does not follow from it."""
    return hashlib.sha256(b"earshot key of words\0" + bytes.fromhex(secret)).hexdigest()[:ID_LETTERS]


@lru_cache(maxsize=8)
def _keys(these: tuple[str, ...]) -> tuple[WordsKey, ...]:
    return tuple(WordsKey(id_of(secret), AESGCM(bytes.fromhex(secret))) for secret in these)


def words_keys() -> tuple[WordsKey, ...]:
    """The present keys, the newest first."""
    return _keys(tuple(settings.EARSHOT_WORDS_KEYS))


def key_ids() -> list[str]:
    """The ids of the present keys, the newest first."""
    return [key.id for key in words_keys()]


def sealed_under(sealed: str) -> str:
    """The id of the key under which something is sealed; empty where it is not sealed at all."""
    found = SEALED.match(sealed)
    return found["key"] if found else ""


def seal(content: bytes, *, place: bytes) -> str:
    """Seals for one place under the newest key. The content must bear spaces at its end, as JSON does."""
    key, nonce = words_keys()[0], secrets.token_bytes(NONCE_BYTES)
    padded = content + b" " * (-len(content) % PADDED_TO)
    sealed = base64.b64encode(nonce + key.cipher.encrypt(nonce, padded, place)).decode()
    return f"{FORMAT}:{key.id}:{sealed}"


def opened(sealed: str, *, place: bytes) -> bytes:
    """What was sealed for this place. Raises CannotOpenWords."""
    key_id = sealed_under(sealed)
    if not key_id:
        raise CannotOpenWords("it is not sealed.")
    key = next((key for key in words_keys() if key.id == key_id), None)
    if key is None:
        raise CannotOpenWords("its key is not among EARSHOT_WORDS_KEYS.")
    try:
        content = base64.b64decode(sealed.rpartition(":")[2], validate=True)
        return key.cipher.decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place)
    except (ValueError, binascii.Error, InvalidTag) as problem:
        raise CannotOpenWords("it was changed, or put in another row.") from problem
