"""How long something on the board has waited, in days."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import timezone

from feedback.promises.blockages import Blockage

register = template.Library()


@register.filter
def days_ago(day: date) -> int:
    """How many days ago a day was."""
    return (timezone.localdate() - day).days


@register.filter
def late(blockage: Blockage) -> int:
    """For how many days it should have been done."""
    return blockage.days_late(timezone.localdate())
