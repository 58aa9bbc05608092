"""How what is refused is told to the one who sent it: a page for a browser, JSON for a script."""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from surveys.answering.delivery import Refused


def refusals_as(answer):
    """Turns what is refused into the answer that this kind of client reads."""

    def decorate(view):
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Refused as refusal:
                return answer(request, refusal)

        return guarded

    return decorate


def refused_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A page that says why."""
    context = {"message": refusal.message, **exit_address()}
    response = render(request, "answering/refused.html", context, status=refusal.status)
    response["Cache-Control"] = "no-store"
    return response


def refused_json(request: HttpRequest, refusal: Refused) -> JsonResponse:
    """JSON that says why."""
    response = JsonResponse({"errors": [{"item": "", "message": refusal.message}]}, status=refusal.status)
    response["Cache-Control"] = "no-store"
    return response


def exit_address() -> dict[str, str]:
    """Where *Hide this page* leads, for the templates."""
    return {"exit_address": settings.EARSHOT_QUICK_EXIT_ADDRESS}
