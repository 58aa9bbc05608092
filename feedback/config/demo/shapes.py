"""What a question and a survey of the demo are made of.

Each option carries its share among those who answer (in hundredths, for the invented answers). The shares are plausible
after published results; nobody's answers are copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

YES_SOMETIMES_NO = (("yes", "Yes", 74), ("sometimes", "Sometimes", 19), ("no", "No", 7))


@dataclass(frozen=True)
class DemoQuestion:
    """One question of the bank, with a wording per audience and invented shares."""

    code: str
    theme: str
    wordings: dict[str, str]
    options: tuple[tuple[str, str, int], ...] = ()
    kind: str = "choice"
    after: tuple[str, tuple[str, ...]] | None = None
    is_outcome: bool = True
    purpose: str = ""
    excludes: str = ""
    pictures: tuple[tuple[str, str], ...] = ()
    stage: str = ""


@dataclass(frozen=True)
class DemoSurvey:
    """One survey of the demo."""

    audience: str
    title: str
    introduction: str
    wave: str
    way_in: str
    invited: str
    # How many answer in a quarter, in the first area and in the second.
    answer: tuple[int, int]
    kind: str = "survey"


@dataclass(frozen=True)
class DemoPromise:
    """A promise, in days from today: when it was made, is due, was moved (and to when), and what then became of it.

    Texts are by audience (blank: everybody), translations by audience and language.
    """

    theme: str
    shown_as: str
    made: int
    said: Mapping[str, tuple[str, str]]
    due: int | None = None
    question: str = ""
    moved: tuple[int, int] | None = None
    reason: Mapping[str, str] = field(default_factory=dict)
    then: tuple[str, int] | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    translated: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    is_doubted: bool = False
