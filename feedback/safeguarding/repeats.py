"""Worries about the same setting: counted and linked because a lead said so, never by what was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from feedback.safeguarding.models import Concern, Setting
from feedback.safeguarding.rota import READS_CONCERNS

# A year, so that a school's whole year and the same season of the year before are in it.
DAYS_LINKED = 365
MOST_LINKED = 20


@dataclass(frozen=True)
class Repeats:
    """How many other worries of the same setting there were in the past year, and those this person may open."""

    many: int
    seen: tuple[Concern, ...]


def repeats_of(concern: Concern, *, by) -> Repeats:
    """The other worries of the past twelve months that leads said are about the same setting."""
    if concern.setting_id is None:
        return Repeats(0, ())
    since = timezone.localdate() - timedelta(days=DAYS_LINKED)
    others = Concern.objects.filter(setting=concern.setting_id, raised_on__gte=since).exclude(pk=concern.pk)
    seen = others & Concern.objects.visible_to(by, READS_CONCERNS)
    return Repeats(others.count(), tuple(seen.order_by("-raised_on", "pk")[:MOST_LINKED]))


def settings_to_choose(concern: Concern) -> list[Setting]:
    """The settings of the area that are in use, and the one this worry has."""
    found = Setting.objects.filter(area=concern.area_id).order_by("name")
    return [one for one in found if not one.is_closed or one.pk == concern.setting_id]
