"""What officers do with a booklet of paper: two of them key it, and only then is it a response.

Nothing may tell which response somebody keyed, or when. So the log says once a day that somebody keyed booklets of a
wave, not each booklet; a look at what another person read is logged each time.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.fieldwork.models import Wave
from surveys.fieldwork.policies import check_way_in
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import Instrument, InvalidAnswers, check_answers
from surveys.instrument.items import Answer, Kind
from surveys.instrument.promises import Way
from surveys.instrument.readings import differing
from surveys.instrument.routing import path
from surveys.instrument.wording import LANGUAGES
from surveys.responses.actions import Place, new_response, record
from surveys.responses.models import Helper, PaperEntry, Told
from surveys.responses.sealed import CannotOpenWords

KEY_BOOKLET = "fieldwork.key_booklet"
# What is asked around the questions, under names that no item can have.
HELPER, TOLD = "@helper", "@told"


class Keyed(StrEnum):
    """How far a booklet is."""

    ONCE = "once"
    RECORDED = "recorded"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Keying:
    """What one person read on one booklet, checked against its edition."""

    number: int
    edition: Edition
    language: str
    helper: str
    told: str
    answers: Mapping[str, Answer]

    @property
    def instrument(self) -> Instrument:
        """What the booklet asks."""
        return instrument_of(self.edition.pk)

    def read(self, code: str) -> Answer | None:
        """What was read at one place; nothing where it was left empty."""
        return {HELPER: self.helper, TOLD: self.told}.get(code) or self.answers.get(code)


@dataclass(frozen=True)
class Difference:
    """One place at which two people did not read the same."""

    code: str
    first: Answer | None
    second: Answer | None


@dataclass(frozen=True)
class Outcome:
    """What came of a keying: where two readings differ, the places and nothing else."""

    keyed: Keyed
    differences: tuple[Difference, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What the second person says the paper says at one place: the first reading, their own, or another."""

    reading: str
    other: object = None

    def of(self, difference: Difference) -> object:
        """The reading decided for."""
        return {"first": difference.first, "second": difference.second}.get(self.reading, self.other)


def check_may_key(wave: Wave, *, by) -> None:
    """Refuses who may not key booklets here, and waves that take no answers: paper has the days of grace of a phone."""
    if not by.has_perm(KEY_BOOKLET, wave):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    check_way_in(instrument_of(wave.edition_id), Way.PAPER)
    if wave.area_id is None:
        raise NotAllowed("This wave is not of one area, so it is not known where a booklet belongs. Load a file.")
    if wave.status == Wave.Status.PLANNED:
        raise NotAllowed("This wave has not begun, so no booklet can have been answered.")
    if not wave.takes_answers_on(timezone.localdate()):
        raise NotAllowed(
            f"This wave was closed on {wave.closed_on}, and its {wave.grace_days} days for late answers are over. "
            "Nothing can be keyed any more."
        )


def begin_keying(wave: Wave, number: int, *, edition: Edition, language: str, by) -> uuid.UUID | None:
    """The entry that a second reading of this number will be compared with; nothing if it is the first."""
    check_may_key(wave, by=by)
    entry = PaperEntry.objects.filter(wave=wave, number=number).select_related("edition").first()
    if entry is None:
        return None
    _check_second(entry, edition=edition, language=language, by=by)
    return entry.pk


@transaction.atomic
def key_booklet(wave: Wave, keying: Keying, *, after: uuid.UUID | None, by) -> Outcome:
    """Keeps a first reading; records a second that is the same; shows where a second differs.

    `after` is the entry that the second reading was begun for.
    """
    _lock(wave, by=by)
    entry = _entry(wave, keying, after=after, by=by)
    if entry is None:
        _keep(wave, keying, by=by)
        return Outcome(Keyed.ONCE)
    if codes := _differing(_first(entry), keying):
        return _shown(wave, _differences(codes, entry, keying), by=by)
    return _recorded(wave, keying, entry, by=by)


@transaction.atomic
def settle_booklet(
    wave: Wave, keying: Keying, *, after: uuid.UUID | None, decisions: Mapping[str, Decision], by
) -> Outcome:
    """Records what the second person, with the paper before them, says it says wherever the readings differ."""
    _lock(wave, by=by)
    entry = _entry(wave, keying, after=after, by=by)
    if entry is None:
        raise NotAllowed(GONE)
    differences = _differences(_differing(_first(entry), keying), entry, keying)
    try:
        settled = _settled(keying, differences, decisions)
    except InvalidAnswers as problem:
        again = _again(keying, differences, {*problem.errors, *decisions}, entry)
        return replace(_shown(wave, again, by=by), errors=problem.errors)
    open_codes = _undecided(keying, settled, differences, decisions)
    if open_codes:
        again = _again(keying, differences, open_codes | (decisions.keys() & _asked(settled)), entry)
        return _shown(wave, again, by=by)
    return _recorded(wave, settled, entry, by=by)


@transaction.atomic
def delete_entry(wave: Wave, entry_id: uuid.UUID, *, by) -> None:
    """Forgets a first reading, so that the booklet can be keyed again or put aside."""
    check_may_key(wave, by=by)
    deleted, _each = PaperEntry.objects.filter(wave=wave, pk=entry_id).delete()
    if not deleted:
        raise NotAllowed(GONE)
    log(wave, "responses.delete_entry", user=by)


def erase_overdue_entries(*, by=None) -> int:
    """Forgets first readings that have waited longer than the days of grace, or whose wave takes no answers any more.

    No person is behind it, so `by` is empty.
    """
    waves = Wave.objects.filter(pk__in=PaperEntry.objects.values("wave"))
    return sum(_erase_entries(wave, timezone.localdate(), by=by) for wave in waves)


@transaction.atomic
def _erase_entries(wave: Wave, today: date, *, by) -> int:
    entries = PaperEntry.objects.filter(wave=wave)
    if wave.takes_answers_on(today):
        entries = entries.filter(keyed_on__lt=today - timedelta(days=wave.grace_days))
    erased, _each = entries.delete()
    if erased:
        log(wave, "responses.erase_entries", user=by, data={"entries": erased})
    return erased


GONE = (
    "Somebody else has finished or deleted this number in the meantime. Put the paper aside, and do not key it again."
)
NOT_OPENED = (
    "What was keyed first of this number cannot be opened. Tell an administrator; or delete it and key it again."
)


def _lock(wave: Wave, *, by) -> None:
    """Two people may key the same number at once; the second sees what the first did. Deliveries do not wait for it."""
    wave.refresh_from_db(from_queryset=Wave.objects.select_for_update(no_key=True))
    check_may_key(wave, by=by)


def _entry(wave: Wave, keying: Keying, *, after: uuid.UUID | None, by) -> PaperEntry | None:
    entry = PaperEntry.objects.filter(wave=wave, number=keying.number).select_related("edition").first()
    if after is not None and (entry is None or entry.pk != after):
        raise NotAllowed(GONE)
    if entry is not None:
        _check_second(entry, edition=keying.edition, language=keying.language, by=by)
    return entry


def _check_second(entry: PaperEntry, *, edition: Edition, language: str, by) -> None:
    if entry.keyed_by_id == by.pk:
        raise NotAllowed(f"You have keyed number {entry.number} yourself. Another person must be the second to key it.")
    if (entry.edition_id, entry.language) != (edition.pk, language):
        raise NotAllowed(
            f"Number {entry.number} was begun as edition {entry.edition.number}, {LANGUAGES[entry.language]}. Look at "
            "the last page of the paper: choose the same, or delete what was keyed first."
        )


def _keep(wave: Wave, keying: Keying, *, by) -> None:
    PaperEntry.objects.create(
        wave=wave, number=keying.number, edition=keying.edition, language=keying.language, helper=keying.helper,
        told=keying.told, answers=dict(keying.answers), keyed_by=by,
    )  # fmt: skip
    if _is_first_today(wave, "responses.key_booklet", by):
        log(wave, "responses.key_booklet", user=by)


def _first(entry: PaperEntry) -> Keying:
    try:
        answers = entry.answers
    except CannotOpenWords as problem:
        raise NotAllowed(NOT_OPENED) from problem
    return Keying(entry.number, entry.edition, entry.language, entry.helper, entry.told, answers)


def _differing(first: Keying, second: Keying) -> tuple[str, ...]:
    around = tuple(code for code in (HELPER, TOLD) if first.read(code) != second.read(code))
    return (*around, *differing(first.instrument, first.answers, second.answers))


def _differences(codes: tuple[str, ...], entry: PaperEntry, second: Keying) -> tuple[Difference, ...]:
    first = _first(entry)
    return tuple(Difference(code, first.read(code), second.read(code)) for code in codes)


def _shown(wave: Wave, differences: tuple[Difference, ...], *, by) -> Outcome:
    """Looking is an action too."""
    log(wave, "responses.compare_booklet", user=by, data={"questions": len(differences)})
    return Outcome(Keyed.DIFFERS, differences)


def _settled(keying: Keying, differences: tuple[Difference, ...], decisions: Mapping[str, Decision]) -> Keying:
    """The reading decided for, checked again; what then lies off the route is dropped."""
    open_places = {difference.code: difference for difference in differences}
    for code in _not_looked_at(keying):
        open_places.setdefault(code, Difference(code, None, None))
    # What both read alike is not open, whatever a form says.
    decided = {code: decisions[code].of(place) for code, place in open_places.items() if code in decisions}
    return replace(
        keying,
        helper=_one_of(decided.pop(HELPER, keying.helper), Helper.values, HELPER),
        told=_one_of(decided.pop(TOLD, keying.told), Told.values, TOLD),
        answers=check_answers(keying.instrument, {**keying.answers, **decided}),
    )


def _one_of(value: object, allowed: list[str], code: str) -> str:
    if (value or Helper.NOT_SAID) not in allowed:
        raise InvalidAnswers({code: "Please choose one of the answers shown."})
    return str(value or Helper.NOT_SAID)


def _not_looked_at(keying: Keying) -> list[str]:
    """What was off the second person's route, so that what they keyed there was never kept."""
    items = keying.instrument.items
    looked_at = _asked(keying)
    return [item.code for item in items if item.code not in looked_at and item.kind is not Kind.INFORMATION]


def _asked(keying: Keying) -> set[str]:
    return {item.code for item in path(keying.instrument.items, keying.answers)} | {HELPER, TOLD}


def _undecided(
    keying: Keying, settled: Keying, differences: tuple[Difference, ...], decisions: Mapping[str, Decision]
) -> set[str]:
    """Where the paper still has to be looked at: what differs, and what comes onto the route by a decision."""
    codes = {*(difference.code for difference in differences), *_not_looked_at(keying)}
    return (codes & _asked(settled)) - decisions.keys()


def _again(
    keying: Keying, differences: tuple[Difference, ...], codes: set[str], entry: PaperEntry
) -> tuple[Difference, ...]:
    """What differs, and of the rest that had to be looked at, these: what is left out of the page is typed in vain."""
    shown = {difference.code for difference in differences}
    more = tuple(code for code in _not_looked_at(keying) if code in codes and code not in shown)
    return (*differences, *_differences(more, entry, keying))


def _recorded(wave: Wave, keying: Keying, entry: PaperEntry, *, by) -> Outcome:
    """Stores a response of its own, and forgets the number and who keyed it first, or neither happens."""
    response = new_response(
        uuid.uuid4(), wave=wave, edition=keying.edition, place=Place(wave.area_id, wave.service_id, wave.stage_id),
        answers=dict(keying.answers), language=keying.language, helper=keying.helper, told=keying.told,
        is_turned=False,
    )  # fmt: skip
    record(response, way=Way.PAPER)
    entry.delete()
    if _is_first_today(wave, "responses.record_booklet", by):
        log(wave, "responses.record_booklet", user=by)
    return Outcome(Keyed.RECORDED)


def _is_first_today(wave: Wave, action: str, by) -> bool:
    mine = ModelLogEntry.objects.get_for_model(Wave).filter(object_id=str(wave.pk), action=action, user=by)
    return not mine.filter(timestamp__date=timezone.localdate()).exists()
