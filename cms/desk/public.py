"""The way to the public pages somebody writes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from feedback.accounts.rights import home_pages_of


def pages(request: HttpRequest) -> HttpResponse:
    """Leads to the home page of the area, or says who makes one."""
    if not request.user.has_perm("pages.write"):
        raise PermissionDenied("Your role does not include this.")
    homes = home_pages_of(request.user)
    if len(homes) == 1 or (homes and all(page.path.startswith(homes[0].path) for page in homes)):
        return redirect("wagtailadmin_explore", homes[0].pk)
    return render(request, "desk/pages.html", {"homes": homes})
