"""By when somebody has to have looked at a worry, in the words of the desk; no time of day is kept on it.

The clock of *now* runs day and night, that of *soon* while the area's office is open. The moment is worked out when the
sweep first sees a worry, and only its day is stored: a time would say when a child answered. While nobody has looked,
the alarm knows the minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from feedback.safeguarding.models import Alarm, Concern
from feedback.safeguarding.screening import Severity
from feedback.safeguarding.working_time import (
    WorkingHours,
    after_working_minutes,
    bank_holidays,
    is_weekday,
    working_days_after,
    working_days_back,
    working_minutes_between,
)
from surveys.frame.models import Area

MINUTES = 60


def hours_of(area: Area) -> WorkingHours:
    """When the office of an area is open."""
    return WorkingHours(area.opens_at, area.closes_at, bank_holidays(area.nation))


def _working_days(nation: str) -> Callable[[date], bool]:
    closed_on = bank_holidays(nation)
    return lambda day: is_weekday(day) and day not in closed_on


def age_in_working_days(nation: str, day: date, today: date) -> int:
    """How many working days of a nation old something is that came on a day."""
    return working_days_after(day, today, _working_days(nation))


def last_day_in_time(nation: str, today: date) -> date:
    """The earliest day of which a text is not overdue today: what came before is older than one working day."""
    return working_days_back(today, 1, _working_days(nation))


def due_at(area: Area, severity: str, since: datetime) -> datetime:
    """The moment by which an area wants to have looked at what came at another."""
    if severity == Severity.NOW:
        return since + timedelta(minutes=area.now_minutes)
    return after_working_minutes(since, area.soon_hours * MINUTES, hours_of(area))


def minutes_passed(area: Area, severity: str, since: datetime, now: datetime) -> int:
    """How far the clock of an area has come: all minutes of what may be danger now, working minutes otherwise."""
    if severity == Severity.NOW:
        return (now - since) // timedelta(minutes=1)
    return working_minutes_between(since, now, hours_of(area))


def call_steps(area: Area, severity: str) -> tuple[int, int, int]:
    """After how many minutes of its clock the one on duty, the deputy and the manager are called."""
    if severity == Severity.NOW:
        return 0, area.now_deputy_minutes, area.now_manager_minutes
    return 0, area.soon_deputy_hours * MINUTES, area.soon_manager_hours * MINUTES


@transaction.atomic
def start_clocks(now: datetime) -> int:
    """Gives every worry that has none the day by which it is due; how many. One query for each area and severity."""
    without = Concern.objects.waiting().filter(due_on=None).order_by()
    found = set(without.values_list("area_id", "severity").distinct())
    areas = Area.objects.in_bulk({area_id for area_id, _ in found})
    return sum(
        without.filter(area=area_id, severity=severity).update(
            due_on=timezone.localdate(due_at(areas[area_id], severity, now))
        )
        for area_id, severity in found
    )


@dataclass(frozen=True)
class Due:
    """By when something is due, as a sentence, and whether that is over."""

    words: str
    is_overdue: bool = False


class Clocks:
    """The clocks of a page of worries: asks for the alarms once, and for nothing of each worry."""

    def __init__(self, concerns: Iterable[Concern], now: datetime) -> None:
        self.now = now
        areas = {concern.area_id: concern.area for concern in concerns}
        alarms = Alarm.objects.filter(area__in=areas)
        self._until = {
            (alarm.area_id, alarm.severity): due_at(areas[alarm.area_id], alarm.severity, alarm.since)
            for alarm in alarms
        }

    def of(self, concern: Concern) -> Due:
        """By when one worry is due."""
        if concern.due_on is None:
            return Due("Its clock starts within a minute.")
        today = timezone.localdate(self.now)
        if concern.due_on < today:
            return Due(f"Overdue since {_day(concern.due_on)}.", is_overdue=True)
        until = self._until.get((concern.area_id, concern.severity))
        if concern.status == Concern.Status.RAISED and concern.due_on == today and until:
            return self._by_the_minute(until)
        return Due("Due by the end of today." if concern.due_on == today else f"Due by {_day(concern.due_on)}.")

    def _by_the_minute(self, until: datetime) -> Due:
        """While nobody has looked: as soon as what has waited longest in the area is due."""
        if until <= self.now:
            return Due("Overdue: nobody has looked in time.", is_overdue=True)
        if timezone.localdate(until) > timezone.localdate(self.now):
            return Due("Due by the end of today.")
        return Due(f"Due by {timezone.localtime(until):%H:%M} today.")


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
