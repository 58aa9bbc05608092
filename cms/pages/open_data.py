"""The list of releases and the log of changes, for people: what was published, what was withdrawn, when and why."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.pages.releases import KEPT
from feedback.releases.changes import changes, listed, releases, told
from feedback.releases.service_information import in_words
from surveys.frame.models import Area

RELEASES_PER_PAGE = 50
CHANGES_PER_PAGE = 50


def _shown(request: HttpRequest, template: str, **context) -> HttpResponse:
    around = {
        "is_invented": Area.objects.filter(is_fictional=True).exists(),
        "exit_address": settings.EARSHOT_QUICK_EXIT_ADDRESS,
    }
    response = render(request, template, {**around, **context})
    response["Cache-Control"] = KEPT
    return response


@require_safe
def all_releases(request: HttpRequest) -> HttpResponse:
    """Every release that is or was published, the latest first; of one area, if somebody chose one."""
    areas = Area.objects.filter(releases__in=releases()).distinct().order_by("name")
    codes = {"all", *areas.values_list("code", flat=True)}
    asked = request.GET.get("area", "")
    chosen = asked if asked in codes else ""
    page = Paginator(releases(chosen), RELEASES_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, in_words(one.release.quarter)) for one in listed(page)]
    return _shown(
        request, "pages/open_data.html", rows=rows, page=page, areas=areas, chosen=chosen, is_unknown=asked != chosen
    )


@require_safe
def all_changes(request: HttpRequest) -> HttpResponse:
    """What was published and what was withdrawn, the latest first."""
    page = Paginator(changes(), CHANGES_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(change, in_words(change.release.quarter)) for change in told(page)]
    return _shown(request, "pages/open_data_changes.html", rows=rows, page=page)
