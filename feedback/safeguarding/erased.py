"""Which cards families had erased, as the log remembers it."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.models import ModelLogEntry

ERASE_CARD = "safeguarding.erase_card"


def erased_cards() -> Iterator[str]:
    """The keyed hashes of the cards that families had erased; those that grew old the sweep erases again by itself."""
    for data in ModelLogEntry.objects.filter(action=ERASE_CARD).values_list("data", flat=True):
        if "card" in data:
            yield data["card"]
