"""Publishes how often codes were opened; no person decides whether, so that no month can be left out."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from feedback.anonymisation.opened_codes import codes_opened
from feedback.disclosure.openings import said_of_all, said_of_area
from feedback.releases.opened_codes import OpenedCodes, asked_under_it, began_in, months, quarters


@transaction.atomic
def publish_opened_codes(*, by=None) -> int:
    """Says of every month and quarter that is over how often codes were opened, once and for good.

    How many were said now. No person is behind the sweep, so `by` is empty; harmless to run twice.
    """
    today, said = timezone.localdate(), 0
    for area_id, began in began_in().items():
        for first, last in (months if area_id is None else quarters)(began, today):
            said += _say(area_id, first, last)
    return said


def _say(area_id: int | None, first: date, last: date) -> bool:
    if OpenedCodes.objects.filter(area=area_id, first_day=first).exists():
        return False
    opened = codes_opened(first, last)
    if area_id is None:
        areas = asked_under_it().filter(opened_on__lte=last).order_by().values("area").distinct().count()
        words = said_of_all(sum(opened.values()), areas=areas)
    else:
        words = said_of_area(opened.get(area_id, 0))
    OpenedCodes.objects.create(area_id=area_id, first_day=first, last_day=last, said=words)
    return True
