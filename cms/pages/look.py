"""How an area looks on its pages: its colour as a style sheet, and its logo."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from surveys.frame.logos import KINDS, logo_stored
from surveys.frame.models import Area

A_YEAR = "public, max-age=31536000, immutable"


@require_safe
def colour(request: HttpRequest, area: str, accent: str) -> HttpResponse:
    """A style sheet with the colour an area has now; another colour has another address, so it may be kept for ever."""
    if not Area.objects.filter(code=area, accent=f"#{accent}").exists():
        raise Http404("This area does not have this colour.")
    # In the dark our own stays: this one was checked on light paper.
    rule = f"@media (prefers-color-scheme:light),print{{:root{{--sea:#{accent};--on-sea:#fff}}}}"
    return _kept(HttpResponse(rule, content_type="text/css"))


@require_safe
def logo(request: HttpRequest, area: str, name: str) -> HttpResponse:
    """The logo an area has now."""
    if not Area.objects.filter(code=area, logo=name).exists():
        raise Http404("This area does not have this logo.")
    try:
        content = logo_stored(name)
    except FileNotFoundError as problem:
        raise Http404("This logo is not in the store.") from problem
    return _kept(HttpResponse(content, content_type=KINDS[name.rsplit(".", 1)[-1]]))


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = A_YEAR
    return response
