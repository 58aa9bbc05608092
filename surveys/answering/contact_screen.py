"""What the page for asking for a person shows, prepared so that its template holds no logic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.answering.contact_words import AREA_OF_THE_CODE, ContactWords, contact_words_for
from surveys.answering.contacting import LONGEST, Asked
from surveys.answering.languages import ENGLISH, Spoken, address_in, direction_of, spoken_in
from surveys.answering.screens import Choice
from surveys.answering.sealing import SealingKey, sealing_key
from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.instrument.document import Instrument
from surveys.instrument.wording import LANGUAGES, LIMITS

ONE_LINE = {"name", "code"}


@dataclass(frozen=True)
class Field:
    """Something to write."""

    name: str
    label: str
    hint: str
    longest: int
    text: str
    error: str

    @property
    def is_one_line(self) -> bool:
        """Whether a line is enough for it."""
        return self.name in ONE_LINE


@dataclass(frozen=True)
class ContactScreen:
    """Everything the page shows, before and after it is sent."""

    said: ContactWords
    family: str
    hide: str
    reader: str
    sent_more: str
    language: str
    direction: str
    target: int
    address: str
    back: str
    token: str
    sealing: SealingKey
    wanted: tuple[Choice, ...]
    wanted_error: str
    fields: tuple[Field, ...]
    errors: tuple[tuple[str, str], ...]
    languages: tuple[Spoken, ...]
    is_drafted: bool


def contact_screen(wave: Wave, language: str, *, token: str, asked: Asked, errors: Mapping[str, str]) -> ContactScreen:
    """The page in one language, with what was sent before and could not be stored."""
    instrument = instrument_of(wave.edition_id)
    words = words_around(instrument)
    said = contact_words_for(words)
    area = {"area": wave.area.title if wave.area else AREA_OF_THE_CODE}
    return ContactScreen(
        said=said,
        family=words.family,
        hide=str(words.hide),
        reader=str(said.reader) % area,
        sent_more=str(said.sent_more) % area,
        language=language,
        direction=direction_of(language),
        target=LIMITS[instrument.audience].target,
        address=address_in(language, "contact", code=wave.code),
        back=address_in(language if language in instrument.languages else ENGLISH, "survey", code=wave.code),
        token=token,
        sealing=sealing_key(),
        wanted=tuple(Choice(code, str(label), "", asked.wanted == code) for code, label in said.wanted_options),
        wanted_error=errors.get("wanted", ""),
        fields=tuple(_fields(wave, said, asked, errors)),
        errors=tuple(errors.items()),
        languages=spoken_in((code for code in LANGUAGES if code != language), "contact", code=wave.code),
        is_drafted=_is_drafted(instrument, language),
    )


def _is_drafted(instrument: Instrument, language: str) -> bool:
    """Nobody who speaks it has read these sentences unless somebody has checked the survey around them."""
    return language in instrument.drafted or language not in instrument.languages


def _fields(wave: Wave, said: ContactWords, asked: Asked, errors: Mapping[str, str]) -> Iterator[Field]:
    labels = {
        "name": (said.name, said.name_hint),
        "reach": (said.reach, said.reach_hint),
        "words": (said.words, said.words_hint),
    }
    for name, (label, hint) in labels.items():
        yield Field(name, str(label), str(hint), LONGEST[name], getattr(asked, name), errors.get(name, ""))
    if wave.area_id is None:
        label, hint = _("The code on your card or poster"), _("It says which area you are in. A card is not used up.")
        yield Field("code", label, hint, 40, asked.code, errors.get("code", ""))
