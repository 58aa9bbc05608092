"""Where somebody asks to be contacted, with or without JavaScript. Nothing here knows of any answers."""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import astuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from surveys.answering.contact_screen import contact_screen
from surveys.answering.contacting import Asked, ask
from surveys.answering.delivery import (
    FORM,
    Refused,
    as_errors,
    body_of,
    check_has_begun,
    check_same_origin,
    form_of,
    unsealed,
    wave_of,
)
from surveys.answering.guessing import address_of
from surveys.answering.help_numbers import help_numbers
from surveys.answering.refusals import exit_address, refusals_as, refused_json, refused_page
from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.instrument.document import InvalidAnswers
from surveys.instrument.wording import LANGUAGES


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@refusals_as(refused_json)
def message(request: HttpRequest, code: str, message_id: uuid.UUID) -> HttpResponse:
    """Stores the message that a device delivers under the id it made, once, however often it is delivered."""
    if request.method != "PUT":
        return HttpResponseNotAllowed(["PUT"])
    check_same_origin(request)
    wave = _wave(code)
    if request.content_type != "application/json":
        raise Refused(415, "A message is sent as JSON.")
    sent = unsealed(body_of(request), message_id)
    try:
        asked = Asked.of(sent)
        with override(asked.spoken):
            is_new = ask(message_id, asked, wave=wave, address=address_of(request))
    except InvalidAnswers as problem:
        answer = JsonResponse({"errors": as_errors(problem)}, status=422)
    else:
        answer = JsonResponse({}, status=201 if is_new else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _wave(code: str) -> Wave:
    """The wave of an address, open or closed: nobody who asks for help is told that they came too late."""
    wave = wave_of(code)
    check_has_begun(wave)
    return wave


@csrf_exempt
@refusals_as(refused_page)
def contact(request: HttpRequest, code: str, language: str = "en") -> HttpResponse:
    """The message as a form for browsers without JavaScript, and what it sends."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    wave = _wave(code)
    with override(language):
        page = _form(request, wave, language) if request.method == "POST" else _page(request, wave, language)
    page["Cache-Control"] = "no-store"
    page.headers.setdefault("Content-Language", language)
    return page


def _form(request: HttpRequest, wave: Wave, language: str) -> HttpResponse:
    check_same_origin(request)
    if request.content_type != FORM:
        raise Refused(415, _("This is not a form of ours. Please open the page again."))
    form = form_of(request)
    asked = Asked.of({**form.dict(), "language": language})
    if (other := form.get("to")) in LANGUAGES:
        return _in_another_language(request, wave, other, asked)
    try:
        ask(_message_id(form.get("token", ""), asked, wave), asked, wave=wave, address=address_of(request))
    except InvalidAnswers as problem:
        return _page(request, wave, language, asked, problem.errors)
    except Refused as refusal:
        # Not a page of its own: what was written would be lost with this one.
        return _page(request, wave, language, asked, {"": refusal.message}, status=refusal.status)
    # No address of its own, so that the browser's list of pages does not tell that something was sent.
    return _page(request, wave, language, template="answering/contact_sent.html")


def _in_another_language(request: HttpRequest, wave: Wave, language: str, asked: Asked) -> HttpResponse:
    """The form with what was written in it, of which nothing is kept."""
    with override(language):
        page = _page(request, wave, language, asked)
    page["Content-Language"] = language
    return page


def _page(
    request: HttpRequest,
    wave: Wave,
    language: str,
    asked: Asked | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    template: str = "answering/contact.html",
    status: int = 0,
) -> HttpResponse:
    token = _signer(wave).sign(uuid.uuid4().hex)
    screen = contact_screen(wave, language, token=token, asked=asked or Asked(), errors=errors or {})
    instrument = instrument_of(wave.edition_id)
    numbers = help_numbers(wave.area, words_around(instrument))
    context = {"page": screen, "wave": wave, "area": wave.area, "help_numbers": numbers, **exit_address()}
    return render(request, template, context, status=status or (422 if errors else 200))


def _signer(wave: Wave) -> Signer:
    return Signer(salt=f"contact {wave.code}")


def _message_id(signed: str, asked: Asked, wave: Wave) -> uuid.UUID:
    """The id of a message that came as a form: pressing twice sends once, however late.

    What was written is part of it, because a device may show one page, held for when there is no signal, to several.
    """
    try:
        token = _signer(wave).unsign(signed)
    except BadSignature as wrong:
        raise InvalidAnswers({"": _("This page was not whole. Please press Send once more.")}) from wrong
    written = json.dumps([token, *astuple(asked)]).encode()
    return uuid.UUID(bytes=hmac.digest(settings.SECRET_KEY.encode(), b"message\0" + written, "sha256")[:16], version=4)
