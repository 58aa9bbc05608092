"""Where a range is drawn on a line of two hundred units, with no style in the page."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def doubled(percent: int) -> int:
    """Where a percentage stands on the line."""
    return 2 * percent


@register.simple_tag
def width(low: int, high: int) -> int:
    """How wide a range is there; what has no width is still seen."""
    return max(2 * (high - low), 2)
