"""Naming somebody whom the children of a wave can choose to be heard by, and ending it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.fieldwork.hearers import NAME, Hearer
from surveys.fieldwork.models import Wave
from surveys.fieldwork.policies import check_hearer
from surveys.frame.policies import NotAllowed


@transaction.atomic
def name_hearer(wave: Wave, *, category: str, person, by) -> Hearer:
    """From now on whoever answers can choose this person; what was said before is not theirs to hear."""
    _begin(wave, by)
    check_hearer(wave, category, person)
    earlier = Hearer.objects.of(wave).filter(category=category).count()
    named = Hearer.objects.create(
        wave=wave, category=category, number=earlier + 1, person=person, named_by=by, since=timezone.localdate()
    )
    log(wave, "fieldwork.name_hearer", user=by, data={"category": category, "person": person.pk})
    return named


@transaction.atomic
def end_hearer(wave: Wave, code: str, *, by) -> None:
    """Nobody chooses this person any more, and they hear nothing more, also of what was said to them before."""
    _begin(wave, by)
    found = next((one for one in Hearer.objects.of(wave).named_now() if one.code == code), None)
    if found is None:
        raise NotAllowed("This has been ended already.")
    found.until = timezone.localdate()
    found.save(update_fields=["until"])
    log(wave, "fieldwork.end_hearer", user=by, data={"category": found.category, "person": found.person_id})


def _begin(wave: Wave, by) -> None:
    """Checks who it is; two at the same moment come one after the other."""
    if not by.has_perm(NAME, wave):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    wave.refresh_from_db(from_queryset=Wave.objects.select_for_update())
