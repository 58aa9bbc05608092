"""The form on which a facilitator writes down a focus group or an interview, in boxes that need no script."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils import timezone

from feedback.anonymisation.talk_actions import Recorded, Said
from feedback.anonymisation.telling_talk import LONGEST_SAID, MOST_THEMES, Size, TalkKind, quarters_to_choose
from feedback.releases.missing import YOUNGEST
from feedback.releases.service_information import AUDIENCES
from surveys.bank.themes import Stage, Theme
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import LANGUAGES, Audience

SIGNER = Signer(salt="talk at the desk")
BANDS = {Audience.AGE_4_5.value: YOUNGEST, **{audience.value: name for audience, name in AUDIENCES.items()}}
ANSWERS = {"yes": True, "no": False}
# Boxes at first, and how many more come with *More boxes*.
BOXES, MORE = 3, 3
SHOWN_AGAIN = 5000


def new_token() -> str:
    """What a new page is known by, so that it is kept once however often it is sent."""
    return SIGNER.sign(uuid.uuid4().hex)


def sent_as(token: str) -> uuid.UUID:
    """Which page was sent."""
    try:
        return uuid.UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError) as problem:
        raise NotAllowed("This page was not whole. Press the button once more.") from problem


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen, and whether it is."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Box:
    """What was said of one theme, as it stands on the page."""

    number: int
    said: Said
    themes: list[Choice]
    bands: list[Choice]


@dataclass
class TalkForm:
    """The page as it was sent, or empty; nothing of it is believed before the action has looked at it."""

    given: QueryDict
    token: str = field(default="")
    longest: int = LONGEST_SAID

    def __post_init__(self) -> None:
        """A page that was not sent whole gets a name of its own."""
        try:
            sent_as(given := self.given.get("token", ""))
            self.token = given
        except NotAllowed:
            self.token = new_token()

    def _one(self, name: str, choices, blank: str = "") -> list[Choice]:
        chosen = self.given.get(name, "")
        found = [Choice(value, label, value == chosen) for value, label in choices]
        return [Choice("", blank), *found] if blank else found

    @property
    def kinds(self) -> list[Choice]:
        """A focus group, or an interview."""
        return self._one("kind", TalkKind.choices)

    @property
    def quarters(self) -> list[Choice]:
        """When it was."""
        return self._one("quarter", [(one, _said(one)) for one in quarters_to_choose(timezone.localdate())], "Choose")

    @property
    def stages(self) -> list[Choice]:
        """Which step of the journey it was about."""
        return self._one("stage", Stage.choices, "Several steps, or none")

    @property
    def languages(self) -> list[Choice]:
        """In which language it is written down, English unless something else was chosen."""
        chosen = self.given.get("language", "en")
        return [Choice(code, name, code == chosen) for code, name in LANGUAGES.items()]

    @property
    def bands(self) -> Iterator[tuple[str, str, list[Choice]]]:
        """Of each age how many were there."""
        for band, name in BANDS.items():
            yield band, name, self._one(f"people-{band}", Size.choices, "Nobody")

    @property
    def asked(self) -> list[tuple[str, str, str, list[Choice]]]:
        """Three questions without which nothing is kept: name, question, help, and yes or no."""
        return [(name, text, more, self._one(name, [("yes", "Yes"), ("no", "No")])) for name, text, more in QUESTIONS]

    @property
    def boxes(self) -> list[Box]:
        """One for each theme; more of them where somebody asked."""
        many = max(BOXES, min(_number(self.given.get("boxes", "")), MOST_THEMES))
        if self.given.get("step") == "more":
            many = min(many + MORE, MOST_THEMES)
        return [self._box(number) for number in range(1, many + 1)]

    def _box(self, number: int) -> Box:
        said = self._said(number)
        again = Said(said.theme, said.line[:SHOWN_AGAIN], said.words[:SHOWN_AGAIN], said.audience)
        themes = self._one(f"theme-{number}", Theme.choices, "Choose a theme")
        return Box(number, again, themes, self._one(f"who-{number}", BANDS.items(), "I do not say"))

    def _said(self, number: int) -> Said:
        return Said(*(self.given.get(f"{name}-{number}", "") for name in ("theme", "line", "words", "who")))

    def recorded(self) -> Recorded:
        """What was sent, for the action to look at."""
        people = {band: size for band in BANDS if (size := self.given.get(f"people-{band}", ""))}
        return Recorded(
            kind=self.given.get("kind", ""),
            quarter=self.given.get("quarter", ""),
            people=people,
            said=tuple(self._said(number) for number in range(1, MOST_THEMES + 1)),
            stage=self.given.get("stage", ""),
            language=self.given.get("language", ""),
            is_about_me=ANSWERS.get(self.given.get("about_me", "")),
            agreed=ANSWERS.get(self.given.get("agreed", "")),
            words_agreed=ANSWERS.get(self.given.get("words_agreed", "")),
        )


QUESTIONS = (
    (
        "about_me",
        "Was it about you, or about your own work with those who were there?",
        "If yes, somebody else writes it down, and nothing is kept here.",
    ),
    (
        "agreed",
        "Did everybody agree that what was said is written down, and told without names?",
        "Say before you begin who reads it: a safeguarding lead reads everything, then a moderator, and then perhaps "
        "everybody. A child can say no, and so can one person of many: then leave out what they said.",
    ),
    (
        "words_agreed",
        "Did those whose own words you quote agree that everybody may read these words?",
        "Read them out as you wrote them down, and ask. If not, leave the boxes for own words empty.",
    ),
)


def _said(quarter: str) -> str:
    year, number = quarter.split("Q")
    months = ("January to March", "April to June", "July to September", "October to December")
    return f"{months[int(number) - 1]} {year}"


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 3 else 0
