"""Keeping what somebody names that gets in the way. Whoever names it is no actor: they must stay unknown, staff too."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_is_an_area_still
from surveys.instrument.wording import LANGUAGES
from surveys.responses.blockages import NamedBlockage, Namer
from surveys.responses.receipts import blockage_key

LONGEST_NAMED = 1000
# From the open page of one area, so that nobody can bury those who read under what a program writes.
MOST_A_DAY = 500
NOTHING_WRITTEN = "Please write what gets in the way."
TOO_LONG = "This is too long to send. Please write less."


class TooManyNamed(Exception):
    """Raised where as much was named in an area today as a day may have."""


@dataclass(frozen=True)
class Named:
    """What somebody sends, before anything of it is believed."""

    words: str = ""
    namer: str = Namer.FAMILY
    language: str = "en"


@transaction.atomic
def name_blockage(area: Area, named: Named, *, sent_as: uuid.UUID, most: int | None = MOST_A_DAY) -> bool:
    """Stores what was named before anybody is told that it is stored, once however often it is sent; True if new."""
    check_is_an_area_still(area)
    kept, today = _readable(named.words), timezone.localdate()
    if named.namer not in Namer.values or named.language not in LANGUAGES:
        raise NotAllowed("Please choose one of the answers shown.")
    key = blockage_key(sent_as, area.pk, kept)
    if NamedBlockage.objects.filter(pk=key).exists():
        return False
    if most is not None and NamedBlockage.objects.filter(area=area, named_on=today).count() >= most:
        raise TooManyNamed
    try:
        with transaction.atomic():
            NamedBlockage.objects.create(
                id=key, area=area, namer=named.namer, words=kept, language=named.language, named_on=today
            )
    except IntegrityError:
        # The same page was sent twice at the same moment.
        return False
    return True


def _readable(words: str) -> str:
    """What was written, as it is kept; refused with a sentence where nothing was, or too much."""
    kept = words.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    kept = kept.replace("\0", "").strip()
    if not kept:
        raise NotAllowed(NOTHING_WRITTEN)
    if len(kept) > LONGEST_NAMED:
        raise NotAllowed(TOO_LONG)
    return kept
