"""Which of our languages an area offers."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from surveys.instrument.wording import LANGUAGES

ENGLISH = "en"


def every_language() -> list[str]:
    """The languages an area offers until it says otherwise."""
    return list(LANGUAGES)


def check_languages(languages: object) -> None:
    """Refuses what is no list of our languages, and one without English, which every survey has."""
    if not isinstance(languages, list) or not set(map(str, languages)) <= set(LANGUAGES):
        raise ValidationError("Choose among the languages that are listed.")
    if ENGLISH not in languages:
        raise ValidationError("English is always offered, because every survey has it.")
