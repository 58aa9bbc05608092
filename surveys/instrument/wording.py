"""Who a wording is for, and how much this audience can be asked.

The numbers are the table "By audience" of the phone's design, which rests on the evidence about asking children
(options, words, items and target sizes by age); those that are our own defaults are to be pre-tested with children.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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


AUDIENCE_CHOICES = [(audience.value, audience.value.replace("_", " ").capitalize()) for audience in Audience]


class Voice(StrEnum):
    """Whose experience is told; voices are never added together."""

    CHILD = "child"
    PARENT = "parent"
    PROFESSIONAL = "professional"


def voice_of(audience: Audience) -> Voice:
    """The voice this audience speaks with."""
    match audience:
        case Audience.PARENT_CARER:
            return Voice.PARENT
        case Audience.PROFESSIONAL:
            return Voice.PROFESSIONAL
        case _:
            return Voice.CHILD


@dataclass(frozen=True)
class AudienceLimits:
    """How much one audience can be asked, and how.

    Options per item, items per survey, words per item, pixels per target; a break after so many items; whether answers
    may be faces, and have a middle one; whether everything is read aloud at once, offered, or on tap.
    """

    options: int
    items: int
    words: int
    target: int
    break_every: int | None = None
    faces: bool = False
    middle_face: bool = False
    offers_audio: bool = False


LIMITS: Mapping[Audience, AudienceLimits] = {
    Audience.AGE_4_5: AudienceLimits(2, 10, 8, 64, break_every=5, faces=True, offers_audio=True),
    Audience.AGE_6_7: AudienceLimits(3, 13, 10, 64, break_every=5, faces=True, offers_audio=True),
    Audience.AGE_8_11: AudienceLimits(5, 34, 15, 48, break_every=10, faces=True, middle_face=True),
    Audience.AGE_12_17: AudienceLimits(11, 49, 20, 44),
    Audience.CARE_LEAVER: AudienceLimits(11, 49, 20, 44),
    Audience.PARENT_CARER: AudienceLimits(11, 25, 20, 44),
    Audience.PROFESSIONAL: AudienceLimits(11, 20, 25, 44),
}
