"""Whether two people read the same on one paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from surveys.instrument.document import Instrument
from surveys.instrument.items import IN_WORDS, Answer, Item

# Spaces, punctuation and what cannot be seen: nobody keys them alike, and no meaning hangs on them.
_MAKES_NO_DIFFERENCE = "ZPC"


def differing(instrument: Instrument, first: Mapping[str, Answer], second: Mapping[str, Answer]) -> tuple[str, ...]:
    """The codes of the items that were not read alike, in order; a blank on one side only is a difference."""
    return tuple(
        item.code for item in instrument.items if not _is_same(item, first.get(item.code), second.get(item.code))
    )


def _is_same(item: Item, first: Answer | None, second: Answer | None) -> bool:
    if item.kind in IN_WORDS and isinstance(first, str) and isinstance(second, str):
        return _what_matters(first) == _what_matters(second)
    return first == second


def _what_matters(text: str) -> str:
    """The letters and digits of a text, however they were typed; the text itself where it has none."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] not in _MAKES_NO_DIFFERENCE) or plain.strip()
