"""Which page an address leads to: all pages from the front door down to it are read at once, and known to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms.pages.line import InLine

# Deeper than any tree of pages; so an address of a thousand parts is not looked up a thousand times.
DEEPEST = 12


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view of a page, told the pages of the address, which are read in one query."""
    site = Site.find_for_request(request)
    if site:
        # Where Wagtail keeps what it found; so it does not look page by page.
        request._wagtail_route_for_request = _route(site.root_page, request, path)  # type: ignore[attr-defined]
    return serve(request, path)


def _route(front: Page, request: HttpRequest, path: str) -> RouteResult | None:
    components = [part for part in path.split("/") if part]
    line = list(_line(front, components))
    above = tuple(line[:-1])
    for place, one in enumerate(line):
        one.above = above[:place]
        if place:
            one._cached_parent_obj = above[place - 1]
    try:
        return line[-1].route(request, components[len(line) - 1 :]) if line else None
    except Http404:
        return None


def _line(front: Page, components: list[str]) -> Iterator[Any]:
    """The pages of an address from the front door on, each below the one before, as far as there are any."""
    ends = range(min(len(components), DEEPEST) + 1)
    addresses = [f"{front.url_path}{'/'.join(components[:end])}/".replace("//", "/") for end in ends]
    kinds = [model.page_ptr.field.remote_field.get_accessor_name() for model in _kinds()]
    rows = Page.objects.filter(url_path__in=addresses).select_related("homepage__area", *kinds)
    found = {one.url_path: one for one in rows}
    for address in addresses:
        if (one := found.get(address)) is None:
            return
        yield next((getattr(one, name) for name in kinds if hasattr(one, name)), None) or one.specific


def _kinds() -> list[Any]:
    return [model for model in apps.get_app_config("pages").get_models() if issubclass(model, InLine)]
