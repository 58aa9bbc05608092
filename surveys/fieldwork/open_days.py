"""How many answers a wave gets in a day by the ways that anybody may take, so that a flood of them is noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from surveys.fieldwork.models import Wave


class OpenDayQuerySet(models.QuerySet["OpenDay"]):
    """Ways to reach days."""

    def changed(self) -> OpenDayQuerySet:
        """Those to which answers came since somebody last looked whether so many are plausible."""
        return self.filter(is_looked_at=False)

    def before(self, day: OpenDay, *, since: date) -> OpenDayQuerySet:
        """The days of the same wave before this one, from another on."""
        return self.filter(wave=day.wave_id, day__lt=day.day, day__gte=since)


class OpenDay(models.Model):
    """How many came openly to one wave on one day: a number, of which nothing says who or from where."""

    class Privacy:
        why = "So that a flood of invented answers is noticed, without keeping anything that tells people apart."
        kept = "Until its wave takes no more answers."
        scrub = "rows"
        personal = {"answered": "How many answered on a day. Shown to nobody; told of a flood in tens only."}
        plain = {"id", "wave", "day", "is_looked_at"}

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="open_days", db_index=False)
    day = models.DateField()
    answered = models.PositiveIntegerField(default=0)
    is_looked_at = models.BooleanField(default=False)

    objects = OpenDayQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["wave"], name="open_day_changed", condition=Q(is_looked_at=False))]
        constraints = [models.UniqueConstraint(fields=["wave", "day"], name="open_day_once")]


def add_to_days(came: Iterable[tuple[int, date]]) -> None:
    """Counts answers by their wave and day, in the transaction in which each is screened, so that each counts once."""
    # In one order, so that two sweeps do not wait for each other.
    for (wave, day), many in sorted(Counter(came).items()):
        row, _ = OpenDay.objects.get_or_create(wave_id=wave, day=day)
        OpenDay.objects.filter(pk=row.pk).update(answered=F("answered") + many, is_looked_at=False)
