"""Where a thing belongs: in one area, in all of them together, or (the question bank) in each."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from surveys.frame.models import Area

# A thing without an area of its own belongs where these belong, in this order.
THROUGH = (
    "care_council", "survey", "wave", "edition", "release", "window", "concern", "question",
)  # fmt: skip


def is_shared(thing: Any) -> bool:
    """Whether every area uses it alike, so that whoever may do something anywhere may do it here."""
    if hasattr(thing, "is_for_every_area"):
        return thing.is_for_every_area
    return any(is_shared(next_one) for next_one in _next(thing))


def area_of(thing: Any) -> int | None:
    """The id of the area a thing belongs to; nothing where it belongs to the nation."""
    if isinstance(thing, Area):
        return thing.pk
    if hasattr(thing, "area_id"):
        return thing.area_id
    for next_one in _next(thing):
        return area_of(next_one)
    return _area_of_page(thing) if isinstance(thing, Page) else None


def _next(thing: Any) -> list[Any]:
    """What it belongs to, if anything; an empty relation belongs nowhere."""
    found = [getattr(thing, name) for name in THROUGH if hasattr(thing, name)]
    return [one for one in found[:1] if one is not None]


def _area_of_page(page: Page) -> int | None:
    """The area of the nearest page above that says one, or the page's own where it is known only as a page."""
    here = page.specific
    if type(here) is not type(page):
        return area_of(here)
    for above in page.get_ancestors().order_by("-depth").specific():
        if hasattr(above, "area_id"):
            return above.area_id
    return None
