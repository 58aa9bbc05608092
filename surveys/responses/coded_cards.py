"""Which card a response came with, sealed, where its promise says *only if you are not safe*.

The database has no key: who has a copy of it sees that there was a card, as for every response of that promise, and
not which. Nothing but `surveys.instrument.promises` says where one is kept.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

INFO = b"earshot coded card 1"
NONCE_BYTES = 12


class CodedCard(models.Model):
    """The sealed number of the card that a response came with, and whether two people have looked it up.

    No foreign key leads to the response or to the card: the one is found by a key that is erased with it, the other by
    nothing at all.
    """

    class Privacy:
        why = "To find a child who is not safe, as they were told before they answered."
        kept = "As long as the answers; that it was looked up as long as the receipt leads there."
        scrub = "rows"
        personal = {
            "response_key": "Which stored response it belongs to. Deleted with the response.",
            "card": "The number of the card, sealed with a key outside the database. Deleted with the answers.",
            "looked_up_on": "The day on which two people looked it up, so that the receipt can say so.",
        }
        plain: set[str] = set()

    response_key = models.UUIDField(primary_key=True)
    card = models.BinaryField(max_length=64)
    looked_up_on = models.DateField(null=True)


def _ciphers() -> list[AESGCM]:
    """One for each of the installation's sealing secrets; the first seals, all of them open."""
    return [AESGCM(_key_of(secret)) for secret in settings.EARSHOT_SEALING_SECRETS]


def _key_of(secret: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=INFO).derive(bytes.fromhex(secret))


def keep_card(response_key: uuid.UUID, serial: str) -> None:
    """Seals the number of a card for one response; it cannot be opened as that of another."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + _ciphers()[0].encrypt(nonce, serial.encode(), response_key.bytes)
    CodedCard.objects.create(response_key=response_key, card=sealed)


def open_card(response_key: uuid.UUID, *, on: date) -> str:
    """The number of the card of a response, which its receipt says from now on; nothing if none is kept.

    Only `feedback.safeguarding.codes` calls it, after two people have agreed.
    """
    kept = CodedCard.objects.select_for_update().filter(response_key=response_key).first()
    if kept is None or not kept.card:
        return ""
    serial = _opened(bytes(kept.card), response_key)
    if kept.looked_up_on is None:
        kept.looked_up_on = on
        kept.save(update_fields=["looked_up_on"])
    return serial


def _opened(sealed: bytes, response_key: uuid.UUID) -> str:
    for cipher in _ciphers():
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], response_key.bytes).decode()
        except InvalidTag:
            continue
    raise CardIsSealed("The number of this card was sealed with a key that is not here.")


class CardIsSealed(Exception):
    """Raised where the key with which a number was sealed is not among the installation's keys."""


def forget_cards(response_keys: Iterable[uuid.UUID]) -> int:
    """Erases the numbers with the answers of these responses; that one was looked up stays with the receipt."""
    return CodedCard.objects.filter(response_key__in=list(response_keys)).update(card=b"")


def has_card(response_key: uuid.UUID) -> bool:
    """Whether the number of a card is kept for a response."""
    return CodedCard.objects.filter(response_key=response_key).exclude(card=b"").exists()


def looked_up_on(response_key: uuid.UUID) -> date | None:
    """The day on which two people looked up the card of a response, if they did."""
    return CodedCard.objects.filter(response_key=response_key).values_list("looked_up_on", flat=True).first()
