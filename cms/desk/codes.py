"""Where two safeguarding leads find out which card a child used, and say that the child was told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.desk.trying import attempt
from feedback.safeguarding import code_actions
from feedback.safeguarding.codes import ASK, DECIDE, CodeOpening, days_open
from feedback.safeguarding.models import Concern


def _allowed(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied("Your role does not include this.")


@require_safe
@never_cache
def code_openings(request: HttpRequest) -> HttpResponse:
    """Every opening of this person's areas, those that wait first."""
    _allowed(request, ASK)
    found = CodeOpening.objects.visible_to(request.user, ASK).select_related("concern__area", "asked_by", "decided_by")
    waiting = {one.pk for one in found.unfinished()}
    context = {
        "waiting": [one for one in found if one.pk in waiting],
        "finished": [one for one in found if one.pk not in waiting],
        "not_said": found.not_said_yet().exists(),
        "today": timezone.localdate(),
    }
    return render(request, "desk/code_openings.html", context)


@require_POST
def code_ask(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Asks for the card of a worry."""
    _allowed(request, ASK)
    concern = get_object_or_404(Concern.objects.visible_to(request.user, ASK).select_related("area"), pk=key)
    reason, by = request.POST.get("reason", ""), request.user
    done = "Asked. Everybody who may decide was told that something waits."
    if attempt(request, done, lambda: code_actions.ask_for_code(concern, reason=reason, by=by)):
        return redirect("desk:code_openings")
    return redirect("desk:concern", key=key)


@never_cache
def code_opening(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One opening: what was asked and decided, and the number of the card for the two, on this page and no other."""
    _allowed(request, ASK)
    found = _opening(request, key)
    if request.POST.get("step") == "look":
        return _look(request, found)
    if request.method == "POST":
        _do(request, found)
        return redirect("desk:code_opening", key=key)
    return _page(request, found)


def _opening(request: HttpRequest, key: uuid.UUID) -> CodeOpening:
    mine = CodeOpening.objects.visible_to(request.user, ASK)
    return get_object_or_404(mine.select_related("concern__area", "asked_by", "decided_by", "told_by"), pk=key)


def _look(request: HttpRequest, found: CodeOpening) -> HttpResponse:
    """Shows the number in the reply itself, so that it stands in no address and no session."""
    try:
        serial = code_actions.look_at_code(found, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:code_opening", key=found.pk)
    return _page(request, _opening(request, found.pk), serial=serial)


def _page(request: HttpRequest, found: CodeOpening, *, serial: str = "") -> HttpResponse:
    today = timezone.localdate()
    is_open = found.status == CodeOpening.Status.AGREED and not found.is_over(today)
    waits = found.status == CodeOpening.Status.ASKED and not found.is_over(today)
    context = {
        "opening": found,
        "serial": serial,
        "today": today,
        "days_open": days_open(),
        "may_look": is_open and found.is_one_of_the_two(request.user),
        "may_decide": waits and found.asked_by_id != request.user.pk and request.user.has_perm(DECIDE, found.concern),
        "waits": waits,
        "tellers": CodeOpening.Teller.choices,
    }
    return render(request, "desk/code_opening.html", context)


def _do(request: HttpRequest, found: CodeOpening) -> None:
    reason, by, step = request.POST.get("reason", ""), request.user, request.POST.get("step", "")
    steps: dict[str, tuple[str, Callable[[], None]]] = {
        "agree": ("Agreed.", lambda: code_actions.agree_to_code(found, reason=reason, by=by)),
        "refuse": ("Refused. Nobody sees the number.", lambda: code_actions.refuse_code(found, reason=reason, by=by)),
        "tell": ("Finished: the child was told.", lambda: _tell(request, found)),
    }
    if step not in steps:
        raise PermissionDenied("There is no such step.")
    attempt(request, *steps[step])


def _tell(request: HttpRequest, found: CodeOpening) -> None:
    said = request.POST.get("told_on", "")
    try:
        told_on = date.fromisoformat(said) if said else None
    except ValueError as problem:
        raise ValidationError("There is no such day. Write it as year-month-day.") from problem
    if not request.POST.get("is_told"):
        raise ValidationError("Tick that the child was told, or that nobody could tell them.")
    teller, telling = request.POST.get("teller", ""), request.POST.get("reason", "")
    code_actions.tell_of_code(found, teller=teller, told_on=told_on, telling=telling, by=request.user)


@require_safe
@never_cache
def code_note(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A note to print for whoever tells the child: what to say, and nothing of what the child wrote."""
    _allowed(request, ASK)
    return render(request, "desk/code_note.html", {"opening": _opening(request, key)})
