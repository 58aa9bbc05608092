"""The first day ahead on which nobody is on duty, of many areas at once: two queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import roles_with
from feedback.safeguarding.models import Duty
from feedback.safeguarding.rota import AHEAD, ONE_DAY, READS_CONCERNS
from surveys.frame.models import Area

# From a day to a day, or for good.
Held = tuple[date, date | None]


def first_gaps(areas: Collection[Area], today: date) -> dict[int, date]:
    """By area, the first day ahead on which nobody who may look is on duty; nothing where somebody always is."""
    last = today + (AHEAD - 1) * ONE_DAY
    duties = Duty.objects.filter(area__in=areas, lead__is_active=True).between(today, last)
    planned: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for area, lead, first, until in duties.values_list("area_id", "lead_id", "starts_on", "ends_on"):
        planned[area].append((lead, first, until))
    held = _held({lead for turns in planned.values() for lead, _, _ in turns}, today, last)
    ahead = [today + n * ONE_DAY for n in range(AHEAD)]
    found = {
        area.pk: next((day for day in ahead if not _somebody(planned[area.pk], held, area.pk, day)), None)
        for area in areas
    }
    return {area: day for area, day in found.items() if day}


def _held(leads: set[int], today: date, last: date) -> dict[tuple[int, int | None], list[Held]]:
    """When each of these people holds a role that may look, by area; nothing for an area stands for all."""
    found: dict[tuple[int, int | None], list[Held]] = defaultdict(list)
    rows = RoleHeld.objects.filter(Q(until=None) | Q(until__gte=today), user__in=leads, since__lte=last)
    rows = rows.filter(role__in=roles_with(READS_CONCERNS))
    for lead, area, since, until in rows.values_list("user_id", "area_id", "since", "until"):
        found[lead, area].append((since, until))
    return found


def _somebody(turns: list[tuple[int, date, date]], held: dict, area: int, day: date) -> bool:
    on_day = {lead for lead, first, until in turns if first <= day <= until}
    return any(
        since <= day and (until is None or day <= until)
        for lead in on_day
        for since, until in [*held.get((lead, area), ()), *held.get((lead, None), ())]
    )
