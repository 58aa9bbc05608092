"""What editions froze, read once by each process, because an edition never changes."""

from __future__ import annotations

from functools import lru_cache

from surveys.design.models import Edition
from surveys.instrument.document import Instrument, read

EDITIONS_KEPT = 256


@lru_cache(maxsize=EDITIONS_KEPT)
def instrument_of(edition_id: int) -> Instrument:
    """The instrument of an edition."""
    return read(Edition.objects.values_list("document", flat=True).get(pk=edition_id))


@lru_cache(maxsize=EDITIONS_KEPT)
def digest_of(edition_id: int) -> str:
    """The hash by which devices name an edition."""
    return Edition.objects.values_list("digest", flat=True).get(pk=edition_id)


def forget() -> None:
    """Reads every edition anew, for a process whose database was exchanged under it."""
    instrument_of.cache_clear()
    digest_of.cache_clear()
