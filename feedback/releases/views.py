"""Serves the files of published releases to anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from feedback.releases.models import Release
from feedback.releases.open_data import CONTENT_TYPES, NoSuchFile, written


@require_safe
def open_data(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One file of a published release."""
    release = get_object_or_404(Release.objects.published().select_related("area"), code=code)
    try:
        content = written(release, name)
    except NoSuchFile as problem:
        raise Http404("Open data has no such file.") from problem
    response = HttpResponse(content, content_type=CONTENT_TYPES[name])
    response["Content-Disposition"] = f'attachment; filename="{code}-{name}"'
    response["Cache-Control"] = "public, max-age=300"
    return response
