"""Who is on duty: planned, and taken off the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.accounts.models import User
from feedback.safeguarding.models import Duty
from feedback.safeguarding.rota import PLAN_DUTY, holds_throughout
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

LONGEST_DAYS = 92


@dataclass(frozen=True)
class Turn:
    """Who is to be on duty from a day to a day, before anything of it is checked."""

    lead: User
    starts_on: date
    ends_on: date
    deputy: User | None = None
    manager: User | None = None


@transaction.atomic
def plan_duty(area: Area, turn: Turn, *, by) -> Duty:
    """Puts somebody on duty; they and who stands behind them must hold the role here on each of the days."""
    _check_permission(by, area)
    # Two people may plan at the same moment; the second sees what the first planned.
    Area.objects.select_for_update().get(pk=area.pk)
    _check_days(turn)
    _check_people(area, turn)
    _check_nobody_else(area, turn)
    duty = Duty(area=area, lead=turn.lead, deputy=turn.deputy, manager=turn.manager)
    duty.starts_on, duty.ends_on = turn.starts_on, turn.ends_on
    duty.full_clean()
    duty.save()
    log(area, "safeguarding.plan_duty", user=by, data=_as_data(duty))
    return duty


@transaction.atomic
def remove_duty(duty: Duty, *, by) -> None:
    """Takes somebody off the plan."""
    _check_permission(by, duty.area)
    removed, _ = Duty.objects.filter(pk=duty.pk).delete()
    if not removed:
        raise NotAllowed("Somebody has taken this off the plan already.")
    log(duty.area, "safeguarding.remove_duty", user=by, data=_as_data(duty))


def _check_permission(by, area: Area) -> None:
    if not by.has_perm(PLAN_DUTY, area):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")


def _check_days(turn: Turn) -> None:
    if turn.ends_on < turn.starts_on:
        raise ValidationError({"ends_on": "The last day is before the first."})
    if turn.ends_on < timezone.localdate():
        raise ValidationError({"ends_on": "These days are over. Plan from today on."})
    if (turn.ends_on - turn.starts_on).days >= LONGEST_DAYS:
        raise ValidationError({"ends_on": f"Plan {LONGEST_DAYS} days at most in one go."})


def _check_people(area: Area, turn: Turn) -> None:
    named = {"lead": turn.lead, "deputy": turn.deputy, "manager": turn.manager}
    people = [person for person in named.values() if person]
    if len({person.pk for person in people}) < len(people):
        raise ValidationError({"deputy": "Lead, deputy and manager must be different people."})
    for place, person in named.items():
        if person and not holds_throughout(person, area, turn.starts_on, turn.ends_on):
            raise ValidationError(
                {place: f"{person} is not a safeguarding lead of {area.name} on each of these days. Choose others."}
            )


def _check_nobody_else(area: Area, turn: Turn) -> None:
    planned = Duty.objects.filter(area=area).between(turn.starts_on, turn.ends_on).select_related("lead").first()
    if planned:
        raise ValidationError(
            {
                "starts_on": f"{planned.lead} is on duty from {planned.starts_on} to {planned.ends_on}. "
                "Take that off the plan first, or choose other days."
            }
        )


def _as_data(duty: Duty) -> dict[str, object]:
    people = {name: getattr(duty, f"{name}_id") for name in ("lead", "deputy", "manager")}
    return {**people, "starts_on": str(duty.starts_on), "ends_on": str(duty.ends_on)}
