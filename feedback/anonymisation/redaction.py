"""Which pieces of a comment identify somebody; pure, so that it can be measured on any text.

What is found is a proposal: no text leaves before a person has read it beside what was written
(docs/explanation/redaction.md has the figures, and what is missed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from feedback.anonymisation.redaction_lists import BOTH, NAME, ORDINARY, SLIP, UNKNOWN, Lists, lists
from feedback.anonymisation.redaction_model import mark_the_rest
from feedback.anonymisation.redaction_patterns import AFTER_APPS, BEFORE_APPS, SPACED, shapes
from feedback.anonymisation.redaction_phrases import mark_flats, mark_phrases
from feedback.anonymisation.redaction_rules import (
    FEWEST_WORDS,
    PERSON,
    SHOUTED_SHARE,
    TITLED_SHARE,
    mark_people,
)
from feedback.anonymisation.redaction_text import Readable, Word, cut_into_words, readable, share_of_other_scripts

# What stands in the place of what was removed.
STANDS_FOR = {
    "PERSON": "[name]",
    "PLACE": "[place]",
    "SCHOOL": "[school]",
    "ORG": "[service]",
    "PHONE": "[phone]",
    "EMAIL": "[email]",
    "HANDLE": "[account]",
    "POSTCODE": "[postcode]",
    "ADDRESS": "[address]",
    "DOB_AGE": "[age]",
    "DATE": "[date]",
    "URL": "[link]",
    "OTHER": "[left out]",
}
# What a text that was redacted before holds: it is left as it is.
OURS = "already left out"
STANDS = re.compile("|".join(map(re.escape, sorted(set(STANDS_FOR.values())))))
FOREIGN_SHARE, FOREIGN_SCRIPT = 0.45, 0.3
FEWEST_FOREIGN = 3
ENGLISH = "en"
AS_LETTERS = str.maketrans("0134579", "oieastg")


@dataclass(frozen=True, order=True)
class Span:
    """A piece of a text that identifies: code points of the text as it came, and what it is (STANDS_FOR)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Redaction:
    """What was found in one text; `needs_a_reader` where it is in a language the rules do not know."""

    spans: tuple[Span, ...]
    needs_a_reader: bool = False


def redact(text: str, *, language: str = ENGLISH, known: Lists | None = None, learned: bool = True) -> Redaction:
    """What identifies in a text of any length, in order and without overlaps; it fails for no text.

    A text in another language than English is searched too, but only for what English shows in any language, and is
    marked for a person who reads it. Without `learned` only the rules speak.
    """
    known = known or lists()
    read, words, pieces = words_and_marks(text, known)
    is_foreign = _is_foreign(text, words)
    if learned and not is_foreign:
        mark_the_rest(words, known)
    found = [(*read.original(start, end), label) for start, end, label in pieces]
    found += [(*read.original(start, end), label) for start, end, label in _runs(words, read.text)]
    spans = without_overlaps(Span(*piece) for piece in found if piece[2] != OURS)
    return Redaction(spans, is_foreign or language != ENGLISH)


def words_and_marks(text: str, known: Lists) -> tuple[Readable, list[Word], list[tuple[int, int, str]]]:
    """The text as it is read, its words with what the rules say of each, and the pieces of a known shape."""
    read = readable(text)
    words = cut_into_words(read.text)
    for word in words:
        word.kind = _kind(word, read, known)
    pieces = [(found.start(), found.end(), OURS) for found in STANDS.finditer(read.text)]
    pieces += shapes(read.text)
    _mark_shapes(words, read.text, pieces)
    _mark_names(words, known, _is_foreign(text, words))
    return read, words, pieces


def redacted(text: str, spans: Iterable[Span]) -> str:
    """The text with what identifies replaced by what it was: [name], [school]."""
    parts, at = [], 0
    for span in sorted(spans):
        parts += [text[at : span.start], STANDS_FOR.get(span.label, STANDS_FOR["OTHER"])]
        at = span.end
    return "".join([*parts, text[at:]])


def without_overlaps(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order; where two overlap, one that covers both, with the label of the longer."""
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and span.start < kept[-1].end:
            last = kept.pop()
            longer = max(last, span, key=lambda one: one.end - one.start)
            span = Span(last.start, max(last.end, span.end), longer.label)
        kept.append(span)
    return tuple(kept)


def _kind(word: Word, read: Readable, known: Lists) -> str:
    """What a word is; of several joined by a hyphen or a picture, ordinary where each of them is."""
    kind = known.kind(word.low)
    if kind == ORDINARY and any(letter.isdigit() for letter in word.low):
        return _kind_of_digits(word.low, known)
    if kind not in {UNKNOWN, SLIP, BOTH} and "-" not in word.low:
        return kind
    pieces = [piece for piece in _pieces(word, read) if piece]
    if len(pieces) < 2:
        return kind
    kinds = {known.kind(piece.lower().replace("'", "")) for piece in pieces}
    if NAME in kinds or kinds == {BOTH} or kind == BOTH:
        return NAME
    word.is_joined = UNKNOWN not in kinds
    return ORDINARY if word.is_joined else UNKNOWN


def _kind_of_digits(low: str, known: Lists) -> str:
    """A name whose letters are digits (k8ie, j0sh) is a name; anything else with digits is ordinary."""
    if low[:1].isalpha() and sum(letter.isdigit() for letter in low) == 1:
        spelt = low.replace("8", "at") if "8" in low else low.translate(AS_LETTERS)
        return NAME if spelt.isalpha() and known.kind(spelt) == NAME else ORDINARY
    return ORDINARY


def _pieces(word: Word, read: Readable) -> list[str]:
    """The parts of a word between its hyphens, and where the original had a picture inside it."""
    pieces: list[str] = []
    piece = ""
    for at in range(word.start, word.end):
        has_gap = at > word.start and read.places[at] - read.places[at - 1] > 1
        if has_gap or read.text[at] == "-":
            pieces, piece = [*pieces, piece], ""
        if read.text[at] != "-":
            piece += read.text[at]
    return [*pieces, piece]


def _is_foreign(text: str, words: list[Word]) -> bool:
    if share_of_other_scripts(text) > FOREIGN_SCRIPT:
        return True
    telling = [word for word in words if not (word.is_capital and not word.opens) and word.low.isalpha()]
    unknown = sum(word.kind in {UNKNOWN, SLIP} and any(letter in "aeiou" for letter in word.low) for word in telling)
    if not telling:
        return False
    marked = sum(not letter.isascii() and letter.isalpha() and letter.islower() for letter in text)
    # Letters with marks are rare in English, and are seldom alone elsewhere.
    fewest, share = (1, FOREIGN_SHARE / 3) if marked > 1 else (FEWEST_FOREIGN, FOREIGN_SHARE)
    return unknown >= fewest and unknown / len(telling) > share


def _mark_shapes(words: list[Word], text: str, pieces: list[tuple[int, int, str]]) -> None:
    """Words inside something of a known shape are settled; handles and spelt-out names are added to the pieces."""
    for pattern, label in ((AFTER_APPS, "HANDLE"), (BEFORE_APPS, "HANDLE"), (SPACED, PERSON)):
        for found in pattern.finditer(text):
            start, end = found.span(1 if pattern.groups else 0)
            if label == PERSON or _is_handle(words, text[start:end], start):
                pieces.append((start, end, label))
    ordered = sorted(pieces)
    at = 0
    for word in words:
        while at < len(ordered) and ordered[at][1] <= word.start:
            at += 1
        if at < len(ordered) and ordered[at][0] < word.end:
            word.label = ordered[at][2]


def _is_handle(words: list[Word], written: str, start: int) -> bool:
    """What stands after an app is a handle unless it is an ordinary word."""
    if any(letter in "._" or letter.isdigit() for letter in written.rstrip(".")):
        return True
    kind = next((word.kind for word in words if word.start == start), ORDINARY)
    return kind == UNKNOWN


def _mark_names(words: list[Word], known: Lists, is_foreign: bool) -> None:
    letters = sum(len(word.text) for word in words) or 1
    shouted = sum(len(word.text) for word in words if word.text.isupper()) / letters > SHOUTED_SHARE
    titled = len(words) >= FEWEST_WORDS and sum(word.is_capital for word in words) / len(words) > TITLED_SHARE
    mark_phrases(words, known)
    mark_flats(words)
    mark_people(words, known, trusts_unknown=not is_foreign, trusts_capitals=not shouted and not titled)


def _runs(words: list[Word], text: str) -> Iterable[tuple[int, int, str]]:
    """Labelled words beside each other, with nothing but a blank between them, as one piece."""
    start = end = 0
    label = ""
    for word in words:
        if label and word.label == label and text[end : word.start].strip(" ") in ("", ".", ","[: label == "ADDRESS"]):
            end = word.end
            continue
        if label:
            yield start, end, label
        start, end, label = word.start, word.end, word.label
    if label:
        yield start, end, label
