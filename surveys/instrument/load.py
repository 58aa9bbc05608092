"""How much of a child's time a survey asks for.

Seconds per item: 20 for a choice, 30 for several or for an order, 60 for own words or a drawing, 10 for a screen that
is only read. These are our own estimates, to be corrected by what try-outs show; they are the same for every audience.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from surveys.instrument.document import Instrument
from surveys.instrument.items import IN_WORDS, SEVERAL_OPTIONS, Item, Kind

CHOICE, SEVERAL, WORDS, READ = 20, 30, 60, 10
SECONDS: Mapping[Kind, int] = {
    **dict.fromkeys(Kind, CHOICE),
    **dict.fromkeys(SEVERAL_OPTIONS, SEVERAL),
    **dict.fromkeys(IN_WORDS, WORDS),
    Kind.INFORMATION: READ,
}


def seconds_of(item: Item) -> int:
    """How many seconds an item takes, about."""
    return SECONDS[item.kind]


def questions_in(instrument: Instrument) -> int:
    """How many questions somebody could be asked at most, whatever they answer."""
    return sum(item.kind is not Kind.INFORMATION for item in instrument.items)


def minutes_of(instrument: Instrument) -> int:
    """How many whole minutes it takes at most, about; one at least."""
    return max(1, math.ceil(sum(map(seconds_of, instrument.items)) / 60))
