"""Respondents have no session, no account and no messages, so a request of theirs does not pass what makes them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

RESPONDENTS = "/a/"


class _Chain(BaseHandler):
    """Those of the site's middlewares that respondents need, in the order of the site, around the views."""

    def __init__(self) -> None:
        self._view_middleware, self._template_response_middleware, self._exception_middleware = [], [], []
        self.answer = convert_exception_to_response(self._get_response)
        for name in reversed(settings.MIDDLEWARE):
            if name in settings.RESPONDENTS_MIDDLEWARE:
                self._put_around(import_string(name))

    def _put_around(self, middleware: Callable) -> None:
        made = middleware(self.answer)
        if hasattr(made, "process_view"):
            self._view_middleware.insert(0, made.process_view)
        self.answer = convert_exception_to_response(made)


class ShortWay:
    """Answers respondents by the short way and everybody else by the whole one; what goes out is the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response, self.short = get_response, _Chain().answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request."""
        return self.short(request) if request.path_info.startswith(RESPONDENTS) else self.get_response(request)
