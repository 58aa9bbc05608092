"""Which promises wait for somebody: their own that are due, and, for board officers, those nobody answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from feedback.promises.models import KEEP, OWN, PROMISE, Promise, PromiseDoubt
from feedback.promises.policies import has_left
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
    of_areas = Promise.objects.visible_to(user, KEEP).open().select_related("area__merged_into", "owner")
    doubts = PromiseDoubt.objects.filter(ended_on=None, promise__in=own | Promise.objects.visible_to(user, KEEP))
    areas = Area.objects.visible_to(user, PROMISE).filter(merged_into=None)
    left = [one for one in of_areas if has_left(one)]
    return PromisesWaiting(
        late=own.overdue(today).count(),
        soon=own.open().filter(due_on__gte=today, due_on__lte=today + SOON).count(),
        without_owner=len(left),
        doubted=doubts.count(),
        unanswered=sum(len(unanswered(area, today=today)) for area in areas),
    )
