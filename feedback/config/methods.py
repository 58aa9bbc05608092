"""The methods that anything of ours answers to; Wagtail's pages would answer any with their page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

EVERYWHERE = ("GET", "HEAD", "OPTIONS", "POST")
# Devices deliver; Wagtail's desk remembers which hint somebody put away.
MORE = {"/a/": ("PUT",), "/desk/": ("PATCH", "PUT")}


class KnownMethods:
    """Refuses every other method before anything looks at the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request, if its method is one of those."""
        known = (*EVERYWHERE, *next((more for begin, more in MORE.items() if request.path.startswith(begin)), ()))
        return self.get_response(request) if request.method in known else HttpResponseNotAllowed(known)
