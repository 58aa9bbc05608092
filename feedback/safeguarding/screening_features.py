"""What the learned model sees of a text: sentences, their words, the letters in them and what they mean. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from feedback.safeguarding.screening_concepts import concepts
from feedback.safeguarding.screening_text import Readable

BUCKETS = 1 << 17
LETTERS = (2, 3, 4, 5)
# How much letters, words and meanings count, each as a whole.
WEIGHTS = (0.5, 1.0, 1.2)
# Longer sentences are seen piece by piece, so that much that is ordinary cannot drown what is not.
LONGEST_PIECE = 32
STEP = 16
LONGEST_WORD = 24
NEAR = 4
CLOSE = 2
_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?\n;؟۔…]")


@dataclass(frozen=True)
class Word:
    """One word as it is read, and from where to where it stands in the readable text."""

    text: str
    start: int
    end: int


Piece = tuple[Word, ...]


def pieces(words: Readable) -> Iterator[Piece]:
    """The sentences of a text, and the overlapping parts of long ones; every word is in at least one."""
    sentence: list[Word] = []
    last = 0
    for match in _WORD.finditer(words.text):
        if sentence and _END.search(words.text, last, match.start()):
            yield from _parts(sentence)
            sentence = []
        sentence.append(Word(match.group()[:LONGEST_WORD], match.start(), match.end()))
        last = match.end()
    if sentence:
        yield from _parts(sentence)


def _parts(sentence: list[Word]) -> Iterator[Piece]:
    for start in range(0, max(1, len(sentence) - STEP), STEP):
        yield tuple(sentence[start : start + LONGEST_PIECE])


Features = dict[int, float]


def features(piece: Piece) -> Features:
    """The features of one piece, by bucket; each of the three kinds has the same length, however long."""
    found: Features = {}
    for kind, weight in _kinds(piece):
        share = weight / max(1, len(kind)) ** 0.5
        for bucket in kind:
            found[bucket] = found.get(bucket, 0.0) + share
    return found


def _kinds(piece: Piece) -> Iterator[tuple[list[int], float]]:
    texts = [word.text for word in piece]
    kinds = (_letters(texts), _words(texts), _meanings(texts))
    for buckets, weight in zip(kinds, WEIGHTS, strict=True):
        yield sorted(buckets), weight


def _letters(texts: list[str]) -> set[int]:
    return {bucket for text in texts for bucket in _letters_of(text)}


@lru_cache(maxsize=20_000)
def _letters_of(text: str) -> tuple[int, ...]:
    edged = f" {text} "
    parts = {edged[at : at + size] for size in LETTERS for at in range(len(edged) - size + 1)}
    return tuple(sorted(_bucket(f"l{part}") for part in parts))


def _words(texts: list[str]) -> set[int]:
    named = {f"w{text}" for text in texts} | {f"k{_sound(text)}" for text in texts}
    edged = ["^", *texts, "$"]
    named |= {f"b{one} {two}" for one, two in pairwise(edged)}
    named |= {f"s{one} {two}" for one, two in zip(texts, texts[2:], strict=False)}
    return {_bucket(name) for name in named}


def _meanings(texts: list[str]) -> set[int]:
    meant = [concepts(text) for text in texts]
    named = {f"c{concept}" for of_word in meant for concept in of_word}
    for at, first in enumerate(meant):
        for second in meant[at + 1 : at + 1 + NEAR]:
            named |= {f"p{one} {two}" for one in first for two in second}
    return {_bucket(name) for name in named | _in_a_row(texts, meant) | _beside(texts, meant)}


def _in_a_row(texts: list[str], meant: list[tuple[str, ...]]) -> set[str]:
    """Three in a row, each as what it means, or as itself: "he hurts me", whoever and however."""
    edged = ["^", *(of_word[0] if of_word else text for text, of_word in zip(texts, meant, strict=True)), "$"]
    return {f"t{one} {two} {three}" for one, two, three in zip(edged, edged[1:], edged[2:], strict=False)}


def _beside(texts: list[str], meant: list[tuple[str, ...]]) -> set[str]:
    """A word, and what is meant by those up to two places before or after it."""
    named: set[str] = set()
    for at, text in enumerate(texts):
        for other in range(max(0, at - CLOSE), min(len(texts), at + CLOSE + 1)):
            if other != at:
                named |= {f"m{text} {concept} {other > at}" for concept in meant[other]}
    return named


@lru_cache(maxsize=20_000)
def _sound(text: str) -> str:
    """A word as it sounds, roughly, so that spellings of one word meet: herts and hurts, skard and scared."""
    text = re.sub(r"ph", "f", re.sub(r"ck|c(?![hiey])|q", "k", text))
    text = re.sub(r"(?<=.)[aeiouywh]", "", text)
    return re.sub(r"(.)\1+", r"\1", text)


def _bucket(name: str) -> int:
    return crc32(name.encode()) % BUCKETS
