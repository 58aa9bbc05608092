"""Which promises wait for somebody: their own that are due, and, for board officers, those nobody answers for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from feedback.accounts.rights import people_with
from feedback.promises.models import KEEP, OWN, PROMISE, Promise, PromiseDoubt
from feedback.promises.unanswered import unanswered
from surveys.frame.models import Area

SOON = timedelta(days=7)


@dataclass(frozen=True)
class PromisesWaiting:
    """How many of each kind wait for one person."""

    late: int = 0
    soon: int = 0
    without_owner: int = 0
    doubted: int = 0
    unanswered: int = 0

    @property
    def any(self) -> bool:
        """Whether anything waits."""
        return any((self.late, self.soon, self.without_owner, self.doubted, self.unanswered))


def promises_waiting(user, *, today: date | None = None) -> PromisesWaiting:
    """What waits for a person: as owner, as board officer, and as one who promises."""
    today = today or timezone.localdate()
    own = Promise.objects.visible_to(user, OWN).owned_by(user)
    of_areas = list(Promise.objects.visible_to(user, KEEP).open().select_related("area__merged_into"))
    doubts = PromiseDoubt.objects.filter(ended_on=None, promise__in=own | Promise.objects.visible_to(user, KEEP))
    areas = Area.objects.visible_to(user, PROMISE).filter(merged_into=None)
    return PromisesWaiting(
        late=own.overdue(today).count(),
        soon=own.open().filter(due_on__gte=today, due_on__lte=today + SOON).count(),
        without_owner=_without_owner(of_areas),
        doubted=doubts.count(),
        unanswered=sum(len(unanswered(area, today=today)) for area in areas),
    )


def _without_owner(promises: Iterable[Promise]) -> int:
    """How many have an owner who does not work there any more; who does is asked once for each area."""
    owners: dict[int, set[int]] = {}
    for one in promises:
        place = one.place
        if place.pk not in owners:
            owners[place.pk] = set(people_with([OWN], where=place).values_list("pk", flat=True))
    return sum(one.owner_id not in owners[one.place.pk] for one in promises)
