"""Which card a response came with, sealed, where its promise says *only if you are not safe*.

The database has no key: who has a copy of it sees that there was a card, as for every response of that promise, and
not which. Nothing but `surveys.instrument.promises` says where one is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import models

from surveys.responses.sealed import SealedText


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
    card = SealedText()
    looked_up_on = models.DateField(null=True)


def keep_card(response_key: uuid.UUID, serial: str) -> None:
    """Seals the number of a card for one response; it cannot be opened as that of another."""
    CodedCard.objects.create(response_key=response_key, card=serial)


def open_card(response_key: uuid.UUID, *, on: date) -> str:
    """The number of the card of a response, which its receipt says from now on; nothing if none is kept.

    Only `feedback.safeguarding.codes` calls it, after two people have agreed. Raises CannotOpenWords.
    """
    kept = CodedCard.objects.select_for_update().filter(response_key=response_key).first()
    if kept is None or not kept.card:
        return ""
    serial = kept.card
    if kept.looked_up_on is None:
        kept.looked_up_on = on
        kept.save(update_fields=["looked_up_on"])
    return serial


def forget_cards(response_keys: Iterable[uuid.UUID]) -> int:
    """Erases the numbers with the answers of these responses; that one was looked up stays with the receipt."""
    return CodedCard.objects.filter(response_key__in=list(response_keys)).update(card="")


def has_card(response_key: uuid.UUID) -> bool:
    """Whether the number of a card is kept for a response."""
    return CodedCard.objects.filter(response_key=response_key).exclude(card="").exists()


def looked_up_on(response_key: uuid.UUID) -> date | None:
    """The day on which two people looked up the card of a response, if they did."""
    return CodedCard.objects.filter(response_key=response_key).values_list("looked_up_on", flat=True).first()
