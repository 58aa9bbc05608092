"""How the sweep that erases is doing, for administrators: numbers of kinds, and of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from wagtail import hooks
from wagtail.models import ModelLogEntry

from feedback.privacy.retention import HOOK, SWEEP, Swept


@dataclass(frozen=True)
class Retention:
    """How the sweep is doing: when it ran last, what it erased then, and what is left for how long it may be."""

    swept_on: date | None = None
    erased: Mapping[str, int] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    left: tuple[Swept, ...] = ()

    def is_late(self, today: date) -> bool:
        """Whether a night went by without a sweep."""
        return self.swept_on is None or self.swept_on < today - timedelta(days=1)


def how_retention_goes() -> Retention:
    """For administrators: numbers of kinds, of all areas, and of nobody."""
    left = [
        Swept(kind, left=count(), why_left=why)
        for hook in hooks.get_hooks(HOOK)
        for kind, _, count, why in hook()
        if count
    ]
    waiting = tuple(one for one in left if one.left)
    entry = ModelLogEntry.objects.filter(action=SWEEP).order_by("-timestamp").first()
    if entry is None:
        return Retention(left=waiting)
    on = timezone.localdate(entry.timestamp)
    return Retention(on, entry.data.get("erased", {}), tuple(entry.data.get("failed", ())), waiting)
