"""The pages of a release, beside its files."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from cms.pages.chapters import CHAPTERS
from cms.pages.releases import release_page


def pages_of_a_release(view: Callable[..., HttpResponse], name: str, begin: str = "") -> list[URLPattern]:
    """The address of a release, of each chapter and of each question, below where it begins."""
    start = f"{begin}<slug:code>/"
    return [
        path(start, view, name=name),
        *(path(f"{start}{one}/", view, {"chapter": one}, name=f"{name}_{one}") for one in CHAPTERS),
        path(f"{start}questions/<str:question>/", view, name=f"{name}_question"),
    ]


app_name = "release_pages"
urlpatterns = pages_of_a_release(release_page, "release")
