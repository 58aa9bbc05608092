"""Where safeguarding leads read the goals that families set, one after another."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from feedback.safeguarding.goal_actions import finish_goal, read_goal
from feedback.safeguarding.reading import READ_TEXTS


@never_cache
def goal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One goal, which is logged as read; then back to what waits."""
    if not request.user.has_perm(READ_TEXTS):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST":
        _finish(request, key)
        return redirect("desk:texts")
    return render(request, "desk/goal.html", {"words": read_goal(key, by=request.user)})


def _finish(request: HttpRequest, key: uuid.UUID) -> None:
    is_worrying = request.POST.get("step") == "worry"
    if not finish_goal(key, is_worrying=is_worrying, by=request.user):
        messages.error(request, "The family has had this erased in the meantime. Nothing of it is left.")
        return
    messages.success(request, "It is among the worries now." if is_worrying else "Read.")
