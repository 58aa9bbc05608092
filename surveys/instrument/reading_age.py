"""At what age somebody reads a sentence with ease: Flesch-Kincaid (Kincaid et al. 1975, Research Branch Report 8-75).

The grade is 0.39 words per sentence + 11.8 syllables per word - 15.59; a pupil of a grade is about five years older
than its number. The formula was made for passages of a hundred words and swings on a single sentence: it is a sign, not
a measure. Syllables are where a word could be hyphenated (pyphen), which finds a few too few.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen  # type: ignore[import-untyped]

WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
SENTENCE = re.compile(r"[.!?]+(?=\s|\Z)")
YEARS_ABOVE_THE_GRADE = 5
# A word longer than any in the language is not one, and is not worth the time.
LONGEST_WORD = 45


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    """American hyphens, wherever sound allows: British ones follow a word's parts, and are fewer."""
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """How many syllables a word has, and at least one."""
    return len(_hyphens().positions(word[:LONGEST_WORD].lower())) + 1


def reading_age(text: str, easy: frozenset[str] = frozenset()) -> float | None:
    """The age in years, or None of what has no English word; `easy` are words that all of them know by ear.

    An easy word, in lower case, counts as one of a single syllable.
    """
    words = [word.lower() for word in WORD.findall(text)]
    if not words:
        return None
    sentences = max(1, len(SENTENCE.findall(text)))
    heard = sum(1 if word in easy else syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * heard / len(words) - 15.59 + YEARS_ABOVE_THE_GRADE
