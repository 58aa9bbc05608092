"""Where a conversation ends, whoever was talked with says whether others may read their words; not saying it is no.

Without a yes nothing leaves those for whom it was said: no moderator meets it (decision 62).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.answering.promise_words import Text
from surveys.answering.words import words_around
from surveys.instrument.document import Instrument, InvalidAnswers
from surveys.instrument.wording import NEVER_COUNTED

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Asking:
    """The last question of a conversation: what is asked, what it means, and its two answers."""

    heading: Text
    lines: tuple[Text, ...]
    options: tuple[tuple[str, Text], ...]


def is_asked(instrument: Instrument) -> bool:
    """Whether it is asked: of a conversation, and of nothing that is counted."""
    return instrument.is_conversation or instrument.audience in NEVER_COUNTED


def asking(instrument: Instrument) -> Asking | None:
    """What is asked at the end of a conversation; nothing of a survey."""
    if not is_asked(instrument):
        return None
    to_whoever_holds_it = _("To you who hold this: read it aloud and wait. If they do not say, it is no.")
    return Asking(
        _("May other people read what you said?"),
        (
            *([to_whoever_holds_it] if words_around(instrument).aloud else []),
            _(
                "If you say yes, someone takes out names first. Then other people may read it. "
                "Nobody is told who said it."
            ),
            _("If you say no, or nothing, other people will not read it."),
        ),
        ((YES, _("Yes, other people may read it")), (NO, _("No"))),
    )


def may_others_read(instrument: Instrument, said: str) -> bool:
    """Whether somebody who was asked said yes; a survey, and whoever said nothing, never does."""
    if said not in {"", YES, NO}:
        raise InvalidAnswers({"others": _("Please choose one of the answers shown.")})
    return said == YES and is_asked(instrument)
