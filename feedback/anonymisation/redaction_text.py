"""Makes what children write comparable with lists of words, and remembers where every letter came from. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

APOSTROPHES = frozenset("'’‘`´ʼ")
# Letters of other scripts that look like ours, and what they look like: a name written with one is still read.
OTHERS = "АВЕКМНОРСТХУІЈЅаеорсухіјѕкΑΒΕΖΗΙΚΜΝΟΡΤΥΧονıłŁøØđĐ"
OURS = "ABEKMHOPCTXYIJSaeopcyxijskABEZHIKMNOPTYXovilLoOdD"
LOOKS_LIKE = dict(zip(OTHERS, OURS, strict=True))
# What nobody sees: zero-width letters, marks of direction, soft hyphens.
UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me", "Co", "Cs", "Cn"})
SEEN_CONTROLS = frozenset("\n\r\t")
PICTURES = frozenset({"So", "Sk"})
# Written inside a name to hide it.
DECORATION = frozenset("!*~^|$")
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
ENDS = frozenset(".!?\n;:")
# So many unseen letters and pictures in a row may stand inside a word.
FURTHEST = 4
LATIN_ENDS = 0x24F


@dataclass(frozen=True)
class Readable:
    """A text without accents and unseen letters; `places` holds, for each letter, its code point in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of this text stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def readable(text: str) -> Readable:
    """The text as the rules read it: of any length, in time in proportion to it."""
    letters: list[str] = []
    places: list[int] = []
    for place, original in enumerate(text):
        spelt = original if original.isascii() and original >= " " else _spelt(original)
        if original in DECORATION and _splits_a_word(text, place):
            continue
        if spelt == " " and not original.isspace() and _splits_a_word(text, place):
            continue
        for letter in spelt:
            letters.append(letter)
            places.append(place)
    return Readable("".join(letters), tuple(places))


@lru_cache(maxsize=4096)
def _spelt(letter: str) -> str:
    """One letter as ours; a blank for a picture, nothing for what nobody sees."""
    if letter in APOSTROPHES:
        return "'"
    if letter in SEEN_CONTROLS:
        return "\n" if letter == "\n" else " "
    if letter in LOOKS_LIKE:
        return LOOKS_LIKE[letter]
    category = unicodedata.category(letter)
    if category in PICTURES:
        return " "
    if category in UNSEEN:
        return ""
    if letter.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _splits_a_word(text: str, place: int) -> bool:
    """Whether a picture stands between two letters: Ka☀yla is one word, unless a space is beside it."""
    return _first_seen(text[max(place - FURTHEST, 0) : place][::-1]) and _first_seen(
        text[place + 1 : place + 1 + FURTHEST]
    )


def _first_seen(beside: str) -> bool:
    """Whether the first that is neither unseen nor a picture is a letter."""
    for letter in beside:
        if letter.isalpha():
            return True
        if letter.isascii() or unicodedata.category(letter) not in UNSEEN | PICTURES:
            return False
    return False


@dataclass(slots=True)
class Word:
    """One word: where it stands in the readable text, how it is written, and what was found about it."""

    text: str
    start: int
    end: int
    low: str = field(init=False)
    opens: bool = False
    label: str = ""
    kind: str = ""
    # Several ordinary words that a picture or a mark holds together: good☀thanks.
    is_joined: bool = False

    def __post_init__(self) -> None:
        self.low = self.text.lower().replace("'", "")

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def is_shouted(self) -> bool:
        """Whether all of it is in capitals."""
        return len(self.text) > 1 and self.text.isupper()


def cut_into_words(text: str) -> list[Word]:
    """The words of a readable text, in order; each knows whether it opens a sentence."""
    words: list[Word] = []
    ended = 0
    for found in WORD.finditer(text):
        word = Word(found.group(), found.start(), found.end())
        word.opens = not words or any(letter in ENDS for letter in text[ended : word.start])
        words.append(word)
        ended = word.end
    return words


def share_of_other_scripts(text: str) -> float:
    """Which part of the letters is not Latin, from 0 to 1."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(ord(letter) > LATIN_ENDS for letter in letters) / len(letters) if letters else 0.0
