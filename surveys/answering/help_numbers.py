"""Which of an area's help numbers a respondent is shown."""

from __future__ import annotations

from surveys.answering.words import ADULTS, Words
from surveys.frame.models import Area, HelpNumber


def help_numbers(area: Area | None, words: Words) -> list[HelpNumber]:
    """Those for everybody and those for people like them, in the order the area wants."""
    if area is None:
        return []
    readers = HelpNumber.Readers.ADULTS if words.family == ADULTS.family else HelpNumber.Readers.CHILDREN
    return [number for number in area.help_numbers.all() if number.readers in {readers, HelpNumber.Readers.EVERYBODY}]
