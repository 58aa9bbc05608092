"""The addresses of a release that stay: its chapters and its questions; or, once it is withdrawn, when and why."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import conditional_page, require_safe

from cms.pages.chapters import chapter_of, frame_of, one_question, overview
from cms.pages.models import HomePage
from feedback.releases.models import Release
from feedback.releases.once import one_reading
from feedback.releases.service_information import in_words
from surveys.frame.models import Area

GONE = 410
# Short, so that a withdrawal and a recalled quote are seen everywhere within a minute.
KEPT = "public, max-age=60"
# Seen at the desk in a frame, before it is published.
FRAMED_BY_THE_DESK = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; frame-ancestors 'self'"
)


@require_safe
@conditional_page
def release_page(request: HttpRequest, code: str, chapter: str = "", question: str = "") -> HttpResponse:
    """A published release for everybody, at an address that stays."""
    release = get_object_or_404(Release.objects.was_published().select_related("area"), code=code)
    if release.status == Release.Status.WITHDRAWN:
        response = render(request, "pages/withdrawn.html", withdrawn_context(release), status=GONE)
    else:
        at = reverse("release_pages:release", args=[code])
        response = _told(request, release, at, chapter, question)
    response["Cache-Control"] = KEPT
    return response


@never_cache
@require_safe
@xframe_options_sameorigin
def release_preview(request: HttpRequest, code: str, chapter: str = "", question: str = "") -> HttpResponse:
    """The same pages of a release that is not published yet, for those who may see it at the desk."""
    mine = Release.objects.visible_to(request.user, "releases.view").select_related("area")
    release = get_object_or_404(mine, code=code)
    at = reverse("pages_desk:release_preview", args=[code])
    response = _told(request, release, at, chapter, question)
    response["Content-Security-Policy"] = FRAMED_BY_THE_DESK
    return response


def _told(request: HttpRequest, release: Release, at: str, chapter: str, question: str) -> HttpResponse:
    with one_reading():
        if question:
            template, shown = "pages/told/question.html", one_question(release, question)
        elif chapter:
            template, shown = f"pages/told/{chapter}.html", chapter_of(release, chapter)
        else:
            template, shown = "pages/release.html", overview(release)
    address = reverse("release_pages:release", args=[release.code])
    stays = request.build_absolute_uri(address + request.path.removeprefix(at))
    context = {**_around(release), **frame_of(release, at), **shown, "canonical": stays}
    return render(request, template, context)


def withdrawn_context(release: Release) -> dict[str, Any]:
    """What is said of a withdrawn release: when and why, and no figure."""
    state = release.states.filter(status=Release.Status.WITHDRAWN).last()
    return {**_around(release), "release": release, "period": in_words(release.quarter), "state": state}


def _around(release: Release) -> dict[str, Any]:
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
