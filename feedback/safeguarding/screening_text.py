"""Makes what children write comparable with rules, and remembers where every letter came from. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby

LOOKS_LIKE = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"}
APOSTROPHES = frozenset("'’‘`´ʼ")
LONG_RUN = 3


@dataclass(frozen=True)
class Readable:
    """A text in small letters without accents, apostrophes or long runs, and the place each letter came from."""

    text: str
    places: tuple[int, ...]


def readable(text: str) -> Readable:
    """The text as rules read it; `places` are code points of the original, one for each character of the result.

    A letter written three times or more is read as one (`heeelp`), blanks in a row as one.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, original in enumerate(text):
        for letter in _plain(original, text, place):
            letters.append(letter)
            places.append(place)
    kept = [at for run in _runs(letters) for at in (run[:1] if _is_one(letters[run[0]], len(run)) else run)]
    return Readable("".join(letters[at] for at in kept), tuple(places[at] for at in kept))


def _runs(letters: list[str]) -> list[list[int]]:
    return [list(run) for _, run in groupby(range(len(letters)), key=lambda at: letters[at])]


def _is_one(letter: str, times: int) -> bool:
    return times >= LONG_RUN or (letter == " " and times > 1)


def _plain(letter: str, text: str, place: int) -> str:
    if letter in APOSTROPHES:
        return ""
    if letter in LOOKS_LIKE and _stands_in_a_word(text, place):
        return LOOKS_LIKE[letter]
    if letter.isspace() or letter in "_*~":
        return " "
    if letter.isascii():
        return letter.lower()
    parts = unicodedata.normalize("NFKD", letter.lower())
    return "".join(part for part in parts if not unicodedata.combining(part)) or letter


def _stands_in_a_word(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return before.isalpha() and after.isalpha()
