"""Respondents have no cookies: not even one that another page of ours left behind is read, mended or sent back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

RESPONDENTS = ("/a/", "/blockages/")


class NoCookies:
    """Takes whatever cookies came out of a respondent's request, before anything else looks at them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request as one of nobody."""
        if request.path.startswith(RESPONDENTS):
            request.COOKIES = {}
        return self.get_response(request)
