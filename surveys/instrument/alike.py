"""Whether two questions ask the same thing. Two that do are two looks at one answer; figures carry so many only.

It reads English words, in order, without those that every question has; a no in one of them changes nothing, because
whoever knows the one answer knows the other. It errs to both sides: other words for the same thing pass, so people look
as well. The numbers are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from surveys.instrument.comparing import ENGLISH, WORDS
from surveys.instrument.document import write_rule
from surveys.instrument.items import Item

FEWEST_WORDS = 2
"""With fewer words of its own a question is about whatever was asked before it (Why? Which ones?)."""
NEARLY = 0.8
"""Which share of all their words two questions have in common to be nearly the same."""
# fmt: off
_IN_EVERY_QUESTION = frozenset({
    "a", "am", "an", "and", "any", "are", "at", "be", "been", "being", "can", "cannot", "could", "did", "do",
    "does", "doing", "don", "dont", "for", "from", "had", "has", "have", "having", "he", "her", "him", "his",
    "i", "if", "in", "is", "isn", "isnt", "it", "its", "me", "my", "no", "nor", "not", "of", "on", "or", "our",
    "she", "so", "t", "that", "the", "their", "them", "there", "they", "this", "to", "was", "we", "were",
    "what", "will", "with", "would", "you", "your", "yours", "never",
})
# fmt: on
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST_STEM = 3


class Alike(NamedTuple):
    """Two items that ask the same, or nearly, of the same people."""

    one: Item
    other: Item
    is_same: bool


def asked_alike(items: Iterable[Item]) -> Iterator[Alike]:
    """The closed items of one survey of which two are asked of the same people and ask the same, or nearly."""
    yield from _alike(combinations([item for item in items if item.is_closed], 2))


def asked_alike_in(items: Iterable[Item], others: Iterable[Item]) -> Iterator[Alike]:
    """The same between two surveys of one audience; what has one code in both is one question already."""
    elsewhere = [item for item in others if item.is_closed]
    yield from _alike((one, other) for one in items if one.is_closed for other in elsewhere if one.code != other.code)


def _alike(pairs: Iterable[tuple[Item, Item]]) -> Iterator[Alike]:
    words: dict[str, tuple[str, ...]] = {}
    for one, other in pairs:
        texts = [item.texts.get(ENGLISH, "") for item in (one, other)]
        mine, theirs = (words.setdefault(text, words_of(text)) for text in texts)
        # After other answers it is asked of other people.
        if min(len(mine), len(theirs)) < FEWEST_WORDS or write_rule(one.rule) != write_rule(other.rule):
            continue
        if mine == theirs:
            yield Alike(one, other, is_same=True)
        elif len({*mine} & {*theirs}) >= NEARLY * len({*mine} | {*theirs}):
            yield Alike(one, other, is_same=False)


def words_of(text: str) -> tuple[str, ...]:
    """What a question is about: its own words in order, without their endings."""
    return tuple(_stem(word) for word in WORDS.findall(text.casefold()) if word not in _IN_EVERY_QUESTION)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
