"""How strongly a question is coloured, by TextBlob's lexicon of adjectives. Never used on answers."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Sentiment(NamedTuple):
    """Polarity from -1 (bad) to 1 (good); subjectivity from 0 (a fact) to 1 (an opinion)."""

    polarity: float
    subjectivity: float


@lru_cache(maxsize=1024)
def sentiment(question: str) -> Sentiment:
    """The sentiment of a question in English; the library is loaded when it is first needed, as that takes seconds."""
    from textblob import TextBlob  # type: ignore[import-untyped]

    found = TextBlob(question).sentiment
    return Sentiment(float(found.polarity), float(found.subjectivity))
