"""What becomes of the worries of a lead who leaves: free again, and called anew."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from feedback.accounts.models import User
from feedback.safeguarding.concern_steps import take_step
from feedback.safeguarding.models import Concern, ConcernState
from feedback.safeguarding.rota import holds_throughout
from surveys.frame.models import Area


def free_what_was_left(*, by=None) -> int:
    """Frees the worries of leads who may not look any more; no person is behind the sweep, so `by` is empty."""
    held = Concern.objects.waiting().order_by()
    pairs = set(held.exclude(holder=None).values_list("area_id", "holder_id").distinct())
    pairs |= set(held.exclude(asked=None).values_list("area_id", "asked_id").distinct())
    areas = Area.objects.in_bulk({area_id for area_id, _ in pairs})
    people = User.objects.in_bulk({user_id for _, user_id in pairs})
    today = timezone.localdate()
    left = [
        (areas[area_id], people[user_id])
        for area_id, user_id in pairs
        if not holds_throughout(people[user_id], areas[area_id], today, today)
    ]
    return sum(_free(area, person) for area, person in left)


@transaction.atomic
def _free(area: Area, person: User) -> int:
    """Raises what they had again, which sets the alarm off; each step names from whom it was taken."""
    mine = Concern.objects.waiting().filter(area=area)
    mine.filter(asked=person).update(asked=None)
    held = list(mine.filter(holder=person).select_for_update())
    for concern in held:
        concern.holder, concern.status = None, Concern.Status.RAISED
        concern.save(update_fields=["holder", "status"])
        take_step(concern, ConcernState.Step.LEFT, by=person)
    return len(held)
