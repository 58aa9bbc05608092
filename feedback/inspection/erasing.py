"""Erases the sheets of samples: when no inspection needs them, and when somebody drawn takes their answers back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from feedback.anonymisation.actions import lock_areas
from feedback.inspection.models import Grant, InspectionSample, InspectionSampleQuerySet
from feedback.inspection.population import all_are_there
from surveys.frame.models import Area

# For questions about the report: as long as messages of people who asked for somebody are kept.
DAYS_AFTER = 28


def erase_old_sheets(*, by=None) -> int:
    """Erases sheets of areas whose last inspection was over 28 days ago; the sweep has no person behind it."""
    last_day = timezone.localdate() - timedelta(days=DAYS_AFTER)
    needing = Grant.objects.filter(area=OuterRef("area")).filter(
        Q(ended_on=None, until__gt=last_day) | Q(ended_on__gt=last_day)
    )
    old = InspectionSample.objects.filter(~Exists(needing), erased_on=None)
    areas = old.order_by("area_id").values_list("area_id", flat=True).distinct()
    return sum(_erase_in(pk) for pk in areas)


@transaction.atomic
def _erase_in(area_id: int) -> int:
    lock_areas({area_id})
    return _erase(InspectionSample.objects.filter(area=area_id))


def erase_if_taken_back(area_id: int) -> None:
    """Erases the sheets with somebody's answers on them as soon as those are erased; the area is locked meanwhile.

    All of them go: without one row each, they would show which were that person's, and what belongs together.
    """
    for sample in InspectionSample.objects.filter(area=area_id, erased_on=None).select_related("area"):
        if not all_are_there(sample):
            _erase(InspectionSample.objects.filter(pk=sample.pk))


def _erase(samples: InspectionSampleQuerySet) -> int:
    return samples.filter(erased_on=None).update(sheets=[], erased_on=timezone.localdate())


def erase_of(area: Area) -> None:
    """Everything that was drawn in a fictional area, when all its answers are erased."""
    InspectionSample.objects.filter(area=area).delete()
