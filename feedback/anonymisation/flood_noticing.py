"""Notices days on which more answers came openly than is plausible, and keeps those of a day put aside uncounted."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from feedback.anonymisation.floods import Flood, days_not_counted
from feedback.anonymisation.plausible import DAYS_TOGETHER, FEW, Day, in_tens, why_implausible
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.fieldwork.open_days import OpenDay
from surveys.frame.counts import newest_counts
from surveys.responses.models import Response

STATUS_OF = {Flood.Status.ASIDE: Response.Status.ASIDE, Flood.Status.LEFT_OUT: Response.Status.LEFT_OUT}
ACCEPTED = {Flood.Status.PLAUSIBLE, Flood.Status.COUNTED}
# So many times what somebody found plausible is not what they found plausible.
TIMES_PLAUSIBLE = 2


def notice_floods(*, by=None) -> int:
    """Looks at the days to which answers came since the last look; says how many a person should look at.

    No person is behind it, and it is not logged: an entry has a time, and the time is the children’s.
    """
    changed = OpenDay.objects.changed().select_related("wave__area").order_by("wave", "day")
    return sum(_look_at(day) for day in changed)


@transaction.atomic
def _look_at(day: OpenDay) -> bool:
    # Only what was counted is looked at: what came meanwhile is for the next look.
    OpenDay.objects.filter(pk=day.pk, answered=day.answered).update(is_looked_at=True)
    flood = Flood.objects.select_for_update().filter(wave=day.wave_id, day=day.day).first()
    if flood is not None:
        return _keep_up(flood, in_tens(day.answered))
    why = why_implausible(known_of(day)) if day.answered >= FEW else None
    if why is None:
        return False
    told = {"why": why, "at_least": in_tens(day.answered), "noticed_on": timezone.localdate()}
    Flood.objects.get_or_create(wave=day.wave, day=day.day, defaults=told)
    return True


def _keep_up(flood: Flood, at_least: int) -> bool:
    """Says how many came by now; of a day that was found plausible, notices again what is no more like that."""
    flood.at_least = max(flood.at_least, at_least)
    is_more = flood.plausible_at is not None and at_least > TIMES_PLAUSIBLE * flood.plausible_at
    is_noticed = flood.status == Flood.Status.PLAUSIBLE and is_more
    flood.status = Flood.Status.NOTICED if is_noticed else flood.status
    flood.save(update_fields=["at_least", "status"])
    return is_noticed


def known_of(day: OpenDay) -> Day:
    """What there is to compare a day with: the days before, without those put aside, and how many could be asked."""
    decided = dict(Flood.objects.filter(wave=day.wave_id).values_list("day", "status"))
    before = OpenDay.objects.before(day, since=day.day - timedelta(days=DAYS_TOGETHER - 1))
    found = {one.day: one.answered for one in before if decided.get(one.day) in {None, *ACCEPTED}}
    # What somebody found plausible is not held against the days after it.
    last_accepted = max((one for one in found if one in decided), default=None)
    together = sum(many for one, many in found.items() if last_accepted is None or one > last_accepted)
    return Day(day.answered, tuple(found.values()), together + day.answered, could_be_asked(day.wave))


def could_be_asked(wave: Wave) -> int | None:
    """How many people the frame counts for a wave, if somebody counted them."""
    if wave.area is None:
        return None
    counted = newest_counts(wave.area, instrument_of(wave.edition_id).audience.value)
    found = counted.get((wave.service_id, wave.stage_id))
    return found.children if found else None


def without_floods(responses: list[Response]) -> list[Response]:
    """Those that may be counted; the others get the status that was decided for their day. Under the areas’ lock."""
    days = days_not_counted({response.wave_id for response in responses})
    aside: dict[str, list] = {}
    for response in responses:
        if response.came_openly and (decided := days.get((response.wave_id, response.received_on))):
            aside.setdefault(STATUS_OF[Flood.Status(decided)], []).append(response.pk)
    for status, keys in aside.items():
        Response.objects.filter(pk__in=keys).update(status=status)
    left = {key for keys in aside.values() for key in keys}
    return [response for response in responses if response.pk not in left]
