"""The second person of a measure: reads what somebody proposed, and approves it or sends it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.releases.measure import Measure, MeasureState
from feedback.releases.measure_policies import check_as_it_is, check_is_in_use
from surveys.frame.policies import NotAllowed, check_may_move

APPROVE = "releases.approve_measure"
LONGEST_REASON = 500
STALE = "Somebody has changed this measure since you opened it. Read it again; nothing was decided."
OWN = "You proposed this, so someone else must read it."


@transaction.atomic
def approve_measure(measure: Measure, *, seen: int, by) -> None:
    """Lets everybody read what was proposed; `seen` is the number of the step that was read."""
    _begin(measure, Measure.Status.APPROVED, seen=seen, by=by)
    check_is_in_use(measure)
    for name, value in measure.waiting.items():
        setattr(measure, name, value)
    # A question may have gone since it was proposed.
    check_as_it_is(measure)
    measure.waiting, measure.is_approved = {}, True
    _move(measure, Measure.Status.APPROVED, by=by)
    log(measure, "releases.approve_measure", user=by, data={"code": measure.code})


@transaction.atomic
def return_measure(measure: Measure, *, reason: str, seen: int, by) -> None:
    """Sends what was proposed back, and says why; what was approved before stays as it is."""
    reason = " ".join(reason.split())
    if not reason or "\x00" in reason or len(reason) > LONGEST_REASON:
        raise NotAllowed(f"Say in a sentence of at most {LONGEST_REASON} characters why, so that it can be put right.")
    _begin(measure, Measure.Status.RETURNED, seen=seen, by=by)
    _move(measure, Measure.Status.RETURNED, reason=reason, by=by)
    log(measure, "releases.return_measure", user=by, data={"code": measure.code})


def _begin(measure: Measure, to: str, *, seen: int, by) -> None:
    if not by.has_perm(APPROVE, measure):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    # Somebody may change it at the same moment: what is decided on must be what was read.
    measure.refresh_from_db(from_queryset=Measure.objects.select_for_update(of=("self",)))
    check_may_move(measure.status, to, Measure.TRANSITIONS)
    if by.pk in measure.proposers():
        raise NotAllowed(OWN)
    if measure.step() != seen:
        raise NotAllowed(STALE)


def _move(measure: Measure, status: str, *, reason: str = "", by) -> None:
    measure.status = status
    measure.save()
    MeasureState.objects.create(measure=measure, status=status, by=by, on=timezone.localdate(), reason=reason)
