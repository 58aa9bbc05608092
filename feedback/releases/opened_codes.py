"""How often codes were opened, as it is published: months of all areas, quarters of each, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import models
from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.instrument.promises import TABLE

MONTHS_SHOWN, QUARTERS_SHOWN = 12, 4


class OpenedCodes(models.Model):
    """What was published of one month of all areas, or of one quarter of one area; it is never changed."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "first_day", "last_day", "said"}

    # Empty: of all areas.
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    said = models.CharField(max_length=30)

    class Meta:
        ordering = ["-first_day", "area"]
        constraints = [models.UniqueConstraint(Coalesce("area", 0), "first_day", name="opened_codes_said_once")]


def asked_under_it() -> models.QuerySet[Wave]:
    """The waves whose respondents can be found by the number of their card."""
    keeping = [promise for promise, terms in TABLE.items() if terms.keeps_card]
    waves = Wave.objects.filter(edition__document__promise__in=keeping, edition__document__terms__gte=1)
    return waves.exclude(opened_on=None).exclude(area=None)


def began_in() -> dict[int | None, date]:
    """From which day on each area asked under this promise, and the first of all under no key."""
    began = dict(asked_under_it().order_by().values_list("area").annotate(Min("opened_on")))
    return {**began, None: min(began.values())} if began else {}


def months(first: date, before: date) -> Iterator[tuple[date, date]]:
    """First and last day of each month that is over, from that of the first day on."""
    yield from _periods(first.replace(day=1), before, 1)


def quarters(first: date, before: date) -> Iterator[tuple[date, date]]:
    """The same of quarters."""
    yield from _periods(date(first.year, 3 * ((first.month - 1) // 3) + 1, 1), before, 3)


def _periods(first: date, before: date, length: int) -> Iterator[tuple[date, date]]:
    while (following := _months_on(first, length)) <= before:
        yield first, following - timedelta(days=1)
        first = following


def _months_on(day: date, many: int) -> date:
    year, month = divmod(day.month - 1 + many, 12)
    return date(day.year + year, month + 1, 1)


def published_of(area: Area | None) -> dict[str, list[OpenedCodes]]:
    """What a page shows: the last months of all areas, and the last quarters of its own."""
    months = OpenedCodes.objects.filter(area=None).values("pk")[:MONTHS_SHOWN]
    quarters = OpenedCodes.objects.filter(~Q(area=None), area=area).values("pk")[:QUARTERS_SHOWN]
    rows = list(OpenedCodes.objects.filter(Q(pk__in=months) | Q(pk__in=quarters)))
    return {"months": [row for row in rows if row.area_id is None], "quarters": [row for row in rows if row.area_id]}
