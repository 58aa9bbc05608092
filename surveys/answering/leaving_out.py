"""What a child who was talked with does not want kept: it is thrown away before anything is stored."""

from __future__ import annotations

from collections.abc import Collection

from surveys.answering.words import words_around
from surveys.instrument.document import Instrument, InvalidAnswers
from surveys.instrument.items import Item, Kind

# What is sent as `helper` by whom the questions are about.
SUBJECT = "subject"


def may_be_left_out(instrument: Instrument) -> tuple[Item, ...]:
    """What a child can choose not to keep at the end of a conversation; nothing of a survey.

    What other questions follow from is not among it: they would go with it.
    """
    if not instrument.is_conversation:
        return ()
    followed = {item.rule.item for item in instrument.items if item.rule}
    return tuple(item for item in instrument.items if item.kind is not Kind.INFORMATION and item.code not in followed)


def without(answers: dict[str, object], left_out: Collection[str], instrument: Instrument) -> dict[str, object]:
    """The answers of a form that a child wants kept."""
    gone = {item.code for item in may_be_left_out(instrument)} & set(left_out)
    return {code: answer for code, answer in answers.items() if code not in gone}


def check_is_not_the_subject(instrument: Instrument, helper: str) -> None:
    """Refuses what was written down by the one whom the questions are about."""
    if helper != SUBJECT:
        return
    words = words_around(instrument)
    if words.subject:
        raise InvalidAnswers({"helper": str(words.subject_refused)})
