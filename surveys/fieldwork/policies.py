"""When cards may be printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.fieldwork.hearers import Hearer, hearers_of, may_hear
from surveys.fieldwork.models import Reminder, Wave
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.alike import asked_alike_in
from surveys.instrument.document import Instrument
from surveys.instrument.hearers import HEARERS
from surveys.instrument.promises import Terms, Way, promise_problems, terms_of

CARDS_ON_A_SHEET = 10
MOST_CARDS = 24 * CARDS_ON_A_SHEET
DAYS_BEFORE = {Reminder.Step.TWO_WEEKS: 14, Reminder.Step.THREE_DAYS: 3}


def check_way_in(instrument: Instrument, way: Way) -> Terms:
    """What the promise of an edition means; refuses a way in that it does not have."""
    terms = terms_of(instrument.kept_promise)
    if way not in terms.ways:
        raise NotAllowed(f"Answers under the promise “{terms.name}” come {_only_so(terms)}")
    return terms


def _only_so(terms: Terms) -> str:
    """Which ways in a promise leaves, and why, as the rest of a sentence."""
    if terms.keeps_hearers:
        return (
            "by the address of the wave or with a card, because whoever answers chooses on the screen who may hear it. "
            "This way in is closed for this survey."
        )
    return (
        "only with a card of their own, because its number is how somebody who is not safe is found. "
        "This way in is closed for this survey."
    )


def check_somebody_hears(wave: Wave) -> None:
    """Refuses to ask anybody to choose who hears them where nobody who may hear has been named."""
    if not terms_of(instrument_of(wave.edition_id).kept_promise).keeps_hearers:
        return
    if wave.area is None:
        raise NotAllowed("A wave under the promise “My person” is of one area. Plan it there.")
    if not hearers_of(wave):
        raise NotAllowed(
            "Under the promise “My person” a child chooses who may hear them, and nobody is named who may. "
            "Name at least one person who works in this area and may hear conversations; then open the wave."
        )


def can_be_heard(wave: Wave) -> bool:
    """Whether nobody would be asked to choose among nobody."""
    try:
        check_somebody_hears(wave)
    except NotAllowed:
        return False
    return True


def check_hearer(wave: Wave, category: str, person) -> None:
    """Refuses somebody for whom this wave has no place, or whom the child could not be heard by."""
    if not terms_of(instrument_of(wave.edition_id).kept_promise).keeps_hearers:
        raise NotAllowed("Only a wave under the promise “My person” has people whom a child can choose.")
    if wave.status == Wave.Status.CLOSED:
        raise NotAllowed("This wave is closed, so nobody chooses any more who hears them.")
    if category not in HEARERS:
        raise NotAllowed("Choose what this person is to the child.")
    if person is None or not may_hear(person, wave):
        raise NotAllowed(
            "This person may not hear conversations in this area. Ask an administrator for the role first."
        )
    if Hearer.objects.of(wave).named_now().filter(category=category).exists():
        raise NotAllowed(
            "Somebody is named for this already, and a child cannot tell two apart. End that first, or plan a wave of "
            "its own for the children of each worker."
        )


def check_promise_is_kept(instrument: Instrument) -> None:
    """Refuses to ask anybody under a promise that cannot be kept."""
    for problem in promise_problems(instrument.kept_promise, instrument.kind, instrument.audience):
        raise NotAllowed(problem)


def check_same_promise(before: Instrument, after: Instrument) -> None:
    """Refuses that a wave goes on under another promise than it began with, or with other words about it."""
    if _promised(before) != _promised(after):
        raise NotAllowed(
            "The newer edition promises something else, or says it in other words. Nobody changes a promise that was "
            "given: plan a wave of its own for it."
        )


def check_asks_nothing_twice(wave: Wave, edition: Edition) -> None:
    """Refuses that the same people are asked one thing under two codes in a year: figures carry so many looks only."""
    instrument = instrument_of(edition.pk)
    if not instrument.is_counted:
        return
    for other in _beside(wave):
        theirs = instrument_of(other.edition_id)
        if not theirs.is_counted or theirs.audience is not instrument.audience:
            continue
        for one, same, is_same in asked_alike_in(instrument.items, theirs.items):
            if is_same:
                raise NotAllowed(
                    f"{one.code} asks what {same.code} asks of the same people in “{other.name}” this year already: "
                    "two looks at one answer, where figures carry one. Give both the same code, or leave one out."
                )


def _beside(wave: Wave) -> Iterable[Wave]:
    """The other waves whose answers of this year may come from the same people."""
    earlier = Q(status=Wave.Status.CLOSED) & ~Q(closed_on__year=timezone.localdate().year)
    others = Wave.objects.exclude(pk=wave.pk).exclude(earlier)
    return others if wave.area_id is None else others.filter(Q(area=wave.area_id) | Q(area=None))


def _promised(instrument: Instrument) -> tuple:
    """What was promised: the words in the languages that both may have are compared as a whole."""
    return instrument.kept_promise, instrument.terms, dict(instrument.promise_added)


def reminder_due(wave: Wave, today: date) -> str | None:
    """Which reminder of a wave's end is due on a day, if one is; whether it was sent is not asked."""
    left = wave.days_left(today)
    if left is None or not 0 <= left <= DAYS_BEFORE[Reminder.Step.TWO_WEEKS]:
        return None
    return Reminder.Step.THREE_DAYS if left <= DAYS_BEFORE[Reminder.Step.THREE_DAYS] else Reminder.Step.TWO_WEEKS


def check_end(wave: Wave) -> None:
    """Refuses a last day that is over: the wave would close by itself at once."""
    if wave.ends_on and wave.ends_on < timezone.localdate():
        raise NotAllowed("The last day is over. Choose today or a later day as the last one.")


def check_days(wave: Wave) -> None:
    """Refuses days on which nothing would happen any more, an end before the beginning, and any day of what is over."""
    today = timezone.localdate()
    if wave.status == Wave.Status.CLOSED:
        raise NotAllowed("This wave is closed. Plan another one for other days.")
    if wave.status == Wave.Status.PLANNED and wave.opens_on and wave.opens_on < today:
        raise NotAllowed("The day on which it opens is over. Choose today or a later day.")
    check_end(wave)
    if wave.opens_on and wave.ends_on and wave.ends_on < wave.opens_on:
        raise NotAllowed("The last day is before the day on which it opens. Change one of them.")


def check_is_in_no_pack(wave: Wave) -> None:
    """Refuses cards that would open one of the two times only."""
    if wave.has_cards_of_a_pack:
        raise NotAllowed("One card opens both times of this pack. Print its cards under Before and after.")


def check_sheet(wave: Wave, *, cards: int, area: Area, expires_on: date) -> None:
    """Refuses cards for a closed wave, for another area, for yesterday, or more than anybody can cut out."""
    if wave.status == Wave.Status.CLOSED:
        raise NotAllowed("This wave is closed, so no card would open it.")
    if wave.area_id and wave.area_id != area.pk:
        raise NotAllowed(f"This wave is in {wave.area.name}, so its cards are for there.")
    if not 1 <= cards <= MOST_CARDS:
        raise NotAllowed(f"Say how many cards are to be made: 1 to {MOST_CARDS}.")
    if expires_on <= timezone.localdate():
        raise NotAllowed("The last day of the cards must be after today.")
