"""The staff screens: each shows what one role decides on, and calls the action that does it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.floods import floods_of
from cms.desk.parts import part_asked, parts_of
from cms.desk.trying import attempt
from cms.desk.turnout import days_of, keep_days, remind, reminder_to_send, summary_of
from surveys.design.frozen import instrument_of
from surveys.fieldwork import actions as fieldwork_actions
from surveys.fieldwork.models import Wave
from surveys.instrument.promises import terms_of
from surveys.instrument.wording import LANGUAGES


def _allowed(request: HttpRequest, permission: str, subject: object = None) -> None:
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def waves(request: HttpRequest) -> HttpResponse:
    """The waves of this person's areas."""
    _allowed(request, "fieldwork.open_wave")
    found = Wave.objects.visible_to(request.user, "fieldwork.open_wave").select_related("area", "edition__survey")
    return render(request, "desk/waves.html", {"waves": found})


@never_cache
def wave(request: HttpRequest, code: str) -> HttpResponse:
    """One wave: open it, close it, and make posters for it."""
    mine = Wave.objects.visible_to(request.user, "fieldwork.open_wave")
    found = get_object_or_404(mine.select_related("area", "service", "stage", "edition__survey"), code=code)
    _allowed(request, "fieldwork.open_wave", found)
    if request.method == "POST":
        _field(request, found)
        return redirect("desk:wave", code=code)
    links = found.open_links.select_related("service", "stage")
    context = {
        "wave": found,
        "links": links,
        "promise": terms_of(instrument_of(found.edition_id).kept_promise),
        **parts_of(found.area),
        "languages": [(code, LANGUAGES[code]) for code in instrument_of(found.edition_id).languages],
        "turnout": summary_of(found),
        "days": days_of(found),
        "floods": floods_of(found),
        "reminders": found.reminders.all(),
        "reminder_to_send": reminder_to_send(found),
    }
    return render(request, "desk/wave.html", context)


def _field(request: HttpRequest, found: Wave) -> None:
    by, step = request.user, request.POST.get("step")
    if step == "open":
        attempt(request, "Open: answers are taken now.", lambda: fieldwork_actions.open_wave(found, by=by))
    elif step == "close":
        attempt(request, "Closed: nobody new is asked.", lambda: fieldwork_actions.close_wave(found, by=by))
    elif step == "remind":
        attempt(request, "Reminded: the letters are on their way.", lambda: remind(request, found))
    elif step == "days":
        attempt(request, "The days are kept.", lambda: keep_days(request, found))
    elif step == "link":
        attempt(request, "The poster is ready.", lambda: _make_link(request, found))
    else:
        raise PermissionDenied("There is no such step.")


def _make_link(request: HttpRequest, found: Wave) -> None:
    place = request.POST.get("place", "").strip()[:120]
    if not place:
        raise ValidationError("Say where the poster will hang.")
    part = part_asked(request, found.area)
    fieldwork_actions.make_link(found, place=place, area=found.area, **part, by=request.user)
