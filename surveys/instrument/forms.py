"""What each way of answering needs of its options."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.instrument.items import AGAIN_CODES, FACES, LADDER_CODES, Item, Kind

MOST_TO_SORT = 5


def form_problems(item: Item) -> Iterator[str]:
    """One sentence for each thing an item's way of answering needs and its options do not have."""
    match item.kind:
        case Kind.AGAIN if item.option_codes != AGAIN_CODES:
            yield f"{item.code} asks whether it should be so again, so its options are yes, maybe and no."
        case Kind.LADDER if item.option_codes != LADDER_CODES:
            yield f"{item.code} is a ladder, so its options are 0 to 10 in order."
        case Kind.SORT if len(item.options) > MOST_TO_SORT:
            yield f"{item.code} has {len(item.options)} things to put in order; {MOST_TO_SORT} are the most."
        case Kind.FACES if not {option.picture for option in item.options} <= set(FACES):
            yield f"{item.code} has an answer without a face. Choose one of {', '.join(FACES)} for each."
        case Kind.PICTURES if len(item.options) != 2 or not all(option.picture for option in item.options):
            yield f"{item.code} is *this or that*, so it has two answers, each with a picture."
