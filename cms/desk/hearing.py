"""Where somebody reads what a child said who chose them, answers, and raises a worry. Each look is logged."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.trying import attempt
from feedback.safeguarding.hearing import hearings_for, waves_to_hear
from feedback.safeguarding.hearing_actions import answer_child, hear, raise_what_was_heard
from surveys.fieldwork.hearers import HEAR


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(HEAR):
        raise PermissionDenied("Your role does not include this.")


@require_safe
@never_cache
def hearings(request: HttpRequest) -> HttpResponse:
    """What waits for this person and what they have read, without a word of it."""
    _check(request)
    context = {"hearings": hearings_for(request.user), "waves": waves_to_hear(request.user)}
    return render(request, "desk/hearings.html", context)


@never_cache
def hearing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One conversation, logged as read and told to the child; what was said since, and a place to answer."""
    _check(request)
    refused = request.method == "POST" and not _do(request, key)
    if request.method == "POST" and not refused:
        return redirect("desk:hearing", key=key)
    # What was typed is not lost because it could not be sent.
    given = request.POST.get("reply", "") if refused else ""
    return render(request, "desk/hearing.html", {"heard": hear(key, by=request.user), "given": given})


def _do(request: HttpRequest, key: uuid.UUID) -> bool:
    step, by = request.POST.get("step"), request.user
    if step == "answer":
        text = request.POST.get("reply", "")
        done = "Your answer waits for whoever comes back with the five words."
        return attempt(request, done, lambda: answer_child(key, text=text, by=by))
    if step == "worry":
        done = "The safeguarding leads have it now, and whoever is on duty is called."
        return attempt(request, done, lambda: raise_what_was_heard(key, by=by))
    raise PermissionDenied("There is no such step.")
