"""Who a wording is for, and how much this audience can be asked.

The numbers are the table "By audience" of the phone's design, which rests on the evidence about asking children
(options, words, items and target sizes by age); those that are our own defaults are to be pre-tested with children.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "cy": "Cymraeg",
    "pl": "Polski",
    "ro": "Română",
    "ur": "اردو",
    "ar": "العربية",
    "uk": "Українська",
    "so": "Soomaali",
}
RIGHT_TO_LEFT = frozenset({"ar", "ur"})


def said_in(texts: Mapping[str, str], language: str) -> str:
    """The text in this language, or in English where there is none."""
    return texts.get(language) or texts.get("en", "")


class Audience(StrEnum):
    """Who a wording is for."""

    AGE_4_5 = "AGE_4_5"
    AGE_6_7 = "AGE_6_7"
    AGE_8_11 = "AGE_8_11"
    AGE_12_17 = "AGE_12_17"
    CARE_LEAVER = "CARE_LEAVER"
    PARENT_CARER = "PARENT_CARER"
    PROFESSIONAL = "PROFESSIONAL"
    REFERRER = "REFERRER"


AUDIENCE_CHOICES = [(audience.value, audience.value.replace("_", " ").capitalize()) for audience in Audience]


class Voice(StrEnum):
    """Whose experience is told; voices are never added together."""

    CHILD = "child"
    PARENT = "parent"
    PROFESSIONAL = "professional"
    REFERRER = "referrer"


def voice_of(audience: Audience) -> Voice:
    """The voice this audience speaks with."""
    match audience:
        case Audience.PARENT_CARER:
            return Voice.PARENT
        case Audience.PROFESSIONAL:
            return Voice.PROFESSIONAL
        case Audience.REFERRER:
            return Voice.REFERRER
        case _:
            return Voice.CHILD


CONVERSATION = "conversation"


class Audio(StrEnum):
    """How reading aloud is offered; where the table asks for none, it is there on tap all the same."""

    AT_ONCE = "at_once"
    EVERYTHING = "everything"
    ON_TAP = "on_tap"


class HowMany(NamedTuple):
    """How many are usual, and how many are the most."""

    usual: int
    most: int


@dataclass(frozen=True)
class AudienceLimits:
    """How much one audience can be asked, and how: a row of the table.

    Options per item and items per survey, words per item, pixels per target; a break after so many items; whether
    answers may be faces, and have a middle one; whether they may be a ladder from 0 to 10, or several at once; how many
    things can be put in order; how reading aloud is offered. Who is only talked with is never measured.
    """

    options: HowMany
    items: HowMany
    words: int
    target: int
    audio: Audio = Audio.ON_TAP
    break_every: int | None = None
    faces: bool = False
    middle_face: bool = False
    ladder: bool = False
    several: bool = True
    to_sort: int = 5
    only_talked_with: bool = False

    @property
    def offers_audio(self) -> bool:
        """Whether reading aloud is offered in large, before anything else on the screen."""
        return self.audio is not Audio.ON_TAP


LIMITS: Mapping[Audience, AudienceLimits] = {
    Audience.AGE_4_5: AudienceLimits(
        HowMany(2, 2), HowMany(6, 10), 8, 64, Audio.AT_ONCE, break_every=5, faces=True, several=False, to_sort=0,
        only_talked_with=True,
    ),
    Audience.AGE_6_7: AudienceLimits(
        HowMany(2, 3), HowMany(10, 13), 10, 64, Audio.EVERYTHING, break_every=5, faces=True, several=False, to_sort=3,
    ),
    Audience.AGE_8_11: AudienceLimits(
        HowMany(3, 5), HowMany(20, 34), 15, 48, break_every=10, faces=True, middle_face=True
    ),
    Audience.AGE_12_17: AudienceLimits(HowMany(5, 5), HowMany(30, 49), 20, 44, ladder=True),
    Audience.CARE_LEAVER: AudienceLimits(HowMany(5, 5), HowMany(30, 49), 20, 44, ladder=True),
    Audience.PARENT_CARER: AudienceLimits(HowMany(5, 5), HowMany(15, 25), 20, 44, ladder=True),
    Audience.PROFESSIONAL: AudienceLimits(HowMany(5, 5), HowMany(12, 20), 25, 44, ladder=True),
    Audience.REFERRER: AudienceLimits(HowMany(5, 5), HowMany(12, 20), 25, 44, ladder=True),
}  # fmt: skip
# Who answers about their own work: they have no social worker, and nobody scores how they feel.
AT_WORK = frozenset({Audience.PROFESSIONAL, Audience.REFERRER})
NEVER_COUNTED = frozenset(audience for audience, limits in LIMITS.items() if limits.only_talked_with)
