"""Where a typed code leads: to questions, to a choice between before and after, or nowhere any more."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.answering.languages import ENGLISH, address_in
from surveys.answering.screens import languages_of
from surveys.answering.ways_in import card_of, link_of
from surveys.design.frozen import instrument_of
from surveys.fieldwork.link_codes import later_digest, plain_code
from surveys.fieldwork.models import Invitation, Wave


@dataclass(frozen=True)
class Led:
    """The questions that a code opens now: before, afterwards, or whichever its holder chooses; nothing if it is spent.

    Only a card for both times can lead to two, and only as long as it was used for neither.
    """

    now: Wave | None = None
    later: Wave | None = None
    is_spent: bool = False

    def address(self, language: str, typed: str) -> str:
        """Where the questions for now are."""
        return questions_at(self.now, language, typed)

    def later_address(self, language: str, typed: str) -> str:
        """Where the questions for afterwards are."""
        return questions_at(self.later, language, typed)


def questions_at(wave: Wave, language: str, typed: str) -> str:
    """The questions of a wave, in this language if they are there in it, with the code in the fragment.

    No server and no log ever sees a fragment.
    """
    has_language = language in languages_of(instrument_of(wave.edition_id), wave.area)
    leads = address_in(language if has_language else ENGLISH, "survey", code=wave.code)
    return f"{leads}#{plain_code(typed)}"


def led_by(typed: str) -> Led | None:
    """Where a code leads, as a child may type it; nothing if nobody knows it, or what it opens is closed."""
    found = link_of(typed) or card_of(typed)
    if found is None:
        return None
    if isinstance(found, Invitation) and found.twin is not None:
        return _by_both_times(found, _later_of(typed))
    return Led(found.wave) if found.wave.is_open else None


def _later_of(typed: str) -> Invitation:
    return Invitation.objects.select_related("wave").get(code_digest=later_digest(typed))


def _by_both_times(first: Invitation, later: Invitation) -> Led | None:
    """Before, if it was not used; afterwards, if it was; either, if neither was. Whoever said what is after is done."""
    if later.is_used:
        return Led(is_spent=True)
    before = first.wave if first.wave.is_open and not first.is_used else None
    after = later.wave if later.wave.is_open else None
    if before is None:
        return Led(after) if after else None
    return Led(before, after)
