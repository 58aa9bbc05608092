"""The addresses of a process that shows public pages and nothing else: no desk, and nothing that takes answers.

Public pages lead to surveys and to forms, so those are known here by name; behind their addresses is nothing. What is
answered is only what a public room answers, whatever else is written beside it one day.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module

from django.http import Http404, HttpRequest
from django.urls import URLPattern, include, path

PUBLIC_ROOMS = ("cms.pages.", "feedback.releases.")


def elsewhere(request: HttpRequest, *args, **kwargs) -> None:
    """What other processes answer is not here."""
    raise Http404


def _only_public(found: Iterable[URLPattern]) -> Iterator[URLPattern]:
    for one in found:
        is_public = one.callback.__module__.startswith(PUBLIC_ROOMS)
        yield one if is_public else URLPattern(one.pattern, elsewhere, name=one.name)


def public(urls: str):
    """The addresses of a room, those of others among them by name only."""
    room = import_module(urls)
    found = list(_only_public(room.urlpatterns))
    name = getattr(room, "app_name", None)
    return include((found, name)) if name else include(found)


urlpatterns = [
    path("", include("feedback.config.health")),
    path("a/", public("surveys.answering.urls")),
    path("nation/", public("cms.pages.nation_urls")),
    path("open-data/", public("cms.pages.release_urls")),
    path("open-data/", public("feedback.releases.urls")),
    path("promises/", public("cms.pages.promise_urls")),
    path("questions/", public("cms.pages.question_urls")),
    path("focus-groups/", public("cms.pages.talk_urls")),
    path("blockages/", public("cms.pages.blockage_urls")),
    path("shown/", public("cms.pages.urls")),
    path("", public("cms.pages.page_urls")),
]
