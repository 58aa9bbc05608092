"""The address of a release that stays: its figures and files; or, once it is withdrawn, when and why."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from cms.pages.figures import figures_of
from cms.pages.models import HomePage
from feedback.releases.models import Release
from feedback.releases.service_information import in_words
from surveys.frame.models import Area

GONE = 410
# Short, so that a withdrawal is seen everywhere within a minute.
KEPT = "public, max-age=60"
# Seen at the desk in a frame, before it is published.
FRAMED_BY_THE_DESK = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'self'"


@require_safe
def release_page(request: HttpRequest, code: str) -> HttpResponse:
    """A published release for everybody, at an address that stays."""
    release = get_object_or_404(Release.objects.was_published().select_related("area"), code=code)
    if release.status == Release.Status.WITHDRAWN:
        response = render(request, "pages/withdrawn.html", withdrawn_context(release), status=GONE)
    else:
        response = render(request, "pages/release.html", release_context(request, release))
    response["Cache-Control"] = KEPT
    return response


@never_cache
@require_safe
@xframe_options_sameorigin
def release_preview(request: HttpRequest, code: str) -> HttpResponse:
    """The same page of a release that is not published yet, for those who may see it at the desk."""
    mine = Release.objects.visible_to(request.user, "releases.view").select_related("area")
    release = get_object_or_404(mine, code=code)
    response = render(request, "pages/release.html", release_context(request, release))
    response["Content-Security-Policy"] = FRAMED_BY_THE_DESK
    return response


def release_context(request: HttpRequest, release: Release) -> dict:
    """What the page of a release shows: its figures, in the frame of its area's public pages."""
    address = request.build_absolute_uri(reverse("release_pages:release", args=[release.code]))
    return {**_around(release), **figures_of(release), "canonical": address}


def withdrawn_context(release: Release) -> dict:
    """What is said of a withdrawn release: when and why, and no figure."""
    state = release.states.filter(status=Release.Status.WITHDRAWN).last()
    return {**_around(release), "release": release, "period": in_words(release.quarter), "state": state}


def _around(release: Release) -> dict:
    area = release.area
    home = HomePage.objects.live().filter(area=area).order_by("path").first()
    is_invented = area.is_fictional if area else Area.objects.filter(is_fictional=True).exists()
    return {
        "home": home,
        "area": area,
        "help_numbers": area.help_numbers.all() if area else [],
        "is_invented": is_invented,
        "exit_address": settings.EARSHOT_QUICK_EXIT_ADDRESS,
    }
