"""The pages from the front door down to the one that is asked for: read at once, and known to each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult


class InLine(Page):
    """A page that knows the pages above it, where somebody asked for it by its address."""

    class Meta:
        abstract = True

    # From the front door to its parent; None where it was not reached by its address.
    above: tuple[Page, ...] | None = None

    def home(self) -> Any:
        """The home page this page belongs to."""
        homes = apps.get_model("pages", "HomePage")
        if self.above is None:
            return homes.objects.ancestor_of(self, inclusive=True).select_related("area").last()
        return next((one for one in reversed((*self.above, self)) if isinstance(one, homes)), None)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As Wagtail finds them, in one query where no page above is a mirror of another."""
        if self.above is None or any(one.alias_of_id for one in (*self.above, self)):
            return super().get_view_restrictions()
        begins = range(self.steplen, len(self.path) + 1, self.steplen)
        return PageViewRestriction.objects.filter(page__path__in=[self.path[:end] for end in begins])

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str | None:
        """Its address below the site that is asked, which is known already; otherwise as Wagtail finds it."""
        site = Site.find_for_request(request) if isinstance(request, HttpRequest) else None
        if site is None or not self.url_path.startswith(site.root_page.url_path):
            return super().get_url(request, current_site)
        return str(self.url_path[len(site.root_page.url_path) - 1 :])


def route_below(front: Page, request: HttpRequest, components: list[str]) -> RouteResult:
    """Where an address below a page leads; all pages on the way are read in one query."""
    line = list(_line_below(front, components))
    if not line:
        raise Http404("There is no such page.")
    last, above = line[-1], (*(cast(InLine, front).above or ()), front, *line[:-1])
    for place, one in enumerate(line, start=len(above) - len(line) + 1):
        one.above, one._cached_parent_obj = above[:place], above[place - 1]  # type: ignore[attr-defined]
    return last.route(request, components[len(line) :])


def _line_below(front: Page, components: list[str]) -> Iterator[Page]:
    """The pages of an address, each below the one before, as far as there are any."""
    ends = range(1, len(components) + 1)
    addresses = [f"{front.url_path}{'/'.join(components[:end])}/" for end in ends]
    kinds = {model.page_ptr.field.remote_field.get_accessor_name(): model for model in _kinds()}
    rows = Page.objects.filter(url_path__in=addresses).select_related("homepage__area", *kinds)
    found = {one.url_path: one for one in rows}
    for address in addresses:
        if (one := found.get(address)) is None:
            return
        yield next((getattr(one, name) for name in kinds if hasattr(one, name)), None) or one.specific


def _kinds() -> list[Any]:
    return [model for model in apps.get_app_config("pages").get_models() if issubclass(model, InLine)]
