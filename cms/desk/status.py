"""How the site is doing, for whoever looks after it: in words, what needs them first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feedback.privacy.watching import everything_watched

LOOK_AFTER = "accounts.write"


@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """Everything that is watched: what is in trouble, and what is in order."""
    if not request.user.has_perm(LOOK_AFTER):
        raise PermissionDenied("Your role does not include this.")
    watched = everything_watched()
    context = {
        "troubles": [one for one in watched if one.trouble],
        "in_order": [one for one in watched if not one.trouble],
    }
    return render(request, "desk/status.html", context)
