"""The duty rota of an area: who is on duty on a day, and on which days nobody is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import roles_with
from feedback.safeguarding.models import Duty
from surveys.frame.models import Area

PLAN_DUTY = "safeguarding.plan_duty"
READS_CONCERNS = "safeguarding.read_concern"
AHEAD = 14
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rota:
    """What an area has planned from today on, and what is missing in the days ahead."""

    duties: tuple[Duty, ...]
    today: Duty | None
    gaps: tuple[tuple[date, date], ...]
    without_deputy: tuple[tuple[date, date], ...]
    ahead: int = AHEAD

    @property
    def is_empty(self) -> bool:
        """Whether nobody is planned at all."""
        return not self.duties

    @property
    def nobody_ahead(self) -> bool:
        """Whether nobody who may look is on duty on any of the days ahead."""
        return sum((last - first).days + 1 for first, last in self.gaps) >= self.ahead


def who_may_be_planned(area: Area, today: date) -> list[User]:
    """Those who may look at an area's worries today or later."""
    held = RoleHeld.objects.filter(
        Q(area=area) | Q(area=None), Q(until=None) | Q(until__gte=today), role__in=roles_with(READS_CONCERNS)
    )
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("username"))


def holds_throughout(person: User, area: Area, first: date, last: date) -> bool:
    """Whether somebody may look at an area's worries on every one of these days."""
    if not person.is_active:
        return False
    held = person.roles_held.filter(
        Q(area=area) | Q(area=None), Q(until=None) | Q(until__gte=first), role__in=roles_with(READS_CONCERNS),
        since__lte=last,
    )  # fmt: skip
    day = first
    for since, until in held.order_by("since").values_list("since", "until"):
        if since > day:
            return False
        if until is None:
            return True
        day = max(day, until + ONE_DAY)
    return day > last


def on_duty(area: Area, day: date) -> Duty | None:
    """Who is on duty in an area on a day; nobody if that person may not look any more."""
    return next(iter(_in_force(area, day, day).values()), None)


def rota_of(area: Area, today: date) -> Rota:
    """What is planned from today on."""
    last = today + timedelta(days=AHEAD - 1)
    duties = tuple(
        Duty.objects.filter(area=area, ends_on__gte=today).select_related("lead", "deputy", "manager", "area")
    )
    days = _in_force(area, today, last)
    ahead = [today + n * ONE_DAY for n in range(AHEAD)]
    return Rota(
        duties=duties,
        today=days.get(today),
        gaps=tuple(_runs(day for day in ahead if day not in days)),
        without_deputy=tuple(_runs(day for day in ahead if day in days and not _has_deputy(days[day], day))),
    )


def _in_force(area: Area, first: date, last: date) -> dict[date, Duty]:
    """Whoever is on duty, by day; a plan for somebody who has lost the role is none."""
    found: dict[date, Duty] = {}
    for duty in Duty.objects.filter(area=area).between(first, last).select_related("lead", "deputy", "manager", "area"):
        day = max(first, duty.starts_on)
        while day <= min(last, duty.ends_on):
            if holds_throughout(duty.lead, area, day, day):
                found[day] = duty
            day += ONE_DAY
    return found


def _has_deputy(duty: Duty, day: date) -> bool:
    return duty.deputy is not None and holds_throughout(duty.deputy, duty.area, day, day)


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Days in a row, as their first and last."""
    run: list[date] = []
    for day in days:
        if run and day != run[-1] + ONE_DAY:
            yield run[0], run[-1]
            run = []
        run.append(day)
    if run:
        yield run[0], run[-1]
