"""Makes what children write comparable with rules, and remembers where every letter came from. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LOOKS_LIKE = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"}
APOSTROPHES = frozenset("'’‘`´ʼʹ")
LONG_RUN = 3
# Letters that are one to whoever types in a hurry, or on another keyboard, and that Unicode takes for two: Polish and
# Danish letters, Arabic ta marbuta and alef maksura, and the Urdu forms of Arabic letters.
SAME_LETTER = dict(zip("łøđħı" + "ةىکیےہھۃںۓ", "lodhi" + "هيكييهههني", strict=True))


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
        plain = _digit(original, text, place) if original in LOOKS_LIKE else _plain(original)
        for letter in plain:
            letters.append(letter)
            places.append(place)
    kept = _kept(letters)
    return Readable("".join([letters[at] for at in kept]), tuple([places[at] for at in kept]))


def _kept(letters: list[str]) -> list[int]:
    """Places of the letters that stay: of a long run, and of blanks in a row, only the first."""
    kept: list[int] = []
    start, count = 0, len(letters)
    while start < count:
        end = start + 1
        while end < count and letters[end] == letters[start]:
            end += 1
        is_one = end - start >= LONG_RUN or letters[start] == " "
        kept.extend([start] if is_one else range(start, end))
        start = end
    return kept


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """What one character is read as: nothing for marks over letters and what cannot be seen, a blank for what parts."""
    if letter in APOSTROPHES:
        return ""
    if letter.isspace() or letter in "_*~":
        return " "
    if letter.isascii():
        return letter.lower() if letter.isprintable() else " "
    if unicodedata.category(letter) in ("Cf", "Mn", "Me", "Lm"):
        return ""
    parts = unicodedata.normalize("NFKD", letter.lower())
    plain = "".join(SAME_LETTER.get(part, part) for part in parts if not unicodedata.combining(part))
    return plain or letter


def _digit(digit: str, text: str, place: int) -> str:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return LOOKS_LIKE[digit] if before.isalpha() and after.isalpha() else digit
