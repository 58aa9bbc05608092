"""Where safeguarding leads keep the list of settings that worries of their area can be about."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.safeguarding.concern_steps import ACTS_ON_CONCERNS
from feedback.safeguarding.models import Setting
from feedback.safeguarding.setting_actions import add_setting, close_setting
from surveys.frame.models import Area


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(ACTS_ON_CONCERNS):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def settings(request: HttpRequest) -> HttpResponse:
    """The areas of this person; one is opened at once."""
    _check(request)
    found = Area.objects.visible_to(request.user, ACTS_ON_CONCERNS)
    if len(found) == 1:
        return redirect("desk:settings_of", code=found[0].code)
    return render(request, "desk/settings.html", {"areas": found})


@never_cache
def settings_of(request: HttpRequest, code: str) -> HttpResponse:
    """The settings of one area, and the form to add one."""
    _check(request)
    area = get_object_or_404(Area.objects.visible_to(request.user, ACTS_ON_CONCERNS), code=code)
    mine = Setting.objects.visible_to(request.user, ACTS_ON_CONCERNS).filter(area=area)
    if request.method == "POST":
        _do(request, area, mine)
        return redirect("desk:settings_of", code=code)
    return render(request, "desk/settings_of.html", {"area": area, "settings": mine.filter(is_closed=False)})


def _do(request: HttpRequest, area: Area, mine) -> None:
    step, by = request.POST.get("step"), request.user
    if step == "add":
        attempt(request, "It is on the list.", lambda: add_setting(area, request.POST.get("name", ""), by=by))
    elif step == "close":
        setting = get_object_or_404(mine, pk=_key(request.POST.get("setting", "")))
        attempt(request, "It is off the list. Worries about it stay linked.", lambda: close_setting(setting, by=by))
    else:
        raise PermissionDenied("There is no such step.")


def _key(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None
