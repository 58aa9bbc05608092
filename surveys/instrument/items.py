"""A question at a place in a survey, and what counts as a valid answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from surveys.instrument.drawing import valid_strokes
from surveys.instrument.recordings import Audio
from surveys.instrument.routing import Rule
from surveys.instrument.sentences import InvalidAnswer

DO_NOT_KNOW = "do_not_know"
RATHER_NOT_SAY = "rather_not_say"
DID_NOT_ANSWER = "did_not_answer"
RESERVED = frozenset({DO_NOT_KNOW, RATHER_NOT_SAY, DID_NOT_ANSWER})
BOTH_WAYS_OUT = (DO_NOT_KNOW, RATHER_NOT_SAY)
LONGEST_TEXT = 4000
LONGEST_SHORT_TEXT = 200
STROKES = "strokes"


class Kind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"
    FACES = "faces"
    PICTURES = "pictures"
    AGAIN = "again"
    LADDER = "ladder"
    MULTI = "multi"
    SORT = "sort"
    SHORT = "short"
    TEXT = "text"
    DRAWING = "drawing"
    INFORMATION = "information"


ONE_OPTION = frozenset({Kind.CHOICE, Kind.FACES, Kind.PICTURES, Kind.AGAIN, Kind.LADDER})
SEVERAL_OPTIONS = frozenset({Kind.MULTI, Kind.SORT})
IN_WORDS = frozenset({Kind.SHORT, Kind.TEXT, Kind.DRAWING})
LADDER_CODES = tuple(str(step) for step in range(11))
AGAIN_CODES = ("yes", "maybe", "no")
# Mouth and eyes only. None cries, because children who are not crying would not choose it.
FACES = ("very_happy", "happy", "middle", "unhappy", "very_unhappy")


@dataclass(frozen=True)
class Option:
    """One offered answer: a code that never changes, its label in each language, and the name of its picture."""

    code: str
    labels: Mapping[str, str]
    excludes_others: bool = False
    picture: str = ""
    audio: Audio = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A question (or a screen that only tells something) at its place in a survey."""

    code: str
    kind: Kind
    texts: Mapping[str, str]
    options: tuple[Option, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    rule: Rule | None = None
    ways_out: tuple[str, ...] = BOTH_WAYS_OUT
    max_length: int = LONGEST_TEXT
    audio: Audio = field(default_factory=dict)
    picture: str = ""

    @cached_property
    def option_codes(self) -> tuple[str, ...]:
        """The codes of the offered answers, in the order in which they are offered."""
        return tuple(option.code for option in self.options)

    @property
    def longest(self) -> int:
        """How many characters an answer in words may have."""
        return min(self.max_length, LONGEST_SHORT_TEXT) if self.kind is Kind.SHORT else self.max_length

    @property
    def is_closed(self) -> bool:
        """Whether its answers can be counted."""
        return self.kind in ONE_OPTION | SEVERAL_OPTIONS


Answer = str | list[str] | dict[str, str]


def valid_answer(item: Item, value: object) -> Answer:
    """The answer as it is kept.

    An option's code, a list of codes (in the order offered, or as they were sorted), a way out, words, or the strokes
    of a drawing. `value` is whatever a device sent. Raises InvalidAnswer with a sentence for the respondent.
    """
    if isinstance(value, str) and value in item.ways_out:
        return value
    match item.kind:
        case Kind.CHOICE | Kind.FACES | Kind.PICTURES | Kind.AGAIN | Kind.LADDER:
            return _one_option(item, value)
        case Kind.MULTI:
            return _several_options(item, value)
        case Kind.SORT:
            return _in_order(item, value)
        case Kind.SHORT | Kind.TEXT:
            return _text(item, value)
        case Kind.DRAWING:
            return _drawing(item, value)
        case Kind.INFORMATION:
            raise InvalidAnswer("This screen does not ask anything.")


def _one_option(item: Item, value: object) -> str:
    if not isinstance(value, str) or value not in item.option_codes:
        raise InvalidAnswer("Please choose one of the answers shown.")
    return value


def _several_options(item: Item, value: object) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values or any(not isinstance(v, str) for v in values):
        raise InvalidAnswer("Please choose from the answers shown.")
    if not set(values) <= set(item.option_codes):
        raise InvalidAnswer("Please choose from the answers shown.")
    if len(set(values)) > 1 and any(o.excludes_others and o.code in values for o in item.options):
        raise InvalidAnswer("One of your answers cannot go together with the others. Please choose again.")
    return [code for code in item.option_codes if code in values]


def _in_order(item: Item, value: object) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values or not all(v in item.option_codes for v in values):
        raise InvalidAnswer("Please choose from the answers shown.")
    if len(set(values)) < len(values):
        raise InvalidAnswer("One of them has two places. Please give each a place of its own, or none.")
    return values


def _drawing(item: Item, value: object) -> Answer:
    """A drawing is never the only way to answer: words are as good."""
    if not isinstance(value, dict):
        return _text(item, value)
    if set(value) != {STROKES}:
        raise InvalidAnswer("Please draw again. The drawing did not arrive whole.")
    return {STROKES: valid_strokes(value[STROKES])}


def _text(item: Item, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidAnswer("Please write your answer in words.")
    text = _readable(value)
    if len(text) > item.longest:
        raise InvalidAnswer("This is too long to send. Please use at most %(longest)s letters.", longest=item.longest)
    return text


def _readable(text: str) -> str:
    """The words without what no database can hold: control characters, and halves of broken characters.

    Line ends become one character, as a form sends two and its length limit counts one.
    """
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in joined if c in "\n\t" or ord(c) >= 32)
    return kept.encode("utf-8", "replace").decode("utf-8").strip()
