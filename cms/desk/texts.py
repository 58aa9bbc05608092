"""Where safeguarding leads read every text, one after another."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from feedback.safeguarding.actions import finish_reading, read_text
from feedback.safeguarding.reading import READ_TEXTS, how_many_unread, next_unread


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(READ_TEXTS):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def texts(request: HttpRequest) -> HttpResponse:
    """How many texts nobody has read, and the way to the next."""
    _check(request)
    return render(
        request, "desk/texts.html", {"unread": how_many_unread(request.user), "next": next_unread(request.user)}
    )


@never_cache
def text(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One text, which is logged as read; then the next."""
    _check(request)
    if request.method == "POST":
        is_worrying = request.POST.get("step") == "worry"
        finish_reading(key, is_worrying=is_worrying, by=request.user)
        messages.success(request, "It is among the worries now." if is_worrying else "Read.")
        return redirect("desk:texts")
    return render(request, "desk/text.html", {"words": read_text(key, by=request.user)})
