"""Time in which an office is open: pure arithmetic over weekdays, bank holidays and changes of the clock.

Moments are aware datetimes; minutes are whole and are counted as they pass, so that an hour is sixty of them also on
the two Sundays on which the clock changes. A working day is Monday to Friday without the bank holidays of the nation
(https://www.gov.uk/bank-holidays, as the library `holidays` has them).
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
SATURDAY = 5
LONDON = ZoneInfo("Europe/London")


@cache
def bank_holidays(nation: str) -> Container[date]:
    """The bank holidays of ENG, WLS, SCT or NIR, of whichever year is asked for."""
    return holidays.country_holidays("GB", subdiv=nation)


def is_weekday(day: date) -> bool:
    """Whether a day is one of Monday to Friday."""
    return day.weekday() < SATURDAY


@dataclass(frozen=True)
class WorkingHours:
    """When an office is open: the same hours on every working day, by the clock on the wall."""

    opens: time
    closes: time
    closed_on: Container[date] = field(default_factory=frozenset)
    zone: ZoneInfo = LONDON

    def __post_init__(self) -> None:
        """Refuses an office that is never open, in which no time would ever pass."""
        if self.opens >= self.closes:
            raise ValueError("An office opens before it closes.")

    def is_working_day(self, day: date) -> bool:
        """Whether the office is open on this day."""
        return is_weekday(day) and day not in self.closed_on

    def open_on(self, day: date) -> tuple[datetime, datetime]:
        """From when to when the office is open on a working day, in UTC."""
        opens, closes = (
            datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC) for at in (self.opens, self.closes)
        )
        return opens, closes

    def day_of(self, moment: datetime) -> date:
        """The day of a moment, by the clock on the wall."""
        return moment.astimezone(self.zone).date()

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open at a moment."""
        day = self.day_of(moment)
        opens, closes = self.open_on(day)
        return self.is_working_day(day) and opens <= moment < closes


def after_working_minutes(start: datetime, minutes: int, hours: WorkingHours) -> datetime:
    """The moment at which so many working minutes have passed since the start (0: the start itself), in UTC.

    What ends with the office's day ends then, and not when it opens again.
    """
    moment, left = start.astimezone(UTC), timedelta(minutes=minutes)
    if not minutes:
        return moment
    day = hours.day_of(moment)
    while True:
        if hours.is_working_day(day):
            opens, closes = hours.open_on(day)
            begins = max(opens, moment)
            if closes - begins >= left:
                return begins + left
            left -= max(closes - begins, timedelta(0))
        day += ONE_DAY


def working_minutes_between(start: datetime, end: datetime, hours: WorkingHours) -> int:
    """How many whole working minutes pass from the start to the end; none if the end is before the start."""
    passed, day, last = timedelta(0), hours.day_of(start), hours.day_of(end)
    while day <= last:
        if hours.is_working_day(day):
            opens, closes = hours.open_on(day)
            passed += max(min(closes, end) - max(opens, start), timedelta(0))
        day += ONE_DAY
    return passed // ONE_MINUTE


def working_days_after(first: date, last: date, is_working_day: Callable[[date], bool]) -> int:
    """How many working days there are after the first day, up to and with the last: the age of something in days."""
    return sum(is_working_day(first + n * ONE_DAY) for n in range(1, (last - first).days + 1))


def working_days_back(today: date, days: int, is_working_day: Callable[[date], bool]) -> date:
    """The earliest day that is so many working days old today, and not more."""
    day, seen = today, 0
    while True:
        seen += is_working_day(day)
        if seen > days:
            return day
        day -= ONE_DAY
