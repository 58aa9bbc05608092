"""What comments may be about: groups of words around a noun, found by a pattern tagger, proposed to a person.

It says which words stand together and nothing about them: not what is good or bad, nor how somebody feels.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

STANDS_FOR = re.compile(r"\[[^\]]*\]")
# What says little by itself, and is left out of a group of words.
LITTLE = {
    "thing", "things", "stuff", "lot", "lots", "bit", "one", "ones", "way", "something", "someone", "somebody",
    "nothing", "anything", "everything", "everyone", "everybody", "nobody", "many", "much", "more", "less", "same",
    "other", "dont", "don", "im", "ive", "cant", "wont", "didnt", "doesnt", "isnt", "wasnt", "i", "u", "please",
    "thanks", "ok", "okay", "yes", "no",
}  # fmt: skip
NOUNS = ("NN", "NNS", "NNP", "NNPS")
LONGEST_CHUNK = 4


@dataclass(frozen=True)
class Chunk:
    """A group of words, and who used it."""

    words: str
    texts: frozenset
    people: int


@lru_cache(maxsize=1)
def _parser():
    """Loaded when it is first needed, as that takes seconds; the library leaves a file of its own open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        from textblob.en.parsers import PatternParser  # type: ignore[import-untyped]

        parser = PatternParser()
        parser.parse("a word")
    return parser


def noun_chunks(text: str) -> set[str]:
    """The groups of words around a noun in an English text, in small letters, and each noun by itself."""
    found = set()
    for words in _groups(text):
        # The nearest words before the noun say most.
        found |= {" ".join(words[-LONGEST_CHUNK:]), words[-1]}
    return found


def _groups(text: str) -> Iterator[list[str]]:
    for sentence in _parser().parse(STANDS_FOR.sub(" . ", text)).splitlines():
        group: list[tuple[str, str]] = []
        for token in [*sentence.split(" "), "./././."]:
            parts = token.split("/")
            if len(parts) < 3 or not parts[2].endswith("NP") or parts[2].startswith("B-"):
                yield from _told(group)
                group = []
            if len(parts) >= 3 and parts[2].endswith("-NP"):
                group.append((parts[0].lower(), parts[1]))


def _told(group: list[tuple[str, str]]) -> Iterator[list[str]]:
    """What is left of a group without what says little, if it ends in a noun."""
    kept = [(_one_of_many(word, tag), tag) for word, tag in group if tag.startswith(("NN", "JJ")) and word.isalpha()]
    kept = [(word, tag) for word, tag in kept if word not in LITTLE and len(word) > 1]
    if kept and kept[-1][1] in NOUNS:
        yield [word for word, _ in kept]


def _one_of_many(word: str, tag: str) -> str:
    if tag not in {"NNS", "NNPS"}:
        return word
    from textblob.en.inflect import singularize  # type: ignore[import-untyped]

    return singularize(word)


def chunks_of(texts: Iterable[tuple[Hashable, Hashable, str]], *, fewest: int) -> list[Chunk]:
    """What at least so many people use, most used first; `texts` are a key, whoever wrote it, and the words.

    A noun that stands in the same texts as a longer group is left out: the longer one says more.
    """
    used: dict[str, set] = defaultdict(set)
    people: dict[str, set] = defaultdict(set)
    for key, person, text in texts:
        for words in noun_chunks(text):
            used[words].add(key)
            people[words].add(person)
    found = [Chunk(words, frozenset(used[words]), len(people[words])) for words in used]
    found = [one for one in found if one.people >= fewest]
    longer = {(words, one.texts) for one in found for words in one.words.split()[-1:] if " " in one.words}
    told = [one for one in found if " " in one.words or (one.words, one.texts) not in longer]
    return sorted(told, key=lambda one: (-len(one.texts), one.words))
