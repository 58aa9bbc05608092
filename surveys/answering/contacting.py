"""What somebody sends who wants to be contacted: checked, given an area, and kept apart from every answer."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db import Error
from django.utils.translation import gettext as _

from surveys.answering.delivery import NotKept, Refused, trouble_of
from surveys.answering.guessing import guesses
from surveys.answering.languages import first_spoken
from surveys.answering.ways_in import card_of, link_of
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.instrument.document import InvalidAnswers
from surveys.instrument.items import InvalidAnswer, Item, Kind, valid_answer
from surveys.responses.actions import ask_for_a_person, new_message
from surveys.responses.models import Wanted

logger = logging.getLogger(__name__)
LONGEST = {"name": 100, "reach": 500, "words": 2000}
WRITTEN = [Item(name, Kind.TEXT, {}, ways_out=(), max_length=longest) for name, longest in LONGEST.items()]


@dataclass(frozen=True)
class Asked:
    """What was sent, before anything of it is believed."""

    wanted: str = ""
    name: str = ""
    reach: str = ""
    words: str = ""
    language: str = ""
    code: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, object]) -> Asked:
        """The parts of what a device or a form sent; InvalidAnswers if one of them is no text."""
        parts = {part.name: sent.get(part.name) or "" for part in fields(cls)}
        if wrong := [name for name, value in parts.items() if not isinstance(value, str)]:
            raise InvalidAnswers({wrong[0]: _("This is not a word.")})
        return cls(**parts)

    @property
    def spoken(self) -> str:
        """The language they wrote in, as far as it is one of ours."""
        return first_spoken(self.language)


def ask(sent_as: uuid.UUID, asked: Asked, *, wave: Wave, address: str) -> bool:
    """Stores what was asked and only then says so; True if it is new. Refused or InvalidAnswers if it cannot be."""
    kept, errors = _texts(asked)
    if asked.wanted not in {"", *Wanted.values}:
        errors["wanted"] = _("Please choose one of the answers shown.")
    area_id = wave.area_id or _area_of(asked.code, address)
    if area_id is None:
        errors["code"] = _("Please type the code that is on your card or poster, so that we know who should read this.")
    if errors:
        raise InvalidAnswers(errors)
    message = new_message(
        sent_as,
        area_id=area_id,
        # Whoever chose nobody is not sent back to choose: the lead, who reads all of them, asks.
        wanted=asked.wanted or Wanted.LEAD,
        audience=instrument_of(wave.edition_id).audience,
        language=asked.spoken,
        **kept,
    )
    try:
        return ask_for_a_person(message)
    except Error as problem:
        logger.error("A message could not be stored: %s", trouble_of(problem))
        raise NotKept from None


def _texts(asked: Asked) -> tuple[dict[str, str], dict[str, str]]:
    kept, errors = {}, {}
    for item in WRITTEN:
        try:
            kept[item.code] = valid_answer(item, getattr(asked, item.code))
        except InvalidAnswer:
            errors[item.code] = _("This is too long to send. Please write less.")
    if kept.get("reach") == "":
        errors["reach"] = _("Please write how we can reach you. Without it nobody can get in touch.")
    return kept, errors


def _area_of(code: str, address: str) -> int | None:
    """The area of a poster or a card of any wave; the card is not spent. None if the code leads nowhere."""
    if not code.strip():
        return None
    if not guesses.slow_down(address):
        raise Refused(429, _("Many people are typing codes just now. Please wait a moment and press Send again."))
    found = link_of(code) or card_of(code)
    if found is None:
        guesses.was_wrong(address)
    return found.area_id if found else None
