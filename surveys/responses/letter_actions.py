"""Writing back with a receipt, and forgetting what was written to and fro. Who writes is no actor: see actions.py."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from surveys.fieldwork.models import Wave
from surveys.responses.actions import found_by
from surveys.responses.letters import Letter
from surveys.responses.models import Reply
from surveys.responses.receipts import letter_key

LONGEST_LETTER = 2000
# Of one receipt, so that nobody who found one can bury the leads under letters.
MOST_A_DAY = 10


class TooManyLetters(Exception):
    """Raised where as many letters came with a receipt today as a day may have."""


@transaction.atomic
def write_letter(receipt: str, *, wave: Wave, words: str, sent_as: uuid.UUID) -> bool:
    """Stores a letter before anybody is told that it is stored, once however often it is sent; False without a receipt.

    There is no actor, because they must be anonymous. TooManyLetters where today’s are used up.
    """
    found = list(found_by(receipt, wave).select_for_update(of=("self",)).only("pk", "area_id")[:2])
    if len(found) != 1:
        return False
    (response,) = found
    key, today = letter_key(sent_as, response.pk, words), timezone.localdate()
    written = Letter.objects.of(response.pk)
    if written.filter(pk=key).exists():
        return True
    if written.filter(sent_on=today).count() >= MOST_A_DAY:
        raise TooManyLetters
    last = written.values_list("number", flat=True).first() or 0
    Letter.objects.create(
        id=key, response_key=response.pk, area_id=response.area_id, number=last + 1, words=words, sent_on=today
    )
    return True


def erase_letters_and_replies(response_keys: Iterable[uuid.UUID], *, by=None) -> None:
    """Erases what was written to and fro about these answers; the sweep has no person behind it, so `by` is empty."""
    keys = list(response_keys)
    Reply.objects.filter(response_key__in=keys).delete()
    Letter.objects.filter(response_key__in=keys).delete()
