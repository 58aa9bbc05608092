"""What is different between two editions, and whether figures before and after may still be joined by a line.

Format and meaning decide (house rule of series): other options, another kind, another route or other ways out are
another measurement, so they break the series. Whether other words mean the same no program can say: other words in
English, a picture or another promise break it too, unless people who know the question say that the meaning stayed.
English decides, because every other language follows it. Only what is counted has a series.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from surveys.instrument.document import Instrument, write_rule
from surveys.instrument.items import Item, Option

ENGLISH = "en"
# Shorter words are other words when one letter is (not, now); in longer ones it is mostly a slip of the keyboard.
SHORTEST_WITH_TYPO = 5
# Beyond so many words a text is shown as a whole: comparing them takes the square of their number.
MOST_WORDS = 1500
WORDS = re.compile(r"[^\W_]+")


class What(StrEnum):
    """What happened to an item, or to the survey around the items."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    HINT = "hint changed"
    KIND = "answered in another way"
    OPTIONS = "options changed"
    LABEL = "option reworded"
    PICTURE = "picture changed"
    WAYS_OUT = "ways out changed"
    ROUTE = "asked after other answers"
    LENGTH = "length changed"
    RECORDED = "recorded anew"
    TITLE = "title changed"
    INTRODUCTION = "introduction changed"
    PROMISE = "promise changed"
    PROMISE_WORDS = "words about the promise changed"
    AUDIENCE = "audience or kind changed"
    LANGUAGES = "languages changed"
    CHECKED = "checked languages changed"
    PEOPLE = "who made it or who listens changed"


class Series(StrEnum):
    """Whether figures before and after may be joined."""

    HOLDS = "goes on"
    UNLESS = "breaks unless the meaning is the same"
    BREAKS = "breaks"


@dataclass(frozen=True)
class Change:
    """One difference: of an item, by code, or of the survey (no code); in one language where it is one of words."""

    what: What
    series: Series = Series.HOLDS
    item: str = ""
    language: str = ""
    option: str = ""
    before: str = ""
    after: str = ""

    @property
    def breaks_series(self) -> bool:
        """Whether figures must not be joined as long as nobody has said that the meaning is the same."""
        return self.series is not Series.HOLDS


def compare(earlier: Instrument, later: Instrument) -> tuple[Change, ...]:
    """The differences: of the survey first, then of the items in the order of the later one, removed items last.

    There is none if and only if both are written as the same document.
    """
    before = {item.code: item for item in earlier.items}
    after = {item.code: item for item in later.items}
    moved = _moved([code for code in before if code in after], [code for code in after if code in before])
    changes = [*_of_survey(earlier, later)]
    for code, item in after.items():
        changes += _of_item(before[code], item) if code in before else [Change(What.ADDED, item=code)]
        changes += [Change(What.MOVED, item=code)] if code in moved else []
    return (*changes, *(Change(What.REMOVED, item=code) for code in before if code not in after))


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest items that have to be moved: all but those of a longest run that stayed in order."""
    place = {code: n for n, code in enumerate(before)}
    lowest: list[int] = []
    length: dict[str, int] = {}
    for code in after:
        at = bisect_left(lowest, place[code])
        lowest[at : at + 1] = [place[code]]
        length[code] = at + 1
    moved, wanted, limit = set(), len(lowest), len(before)
    for code in reversed(after):
        if length[code] == wanted and place[code] < limit:
            wanted, limit = wanted - 1, place[code]
        else:
            moved.add(code)
    return moved


def _of_survey(before: Instrument, after: Instrument) -> Iterator[Change]:
    if (before.audience, before.kind) != (after.audience, after.kind):
        said = (f"{one.audience.value}, {one.kind}" for one in (before, after))
        yield Change(What.AUDIENCE, Series.BREAKS, before=next(said), after=next(said))
    if (before.promise, before.terms) != (after.promise, after.terms):
        promised = (f"{one.promise} {one.terms or ''}".strip() for one in (before, after))
        yield Change(What.PROMISE, Series.UNLESS, before=next(promised), after=next(promised))
    yield from _texts(What.PROMISE_WORDS, before.promise_added, after.promise_added)
    yield from _texts(What.TITLE, before.title, after.title)
    yield from _texts(What.INTRODUCTION, before.introduction, after.introduction)
    for what, was, now in (
        (What.LANGUAGES, before.languages, after.languages),
        (What.CHECKED, before.drafted, after.drafted),
        (What.PEOPLE, _people(before), _people(after)),
    ):
        if was != now:
            yield Change(what, before=", ".join(was), after=", ".join(now))
    if _spoken(before) != _spoken(after):
        yield Change(What.RECORDED)


def _spoken(instrument: Instrument) -> object:
    return {place: dict(audio) for place, audio in instrument.audio.items() if audio}


def _people(instrument: Instrument) -> tuple[str, ...]:
    return instrument.designed_by, instrument.listener, instrument.report_back_on, instrument.about


def _texts(what: What, before: Mapping[str, str], after: Mapping[str, str], **of: str) -> Iterator[Change]:
    for language in dict.fromkeys((*before, *after)):
        if before.get(language) != after.get(language):
            was, now = before.get(language, ""), after.get(language, "")
            yield Change(what, Series.HOLDS, language=language, before=was, after=now, **of)


def _of_item(before: Item, after: Item) -> Iterator[Change]:
    changes = [*_format(before, after), *_wording(before, after)]
    has_series = before.is_closed or after.is_closed
    for change in changes:
        series = change.series if has_series else Series.HOLDS
        yield Change(change.what, series, after.code, change.language, change.option, change.before, change.after)


def _format(before: Item, after: Item) -> Iterator[Change]:
    if before.kind is not after.kind:
        yield Change(What.KIND, Series.BREAKS, before=before.kind.value, after=after.kind.value)
    if _offered(before) != _offered(after):
        yield Change(What.OPTIONS, Series.BREAKS, before=_listed(before), after=_listed(after))
    if before.ways_out != after.ways_out:
        was, now = ", ".join(before.ways_out), ", ".join(after.ways_out)
        yield Change(What.WAYS_OUT, Series.BREAKS, before=was, after=now)
    if write_rule(before.rule) != write_rule(after.rule):
        yield Change(What.ROUTE, Series.BREAKS, before=route_of(before), after=route_of(after))
    if before.max_length != after.max_length:
        yield Change(What.LENGTH, before=str(before.max_length), after=str(after.max_length))
    if _heard(before) != _heard(after):
        yield Change(What.RECORDED)


def _offered(item: Item) -> list[tuple[str, bool]]:
    return [(option.code, option.excludes_others) for option in item.options]


def _listed(item: Item) -> str:
    return ", ".join(f"{option.code} (alone)" if option.excludes_others else option.code for option in item.options)


def route_of(item: Item) -> str:
    """After which answers it is asked; nothing if everybody is asked."""
    return f"after {item.rule.item}: {', '.join(sorted(item.rule.one_of))}" if item.rule else ""


def _heard(item: Item) -> object:
    return dict(item.audio), {option.code: dict(option.audio) for option in item.options if option.audio}


def _wording(before: Item, after: Item) -> Iterator[Change]:
    for what, was, now in ((What.REWORDED, before.texts, after.texts), (What.HINT, before.hints, after.hints)):
        yield from _judged(_texts(what, was, now))
    if before.picture != after.picture:
        yield Change(What.PICTURE, Series.UNLESS, before=before.picture, after=after.picture)
    stayed = {option.code: option for option in before.options}
    for option in after.options:
        if option.code in stayed:
            yield from _of_option(stayed[option.code], option)


def _of_option(before: Option, after: Option) -> Iterator[Change]:
    yield from _judged(_texts(What.LABEL, before.labels, after.labels, option=after.code))
    if before.picture != after.picture:
        yield Change(What.PICTURE, Series.UNLESS, option=after.code, before=before.picture, after=after.picture)


def _judged(changes: Iterator[Change]) -> Iterator[Change]:
    """Other words in English may mean something else; a typo, and what another language says, do not count."""
    for one in changes:
        holds = one.language != ENGLISH or is_typo(one.before, one.after)
        series = Series.HOLDS if holds else Series.UNLESS
        yield Change(one.what, series, one.item, one.language, one.option, one.before, one.after)


def is_typo(before: str, after: str) -> bool:
    """Whether the words stayed: capitals, spaces and punctuation apart, and but for one letter in a longer word."""
    was, now = (WORDS.findall(text.casefold()) for text in (before, after))
    return len(was) == len(now) and all(one == other or _slip(one, other) for one, other in zip(was, now, strict=True))


def _slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST_WITH_TYPO or not (one.isalpha() and other.isalpha()):
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and (a[1], a[0]) == (b[0], b[1]) and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of words with the spaces after them, and what became of it."""

    text: str
    mark: Mark


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts, in order: kept and removed ones are the earlier text, kept and added ones the later."""
    was, now = (re.findall(r"\s*\S+|\s+\Z", text) for text in (before, after))
    if len(was) + len(now) > MOST_WORDS:
        return _pieces((before, Mark.KEPT)) if before == after else _pieces((before, Mark.REMOVED), (after, Mark.ADDED))
    found: list[tuple[str, Mark]] = []
    for _, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if was[a:b] == now[c:d]:
            found.append(("".join(was[a:b]), Mark.KEPT))
        else:
            found += [("".join(was[a:b]), Mark.REMOVED), ("".join(now[c:d]), Mark.ADDED)]
    return _pieces(*found)


def _pieces(*found: tuple[str, Mark]) -> tuple[Piece, ...]:
    return tuple(Piece(text, mark) for text, mark in found if text)
