"""When cards may be printed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from surveys.fieldwork.models import Reminder, Wave
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

CARDS_ON_A_SHEET = 10
MOST_CARDS = 24 * CARDS_ON_A_SHEET
DAYS_BEFORE = {Reminder.Step.TWO_WEEKS: 14, Reminder.Step.THREE_DAYS: 3}


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
