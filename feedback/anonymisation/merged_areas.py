"""Where the answers of an area that became part of another are counted, and under which code a service of it."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.frame.models import Area, Service


def merged_areas() -> dict[int, int]:
    """Which area each area that became part of another went into."""
    return dict(Area.objects.exclude(merged_into=None).values_list("pk", "merged_into"))


def counted_in(area_id: int, merged: Mapping[int, int]) -> int:
    """The area in which answers of an area are counted: itself, or the one it is part of by now."""
    while area_id in merged:
        area_id = merged[area_id]
    return area_id


def carried_code(old: Area, code: str) -> str:
    """The code of a service of an area that goes into another, where that one has another service of this code."""
    return f"{old.code}-{code}"[:63]


def services_where_counted(merged: Mapping[int, int]) -> dict[int, str]:
    """The code under which each service is counted, by its number."""
    codes = set(Service.objects.values_list("area_id", "code"))
    found = {}
    for service in Service.objects.select_related("area"):
        code, area = service.code, service.area
        # In the order in which the areas merged, because a service may be carried more than once.
        while area.pk in merged:
            carried = carried_code(area, code)
            code = carried if (merged[area.pk], carried) in codes else code
            area = Area.objects.get(pk=merged[area.pk])
        found[service.pk] = code
    return found
