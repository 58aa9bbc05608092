"""What administrators decide about their area: how it looks, who is called, which languages, how long answers stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from wagtail.log_actions import log

from surveys.frame.clocks import CLOCK_FIELDS
from surveys.frame.logos import forget_logo, keep_logo
from surveys.frame.models import Area, HelpNumber
from surveys.frame.policies import NotAllowed

# Every screen of a survey carries them, and its first must arrive within 14 KB.
MOST_HELP_NUMBERS = 6
SETTINGS = (
    "known_as", "welcome", "accent", "contact_name", "contact_email", "contact_phone", "safeguarding_email",
    "languages", "retention_days", *CLOCK_FIELDS,
)  # fmt: skip


def _check_permission(by, area: Area) -> None:
    if not by.has_perm("frame.write", area):
        raise PermissionDenied("Only an administrator of this area may do this.")


@transaction.atomic
def change_area(area: Area, changes: Mapping[str, object], *, by) -> list[str]:
    """Changes settings of an area, and no other field; gives the names of those that were different before."""
    _check_permission(by, area)
    area = Area.objects.select_for_update().get(pk=area.pk)
    changed = [name for name in SETTINGS if name in changes and getattr(area, name) != changes[name]]
    for name in changed:
        setattr(area, name, changes[name])
    area.full_clean()
    area.save(update_fields=changed)
    if changed:
        log(area, "frame.change_area", user=by, data={"changed": changed})
    return changed


@transaction.atomic
def set_help_numbers(area: Area, numbers: Iterable[HelpNumber], *, by) -> None:
    """Puts these numbers, in this order, in the place of those an area had."""
    _check_permission(by, area)
    numbers = list(numbers)
    if len(numbers) > MOST_HELP_NUMBERS:
        raise NotAllowed(f"An area shows {MOST_HELP_NUMBERS} numbers at most, so that a phone without signal has them.")
    Area.objects.select_for_update().get(pk=area.pk)
    area.help_numbers.all().delete()
    for position, number in enumerate(numbers):
        number.pk, number.area, number.position = None, area, position
        number.full_clean()
        number.save(force_insert=True)
    log(area, "frame.set_help_numbers", user=by, data={"numbers": [number.number for number in numbers]})


@transaction.atomic
def set_logo(area: Area, file: File | None, *, by) -> None:
    """Puts a picture beside an area's name, drawn anew; without a file, takes it away."""
    _check_permission(by, area)
    area = Area.objects.select_for_update().get(pk=area.pk)
    before, area.logo = area.logo, keep_logo(file) if file else ""
    area.save(update_fields=["logo"])
    if before and not Area.objects.filter(logo=before).exists():
        transaction.on_commit(lambda: forget_logo(before))
    log(area, "frame.set_logo", user=by, data={"logo": area.logo})
