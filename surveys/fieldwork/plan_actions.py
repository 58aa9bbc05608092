"""The days of a wave: said by an officer, and kept by a program."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.fieldwork.models import Wave
from surveys.fieldwork.policies import can_be_heard, check_days


@transaction.atomic
def plan_days(wave: Wave, *, opens_on: date | None, ends_on: date | None, by) -> None:
    """Says on which day a wave opens by itself, and which is its last; empty is by hand."""
    if not by.has_perm("fieldwork.plan_wave", wave):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    wave.refresh_from_db(from_queryset=Wave.objects.select_for_update())
    if wave.status == Wave.Status.PLANNED:
        wave.opens_on = opens_on
    wave.ends_on = ends_on
    check_days(wave)
    wave.save(update_fields=["opens_on", "ends_on"])
    days = {"opens_on": str(wave.opens_on or ""), "ends_on": str(ends_on or "")}
    log(wave, "fieldwork.plan_days", user=by, data=days)


@transaction.atomic
def follow_plans(*, today: date | None = None, by=None) -> tuple[int, int]:
    """Opens and closes what was planned to be by now, and says how many of each; no person is behind it.

    An officer who may plan a wave said so before; the log names the program. Harmless to run twice.
    """
    today = today or timezone.localdate()
    due = Wave.objects.to_open_on(today).select_for_update(of=("self",))
    # What cannot be opened by hand does not open by itself; it stays planned until somebody is named.
    opened = [wave for wave in due if can_be_heard(wave)]
    for wave in opened:
        wave.status, wave.opened_on = Wave.Status.OPEN, today
        wave.save(update_fields=["status", "opened_on"])
        log(wave, "fieldwork.open_wave", user=by)
    closed = list(Wave.objects.to_close_on(today).select_for_update(of=("self",)))
    for wave in closed:
        wave.status, wave.closed_on = Wave.Status.CLOSED, today
        wave.save(update_fields=["status", "closed_on"])
        log(wave, "fieldwork.close_wave", user=by)
    return len(opened), len(closed)
