"""Serves the files of published releases to anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from feedback.releases.models import Release
from feedback.releases.open_data import CONTENT_TYPES, NoSuchFile, written


@require_safe
def open_data(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One file of a published release; of a withdrawn one it is said that it is gone."""
    release = get_object_or_404(Release.objects.was_published().select_related("area"), code=code)
    if release.status == Release.Status.WITHDRAWN:
        return _gone(release)
    try:
        content = written(release, name)
    except NoSuchFile as problem:
        raise Http404("Open data has no such file.") from problem
    response = HttpResponse(content, content_type=CONTENT_TYPES[name])
    response["Content-Disposition"] = f'attachment; filename="{code}-{name}"'
    response["Cache-Control"] = "public, max-age=300"
    return response


def _gone(release: Release) -> HttpResponse:
    said = f"{release} was withdrawn as a whole. When and why: /open-data/{release.code}/\n"
    return HttpResponse(said, status=410, content_type="text/plain; charset=utf-8")
