"""How many children could be asked, as the frame counts them: the newest count of each part, with its source."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from surveys.frame.models import Area, JourneyStage, Stratum

# The ids of a service and of a stage; nothing where a count is of all of them.
Part = tuple[int | None, int | None]


def newest_counts(area: Area, audience: str) -> dict[Part, Stratum]:
    """The newest count of each part of an area, for one audience.

    A count of all ages says nothing about one of them, so it is left out; a sum is nowhere made, because a child who
    meets two teams would be counted twice.
    """
    counts = Stratum.objects.filter(area=area, audience=audience).order_by("counted_on")
    return {(one.service_id, one.stage_id): one for one in counts.select_related("service", "stage")}


def newest_counts_of(areas: Iterable[Area]) -> dict[tuple[int, str, Part], Stratum]:
    """The same of several areas and every audience at once, by the area's id, the audience and the part."""
    counts = Stratum.objects.filter(area__in=list(areas)).exclude(audience="").order_by("counted_on")
    return {(one.area_id, one.audience, (one.service_id, one.stage_id)): one for one in counts}


def every_count(area: Area) -> QuerySet[Stratum]:
    """All counts of an area, the newest first."""
    found = Stratum.objects.filter(area=area).select_related("service", "stage")
    return found.order_by("-counted_on", "audience", "service__name", "stage__position")


def every_stage() -> QuerySet[JourneyStage]:
    """The steps of the journey, which all areas share."""
    return JourneyStage.objects.all()
