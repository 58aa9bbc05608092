"""What a page knows of the pages above it, from the front door down, where somebody asked for it by its address."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site


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
