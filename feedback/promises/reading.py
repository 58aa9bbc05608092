"""Promises as anybody may read them: in the words of whoever reads, with how late they are and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from feedback.promises.models import EVERYBODY, Promise, PromiseDoubt, PromiseState, PromiseWords, StateWords
from feedback.promises.quoted import not_released, quoted_in, released_words
from feedback.releases.models import Release
from feedback.releases.once import read_once
from surveys.bank.themes import Theme
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

ENGLISH = "en"
UNDER_11 = frozenset({Audience.AGE_6_7, Audience.AGE_8_11})
OLDER = frozenset({Audience.AGE_12_17, Audience.CARE_LEAVER})
W = TypeVar("W", PromiseWords, StateWords)


@dataclass(frozen=True)
class Told:
    """A few words, and the language they are in, which need not be the reader's."""

    text: str = ""
    language: str = ENGLISH

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Step:
    """One step of a promise that a reader is told of: when, what, and why."""

    status: str
    on: date
    due_on: date | None
    was_due_on: date | None
    told: Told
    is_first: bool

    @property
    def is_moved(self) -> bool:
        """Whether the day was moved, or it was promised again."""
        return self.status == Promise.Status.MADE and not self.is_first


@dataclass(frozen=True)
class PromiseInformation:
    """Everything that is told of one promise, in the words of one audience."""

    number: int
    theme: str
    status: str
    you_said: Told
    we_will: Told
    owner: str
    made_on: date
    due_on: date | None
    days_late: int
    audiences: tuple[str, ...]
    steps: tuple[Step, ...]
    release: str = ""
    question: str = ""
    doubted_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what came of it."""
        return self.status == Promise.Status.MADE

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over, and it is still open."""
        return self.days_late > 0

    @property
    def theme_label(self) -> str:
        """What it is about."""
        return str(Theme(self.theme).label)

    @property
    def ended(self) -> Step | None:
        """What came of it, where something has."""
        return None if self.is_open else self.steps[-1]

    @property
    def moved(self) -> tuple[Step, ...]:
        """The times its day was moved, or it was promised again, with the reasons."""
        return tuple(step for step in self.steps if step.is_moved)


@dataclass(frozen=True)
class ThemePromises:
    """The promises of one theme."""

    theme: str
    label: str
    promises: tuple[PromiseInformation, ...]


@dataclass(frozen=True)
class HowMany:
    """How many promises there are about what somebody said, and what came of them; none that was taken back."""

    made: int = 0
    kept: int = 0
    cannot: int = 0
    overdue: int = 0

    @property
    def is_open(self) -> int:
        """How many are to be kept still."""
        return self.made - self.kept - self.cannot


@dataclass(frozen=True)
class ActionGap:
    """Promises about what children under 11 or so said, against those about what older ones said.

    A promise about both is counted on both sides: the two are never added up.
    """

    under_11: HowMany = field(default_factory=HowMany)
    older: HowMany = field(default_factory=HowMany)


def promises_of(
    area: Area, *, audience: str = EVERYBODY, language: str = ENGLISH, today: date | None = None
) -> list[PromiseInformation]:
    """The promises of an area, in the words of one audience (only those about it) or of everybody.

    What is overdue comes first, then what is to be done, then what was said of the others; the newest first in each.
    """
    today = today or timezone.localdate()
    found = [one for one in _stored(area) if not audience or audience in {words.audience for words in one.words.all()}]
    standing = Standing()
    told = [_told(one, audience, language, today, standing) for one in found]
    # Sorting keeps the order of what is equal.
    return sorted(told, key=lambda one: (_PLACE[one.status], -one.days_late))


@read_once
def _stored(area: Area) -> list[Promise]:
    """The promises of an area with all that is told of them."""
    doubts = PromiseDoubt.objects.filter(promise=OuterRef("pk"), ended_on=None).values("on")
    rows = Promise.objects.of(area).select_related("area", "release").annotate(doubted_on=Subquery(doubts))
    return list(rows.prefetch_related("words", "states__words"))


_PLACE = {Promise.Status.MADE: 0, Promise.Status.KEPT: 1, Promise.Status.CANNOT: 1, Promise.Status.TAKEN_BACK: 2}


def promises_by_theme(
    area: Area, *, audience: str = EVERYBODY, language: str = ENGLISH, today: date | None = None
) -> list[ThemePromises]:
    """The same by theme, in the order of the themes."""
    found = promises_of(area, audience=audience, language=language, today=today)
    of_each = [(theme, tuple(one for one in found if one.theme == theme)) for theme in Theme]
    return [ThemePromises(theme.value, str(theme.label), promises) for theme, promises in of_each if promises]


def how_many(promises: Iterable[PromiseInformation], audiences: Iterable[str] = ()) -> HowMany:
    """How many of these promises are about one of these audiences, or about anybody, and what came of them."""
    wanted = set(audiences)
    some = [
        one
        for one in promises
        if one.status != Promise.Status.TAKEN_BACK and (not wanted or wanted & set(one.audiences))
    ]
    counted = Counter(one.status for one in some)
    return HowMany(
        made=len(some),
        kept=counted[Promise.Status.KEPT],
        cannot=counted[Promise.Status.CANNOT],
        overdue=sum(one.is_overdue for one in some),
    )


def action_gap(area: Area, *, today: date | None = None) -> ActionGap:
    """What was promised about what younger children said, against older ones."""
    found = promises_of(area, today=today)
    return ActionGap(under_11=how_many(found, UNDER_11), older=how_many(found, OLDER))


class Standing:
    """Which words of children anybody can read now; asked for only where a promise quotes some."""

    def __init__(self) -> None:
        self._released: dict[int, list[str]] = {}

    def told(self, text: str, language: str, area: Area) -> Told:
        """A text as it may be told; nothing of one that quotes what was recalled since."""
        if not quoted_in(text):
            return Told(text, language)
        if area.pk not in self._released:
            self._released[area.pk] = _released(area)
        return Told() if not_released(text, self._released[area.pk]) else Told(text, language)


@read_once
def _released(area: Area) -> list[str]:
    return released_words(area)


def _told(promise: Promise, audience: str, language: str, today: date, standing: Standing) -> PromiseInformation:
    words = list(promise.words.all())
    # What was a mistake may have said too much: of what was taken back only the reason is told.
    said = None if promise.status == Promise.Status.TAKEN_BACK else _best(words, promise, audience, language)
    cites = promise.release is not None and promise.release.status == Release.Status.PUBLISHED
    return PromiseInformation(
        number=promise.pk,
        theme=promise.theme,
        status=promise.status,
        you_said=standing.told(said.you_said, said.language, promise.area) if said else Told(),
        we_will=standing.told(said.we_will, said.language, promise.area) if said else Told(),
        owner=promise.shown_as,
        made_on=promise.made_on,
        due_on=promise.due_on,
        days_late=promise.days_late(today),
        audiences=tuple(sorted({one.audience for one in words} - {EVERYBODY})),
        steps=tuple(_steps(promise, audience, language, standing))[
            -1 if promise.status == Promise.Status.TAKEN_BACK else 0 :
        ],
        release=promise.release.code if cites else "",
        question=promise.question if cites else "",
        doubted_on=promise.doubted_on,
    )


def _steps(promise: Promise, audience: str, language: str, standing: Standing) -> Iterable[Step]:
    before: PromiseState | None = None
    for state in promise.states.all():
        words = _best(list(state.words.all()), promise, audience, language)
        told = standing.told(words.text, words.language, promise.area) if words else Told()
        yield Step(state.status, state.on, state.due_on, before.due_on if before else None, told, before is None)
        before = state


def _best(words: list[W], promise: Promise, audience: str, language: str) -> W | None:
    """Their own words in their language, or in the one they were written in; everybody's where there are none."""
    there = {(one.audience, one.language): one for one in words}
    wishes = [(who, spoken) for who in (audience, EVERYBODY) for spoken in (language, promise.language)]
    return next((there[wish] for wish in wishes if wish in there), None)
