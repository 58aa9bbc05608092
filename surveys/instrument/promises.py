"""What each promise means: what is stored, which ways in there are, and who may find whom.

One table says it (decision 41); whatever stores, prints or opens something asks it, and nothing else decides.
An edition that was frozen before the table said *nobody knows* on every screen, whatever was chosen for it; so that is
what is kept of it (`Instrument.kept_promise`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveys.instrument.wording import AT_WORK, CONVERSATION, NEVER_COUNTED, Audience

NOBODY_KNOWS = "nobody_knows"
IF_NOT_SAFE = "if_not_safe"
MY_PERSON = "my_person"
# The number of this table and of the words that go with it. Other words or weaker terms are another number, and every
# edition keeps the one it was frozen with.
TERMS = 1
# What staff may add to the words of a promise, in characters: two sentences that stand below three others on a phone.
LONGEST_ADDED = 200
IMPORTED = "imported"
SURVEY = "survey"


class Way(StrEnum):
    """How answers come in."""

    ADDRESS = "address"
    """The wave's own address, also on a screen that many use."""
    POSTER = "poster"
    CARD = "card"
    PAPER = "paper"
    """A booklet that staff key."""
    FILE = "file"
    """A table loaded from elsewhere."""


# Whoever knows the way may take it as often as they like.
OPEN_WAYS = frozenset({Way.ADDRESS, Way.POSTER})


class Opener(StrEnum):
    """Who may find out whose answers they are."""

    NOBODY = "nobody"
    TWO_PEOPLE = "two people together, who see the number of the card"
    HEARERS = "those whom the child chose, and safeguarding"


@dataclass(frozen=True)
class Terms:
    """What one promise means.

    `keeps_card` says whether the sealed number of the card is kept with the response, `keeps_hearers` whether whoever
    answers chooses who may hear it, and that choice is kept with the response.
    """

    name: str
    ways: frozenset[Way]
    kinds: frozenset[str]
    opened_by: Opener
    keeps_card: bool = False
    keeps_hearers: bool = False

    @property
    def has_posters(self) -> bool:
        """Whether a poster is a way in."""
        return Way.POSTER in self.ways

    @property
    def has_paper(self) -> bool:
        """Whether a booklet of paper is a way in."""
        return Way.PAPER in self.ways


TABLE: dict[str, Terms] = {
    NOBODY_KNOWS: Terms(
        name="Nobody knows",
        ways=frozenset(Way),
        kinds=frozenset({SURVEY, CONVERSATION, IMPORTED}),
        opened_by=Opener.NOBODY,
    ),
    IF_NOT_SAFE: Terms(
        name="Only if you are not safe",
        ways=frozenset({Way.CARD}),
        kinds=frozenset({SURVEY}),
        opened_by=Opener.TWO_PEOPLE,
        keeps_card=True,
    ),
    MY_PERSON: Terms(
        name="My person",
        ways=frozenset({Way.ADDRESS, Way.CARD}),
        kinds=frozenset({CONVERSATION}),
        opened_by=Opener.HEARERS,
        keeps_hearers=True,
    ),
}


def terms_of(promise: str) -> Terms:
    """What a promise means; KeyError if there is no such promise."""
    return TABLE[promise]


def only_by_card(promise: str) -> bool:
    """Whether nobody can answer without a card."""
    return TABLE[promise].ways == {Way.CARD}


def promise_problems(promise: str, kind: str, audience: Audience) -> Iterator[str]:
    """What keeps a survey from being asked under a promise, in sentences."""
    if promise not in TABLE:
        yield f"There is no promise {promise!r}. Choose one of the three."
        return
    terms = TABLE[promise]
    if kind not in terms.kinds:
        yield f"“{terms.name}” is not a promise that can be kept for this kind of survey. Choose another promise."
    elif promise == IF_NOT_SAFE and (audience in NEVER_COUNTED or audience in AT_WORK):
        yield (
            f"“{terms.name}” is for those who get a card from their worker and can answer by themselves. "
            "Choose “Nobody knows” for this audience."
        )
    elif terms.keeps_hearers and audience in AT_WORK:
        yield (
            f"“{terms.name}” is for those who have a social worker, an advocate or somebody else who listens to them. "
            "Choose “Nobody knows” for this audience."
        )
