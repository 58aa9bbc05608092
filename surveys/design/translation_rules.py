"""When words may stand beside the English: only beside the English they were made of, and never over newer ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.design.models import SurveyPage
from surveys.design.translating import Text, Translation
from surveys.frame.policies import NotAllowed
from surveys.instrument.translating import cannot_stand
from surveys.instrument.wording import LANGUAGES


@dataclass(frozen=True)
class Said:
    """Words for one text, and the English and the words that stood there when they were thought of."""

    words: str
    english: str
    instead_of: str
    # Words that stay as they are, because they still fit an English that has changed.
    still: bool = False


def mark(text: str) -> str:
    """Stands for a text that somebody saw, so that it is noticed if it is another by now."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_is_worked_on(survey: SurveyPage) -> None:
    """Refuses words beside a survey that is being decided on, or is frozen."""
    if survey.status != SurveyPage.Status.DRAFT:
        raise NotAllowed("Nobody edits this survey now. Press “Go on working on it” at the survey first.")


def check_language(language: str) -> None:
    """Refuses what is no other language of the platform."""
    if language not in LANGUAGES or language == "en":
        raise NotAllowed("The platform does not have this language.")


def problems_of(translation: Translation, said: Mapping[str, Said]) -> dict[str, str]:
    """Why texts cannot be said like this, a sentence for each by its key."""
    problems = {key: _problem(translation.texts.get(key), one) for key, one in said.items()}
    return {key: problem for key, problem in problems.items() if problem}


def _problem(text: Text | None, said: Said) -> str:
    if text is None:
        return "This survey has no such text any more."
    if mark(text.english) != said.english:
        return f"The English has changed in the meantime. It says now: “{text.english[:300]}”"
    if text.words not in {"", said.words} and mark(text.words) != said.instead_of:
        return f"Somebody else has changed these words in the meantime. They are now: “{text.words[:300]}”"
    return cannot_stand(text.english, said.words, text.longest)
