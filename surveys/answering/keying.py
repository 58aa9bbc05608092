"""What officers key from booklets of paper: read from a form, checked like what a phone sends, keyed by two people.

The desk calls this room, because it may not open the vault itself.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils import timezone

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import Instrument, InvalidAnswers, check_answers
from surveys.instrument.items import IN_WORDS, SEVERAL_OPTIONS, Item, Kind
from surveys.instrument.wording import LANGUAGES
from surveys.responses.models import Helper, PaperEntry, Told
from surveys.responses.paper_actions import (
    GONE,
    HELPER,
    TOLD,
    Decision,
    Keying,
    Outcome,
    begin_keying,
    check_may_key,
    delete_entry,
    key_booklet,
    settle_booklet,
)

LONGEST_NUMBER = 4
FIELD, RANK, UNREADABLE, TAKEN, OTHER = "q_", "r_", "u_", "take_", "o_"
AROUND = {HELPER: "helper", TOLD: "told"}


@dataclass(frozen=True)
class Sheet:
    """One booklet on somebody's table: the number on it, and what its last page says it is."""

    number: int
    edition: Edition
    language: str
    after: uuid.UUID | None = None

    @property
    def instrument(self) -> Instrument:
        """What it asks."""
        return instrument_of(self.edition.pk)


def editions_of(wave: Wave) -> list[Edition]:
    """The editions of which booklets may lie about: the wave's, and those it had before, the newest first."""
    return sorted({wave.edition, *wave.earlier_editions.all()}, key=lambda edition: -edition.number)


def languages_of(wave: Wave) -> list[tuple[str, str]]:
    """The languages in which booklets may lie about, under their own names."""
    spoken = {code for edition in editions_of(wave) for code in instrument_of(edition.pk).languages}
    return [(code, name) for code, name in LANGUAGES.items() if code in spoken]


def sheet_of(wave: Wave, form: QueryDict) -> Sheet:
    """The booklet a form is about; NotAllowed with a sentence if there can be none like it."""
    number = form.get("number", "").strip()
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER and int(number)):
        raise NotAllowed("Write a number on the booklet, from 1 to 9999, and type it here.")
    editions = {str(edition.number): edition for edition in editions_of(wave)}
    edition, language = editions.get(form.get("edition", "")), form.get("language", "")
    if edition is None or language not in instrument_of(edition.pk).languages:
        raise NotAllowed("There is no booklet of this edition in this language. Its last page says what it is.")
    return Sheet(int(number), edition, language, _after(form.get("after", "")))


def _after(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError as problem:
        raise NotAllowed(GONE) from problem


def begin(wave: Wave, form: QueryDict, *, by) -> Sheet:
    """A booklet that this person may key now, for the first time or, where another has keyed it, for the second."""
    sheet = sheet_of(wave, form)
    after = begin_keying(wave, sheet.number, edition=sheet.edition, language=sheet.language, by=by)
    return Sheet(sheet.number, sheet.edition, sheet.language, after)


def key(wave: Wave, form: QueryDict, *, by) -> Outcome:
    """Keys a booklet; InvalidAnswers with a sentence per question that cannot be kept as it was typed."""
    sheet = sheet_of(wave, form)
    return key_booklet(wave, _keying(sheet, form), after=sheet.after, by=by)


def settle(wave: Wave, form: QueryDict, *, by) -> Outcome:
    """Records a booklet on which two people read something differently, as the second decides."""
    sheet = sheet_of(wave, form)
    decisions = dict(_decisions(sheet.instrument, form))
    return settle_booklet(wave, _keying(sheet, form), after=sheet.after, decisions=decisions, by=by)


def forget(wave: Wave, form: QueryDict, *, by) -> None:
    """Deletes what was keyed first."""
    entry = _after(form.get("entry", ""))
    if entry is None:
        raise NotAllowed(GONE)
    delete_entry(wave, entry, by=by)


@dataclass(frozen=True)
class Waiting:
    """A booklet that was keyed once: everything of it but the answers."""

    entry: uuid.UUID
    number: int
    edition: int
    language: str
    keyed_by: str
    is_mine: bool


def waiting(wave: Wave, *, by) -> list[Waiting]:
    """The booklets that wait for a second person, by number."""
    check_may_key(wave, by=by)
    entries = PaperEntry.objects.filter(wave=wave).select_related("edition", "keyed_by").defer("answers")
    return [
        Waiting(
            entry=entry.pk,
            number=entry.number,
            edition=entry.edition.number,
            language=LANGUAGES[entry.language],
            keyed_by=entry.keyed_by.get_full_name() or entry.keyed_by.get_username(),
            is_mine=entry.keyed_by_id == by.pk,
        )
        for entry in entries.order_by("number")
    ]


def to_key_again(waves: QuerySet[Wave], *, by) -> list[tuple[Wave, int]]:
    """How many booklets of each of these waves wait for this person, who did not key them first."""
    entries = PaperEntry.objects.filter(wave__in=waves).exclude(keyed_by=by).order_by()
    many = dict(entries.values_list("wave").annotate(Count("pk")))
    today = timezone.localdate()
    return [(wave, many[wave.pk]) for wave in waves.filter(pk__in=many) if wave.takes_answers_on(today)]


def _keying(sheet: Sheet, form: QueryDict) -> Keying:
    return Keying(
        number=sheet.number,
        edition=sheet.edition,
        language=sheet.language,
        helper=_one_of(form.get(AROUND[HELPER], ""), Helper.values, HELPER),
        told=_one_of(form.get(AROUND[TOLD], ""), Told.values, TOLD),
        answers=check_answers(
            sheet.instrument,
            {item.code: typed(form, item) for item in sheet.instrument.items if item.kind is not Kind.INFORMATION},
        ),
    )


def _one_of(value: str, allowed: list[str], code: str) -> str:
    if value and value not in allowed:
        raise InvalidAnswers({code: "Please choose one of the answers shown."})
    return value or Helper.NOT_SAID


def typed(form: QueryDict, item: Item, prefix: str = "") -> object:
    """What was typed for one question, before anything of it is believed; nothing where it cannot be read."""
    values = [value for value in form.getlist(f"{prefix}{FIELD}{item.code}") if value]
    if item.kind is Kind.SORT:
        return _in_order(form, item, prefix) or (values[-1] if values else None)
    if item.kind in IN_WORDS and form.get(f"{prefix}{UNREADABLE}{item.code}"):
        return None
    if item.kind in SEVERAL_OPTIONS and not (len(values) == 1 and values[0] in item.ways_out):
        return values
    return values[-1] if values else None


def _in_order(form: QueryDict, item: Item, prefix: str) -> list[str]:
    """The options in the order of the numbers beside them; what no paper can mean becomes what no check lets pass."""
    ranks = {code: form.get(f"{prefix}{RANK}{item.code}.{code}", "").strip() for code in item.option_codes}
    ranks = {code: rank for code, rank in ranks.items() if rank}
    are_numbers = all(rank.isascii() and rank.isdigit() and len(rank) <= LONGEST_NUMBER for rank in ranks.values())
    if not are_numbers or len(set(map(int, ranks.values()))) < len(ranks):
        return [""]
    return sorted(ranks, key=lambda code: int(ranks[code]))


def _decisions(instrument: Instrument, form: QueryDict) -> Iterator[tuple[str, Decision]]:
    for code, name in AROUND.items():
        if reading := form.get(TAKEN + code):
            yield code, Decision(reading, form.get(OTHER + name))
    for item in instrument.items:
        if reading := form.get(TAKEN + item.code):
            other = typed(form, item, OTHER) if reading == "other" else None
            yield item.code, Decision(reading, other)
