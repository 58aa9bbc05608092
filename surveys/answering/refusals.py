"""How what is refused is told to the one who sent it, in their language: a page for a browser, JSON for a script."""

from __future__ import annotations

import logging
from functools import wraps

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from surveys.answering.delivery import Refused, trouble_of
from surveys.answering.languages import address_in, language_asked

GONE = 410
logger = logging.getLogger(__name__)


def refusals_as(answer):
    """Answers in the language asked for, and turns what is refused into the answer that this kind of client reads."""

    def decorate(view):
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            with override(language_asked(request)):
                try:
                    return view(request, *args, **kwargs)
                except Refused as refusal:
                    return answer(request, refusal)
                except (InterfaceError, OperationalError) as problem:
                    logger.error("The database does not answer: %s", trouble_of(problem))
                    return answer(request, _out_of_order())

        return guarded

    return decorate


def _out_of_order() -> Refused:
    return Refused(503, _("Something of ours does not work just now. Please come back in a little while."))


def refused_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A page that says why."""
    address = address_in(refusal.language, "code")
    context = {"message": refusal.message, "code_address": address, **_person(request, refusal), **exit_address()}
    with override(refusal.language):
        response = render(request, "answering/refused.html", context, status=refusal.status)
    response["Content-Language"] = refusal.language
    response["Cache-Control"] = "no-store"
    return response


def _person(request: HttpRequest, refusal: Refused) -> dict[str, str]:
    """Whoever comes too late for the questions can still ask for a person."""
    code = request.resolver_match.kwargs.get("code") if request.resolver_match else None
    if refusal.status != GONE or not code:
        return {}
    return {"contact_address": address_in(refusal.language, "contact", code=code)}


def refused_json(request: HttpRequest, refusal: Refused) -> JsonResponse:
    """JSON that says why."""
    response = JsonResponse({"errors": [{"item": "", "message": refusal.message}]}, status=refusal.status)
    response["Content-Language"] = refusal.language
    response["Cache-Control"] = "no-store"
    return response


def exit_address() -> dict[str, str]:
    """Where *Hide this page* leads, for the templates."""
    return {"exit_address": settings.EARSHOT_QUICK_EXIT_ADDRESS}
