"""All areas together at the desk: what is published of each, what is not, and what areas found."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from feedback.disclosure.blocks import Quarter
from feedback.findings.shown import public_findings, together
from feedback.releases.nation import nation as of_nation

ANY_OF = ("releases.view_published", "releases.view")


@never_cache
def nation(request: HttpRequest) -> HttpResponse:
    """The same as everybody can read, for those who oversee: there are no other figures."""
    if not any(request.user.has_perm(permission) for permission in ANY_OF):
        raise PermissionDenied("Your role does not include this.")
    last = Quarter.of(timezone.localdate()).previous()
    context = {"nation": of_nation(until=last), "kinds": together(public_findings())}
    return render(request, "desk/nation.html", context)
