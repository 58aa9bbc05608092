"""Which of an area's help numbers a respondent is shown."""

from __future__ import annotations

from surveys.answering.words import ADULTS, Words
from surveys.frame.models import Area, HelpNumber


def help_numbers(area: Area | None, words: Words) -> list[HelpNumber]:
    """Those of the country for people like them, those for everybody, and the area’s, in the order the area wants."""
    lines = [HelpNumber(name=name, number=number) for name, number in words.lines]
    if area is None:
        return lines
    readers = HelpNumber.Readers.ADULTS if words.family == ADULTS.family else HelpNumber.Readers.CHILDREN
    readers_of = {readers, HelpNumber.Readers.EVERYBODY}
    return lines + [number for number in area.help_numbers.all() if number.readers in readers_of]
