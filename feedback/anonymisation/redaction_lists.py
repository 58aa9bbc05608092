"""What the rules know of the words of a language: which are ordinary, which are names, which are places. Pure.

The lists stand beside this module, with their sources (lists/SOURCES.md). The dictionary of ordinary words is the
lexicon that TextBlob brings. An installation may add to names, places and schools; it can take nothing away.
"""

from __future__ import annotations

import importlib.util
import os
import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from feedback.anonymisation.redaction_words import CHILDRENS, COMMON, NAMES_AFTER_ALL, SHORT_PLACES, WORD_NAMES

HERE = Path(__file__).resolve().parent / "lists"
# A word counts as common from so many times in TextBlob's count of some books.
COMMON_FROM = 25
# From so many times a word is rare, usual, frequent, very frequent.
STEPS = (1, 5, 25, 120, 600, 3000)
SHORTEST_SLIP, LONGEST_SLIP = 4, 24
ENDINGS = ("s", "es", "ed", "d", "ing", "in", "er", "ers", "ly", "ish", "y", "ness", "less")
LONG_RUN = re.compile(r"(.)\1{2,}")
LAUGHS = re.compile(r"(?:[ha]{3,}|(?:he){2,}|(?:lo)+l|x+o*x*|o+h*|a+h+|[hm]+|z+|w+o+w+|(?:bl?a+h*)+|(?:na)+)\Z")
NAME, ORDINARY, BOTH, SLIP, UNKNOWN = "name", "ordinary", "both", "slip", "unknown"


def _textblob(file: str) -> Iterator[list[str]]:
    """The lines of one of TextBlob's lists, without importing it, which takes a second."""
    found = importlib.util.find_spec("textblob")
    folders = found.submodule_search_locations if found else None
    for folder in folders or ():
        text = (Path(folder) / "en" / file).read_text(encoding="utf-8")
        yield from (line.split() for line in text.splitlines() if line and not line.startswith(";;;"))


def _lines(file: str) -> set[str]:
    """A list that stands beside the code, and what this installation has added to it."""
    added = os.environ.get("EARSHOT_REDACTION_LISTS")
    folders = [HERE, *([Path(added)] if added else [])]
    files = [folder / file for folder in folders if (folder / file).is_file()]
    return {line for path in files for line in path.read_text(encoding="utf-8").split("\n") if line}


class Lists:
    """Everything that is looked up, read once."""

    def __init__(self, *, names: Iterable[str] = (), places: Iterable[str] = (), schools: Iterable[str] = ()) -> None:
        tagged = {entry[0]: entry[1] for entry in _textblob("en-lexicon.txt") if len(entry) > 1 and entry[0].isalpha()}
        lexicon = {word for word in tagged if word.islower()}
        counted = {entry[0]: int(entry[1]) for entry in _textblob("en-spelling.txt")}
        listed = {*_lines("names.txt"), *names}
        everyday = _lines("ordinary.txt")
        self.names = (listed - CHILDRENS - everyday | NAMES_AFTER_ALL) - (lexicon - NAMES_AFTER_ALL)
        self.ordinary = (lexicon | CHILDRENS | COMMON | everyday) - self.names
        # A name that is a word too, of which nobody has said so by heart: a name where a capital says so.
        self.both = listed & self.ordinary
        self.common = {word for word, times in counted.items() if times >= COMMON_FROM and word in self.ordinary}
        self.common |= COMMON | (CHILDRENS & {word for word in CHILDRENS if len(word) > SHORTEST_SLIP})
        self.slips = self._slips(self.common)
        self.name_slips = self._slips(NAMES_AFTER_ALL)
        self._tags = self._read_tags(tagged, counted)
        self.frequent = {word for word, times in counted.items() if times >= COMMON_FROM}
        self._read_places({*_lines("places.txt"), *places}, {*_lines("schools.txt"), *schools})

    def _read_tags(self, tagged: dict[str, str], counted: dict[str, int]) -> dict[str, str]:
        """Of each word of the dictionary its part of speech, how often it is written, and whether it is a name too."""
        proper = {word.lower() for word, tag in tagged.items() if tag.startswith("NNP") and not word.islower()}
        return {
            word: f"{tagged.get(word, 'NNP')} {bisect(STEPS, counted.get(word, 0))}{'!' if word in proper else ''}"
            for word in {*(word for word in tagged if word.islower()), *proper}
        }

    @lru_cache(maxsize=65536)  # noqa: B019 - there is one of these in a process
    def tag(self, low: str) -> str:
        """What the dictionary knows of a word in small letters; a question mark where it knows nothing."""
        found = self._tags.get(low)
        if found is None and low in CHILDRENS:
            return "ours"
        return found or ("? near a name" if _is_near_one(low, self.name_slips) else "?")

    def _slips(self, words: Iterable[str]) -> dict[str, set[str]]:
        """Words by what is left of them when a letter is missing: two words near each other share one."""
        found: dict[str, set[str]] = {}
        for word in words:
            if len(word) >= SHORTEST_SLIP:
                for rest in _shortened(word):
                    found.setdefault(rest, set()).add(word)
        return found

    def _read_places(self, places: set[str], schools: set[str]) -> None:
        self.places = SHORT_PLACES | {place for place in places if " " not in place}
        self.long_places = _by_first(place for place in places if self._is_told(place))
        self.schools = _by_first(school for school in schools if self._is_told(school))

    def _is_told(self, phrase: str) -> bool:
        """Whether several words together are a name: long lists have places called the park and the point."""
        words = phrase.split()
        return len(words) > 1 and not (
            len(words) == len(("the", "park")) and words[0] == "the" and words[1] in self.ordinary
        )

    @lru_cache(maxsize=65536)  # noqa: B019 - there is one of these in a process
    def kind(self, low: str) -> str:
        """What a word in small letters is: a name, ordinary, both, a slip of the pen in a common word, or unknown."""
        if low in WORD_NAMES:
            return BOTH
        for one in (low, *_without_s(low)):
            if one in self.names and low not in self.ordinary:
                return NAME
        if self._is_ordinary(low):
            return ORDINARY
        return SLIP if self.is_a_slip(low) else UNKNOWN

    def _is_ordinary(self, low: str) -> bool:
        if low in self.ordinary or not low.isalpha() or LAUGHS.match(low):
            return True
        for short in {LONG_RUN.sub(r"\1\1", low), LONG_RUN.sub(r"\1", low)}:
            if short in self.ordinary or any(base in self.ordinary for base in _bases(short)):
                return True
        return False

    def is_a_slip(self, low: str) -> bool:
        """Whether a common word was meant: one letter too many, too few, wrong or swapped with its neighbour."""
        return _is_near_one(low, self.slips)


def _is_near_one(low: str, slips: dict[str, set[str]]) -> bool:
    if not SHORTEST_SLIP <= len(low) <= LONGEST_SLIP:
        return False
    near = {word for rest in _shortened(low) for word in slips.get(rest, ())}
    return any(word[0] == low[0] and _are_near(word, low) for word in near)


def _shortened(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _are_near(one: str, other: str) -> bool:
    """Whether one letter too many, wrong, or swapped with its neighbour makes the one of the other."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _without_s(low: str) -> tuple[str, ...]:
    return (low[:-1],) if low.endswith("s") and len(low) > SHORTEST_SLIP - 1 else ()


def _bases(low: str) -> Iterator[str]:
    for ending in ENDINGS:
        base = low[: -len(ending)]
        if low.endswith(ending) and len(base) > 2:
            yield base
            yield base + "e"
            if base[-1] == base[-2]:
                yield base[:-1]
            if base.endswith("i"):
                yield base[:-1] + "y"


def _by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    for several in found.values():
        several.sort(key=len, reverse=True)
    return found


def lists() -> Lists:
    """The lists of this installation, read anew once somebody has added to its own."""
    return _lists_of(_own_files())


@lru_cache(maxsize=1)
def _lists_of(files: tuple[tuple[str, int], ...]) -> Lists:
    return Lists()


def _own_files() -> tuple[tuple[str, int], ...]:
    """The installation's own files, and when each was last written."""
    added = os.environ.get("EARSHOT_REDACTION_LISTS")
    if not added or not Path(added).is_dir():
        return ()
    found = [(entry.name, entry.stat().st_mtime_ns) for entry in os.scandir(added) if entry.name.endswith(".txt")]
    return (("", hash(added)), *sorted(found))
