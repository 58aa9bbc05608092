"""Leads say which settings of their area worries can be about."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from feedback.safeguarding.concern_steps import ACTS_ON_CONCERNS
from feedback.safeguarding.models import Setting
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

MOST_SETTINGS = 500


@transaction.atomic
def add_setting(area: Area, name: str, *, by) -> Setting:
    """Puts a setting on the list of an area; one that was taken off comes back."""
    _check(by, area)
    # Two leads may add the same name at the same moment; the second finds what the first wrote.
    Area.objects.select_for_update().get(pk=area.pk)
    words = " ".join(name.split())
    if not words:
        raise NotAllowed("Write the name of the setting, such as a children’s home, a school or a team.")
    setting = Setting(area=area, name=words)
    # Before anything is looked up: PostgreSQL cannot be asked for a sign that it cannot keep.
    setting.clean_fields()
    same = Setting.objects.filter(area=area, name__iexact=words).first()
    if same and not same.is_closed:
        raise NotAllowed(f"{same} is on the list already.")
    if not same and Setting.objects.filter(area=area).count() >= MOST_SETTINGS:
        raise NotAllowed(f"An area has {MOST_SETTINGS} settings at most, so that one can be found among them.")
    setting = same or setting
    setting.is_closed = False
    setting.save()
    log(area, "safeguarding.add_setting", user=by)
    return setting


@transaction.atomic
def close_setting(setting: Setting, *, by) -> None:
    """Takes a setting off the list; the worries about it stay linked."""
    _check(by, setting.area)
    setting.is_closed = True
    setting.save(update_fields=["is_closed"])
    log(setting.area, "safeguarding.close_setting", user=by)


def _check(by, area: Area) -> None:
    if not by.has_perm(ACTS_ON_CONCERNS, area):
        raise PermissionDenied("Only a safeguarding lead of this area may do this.")
