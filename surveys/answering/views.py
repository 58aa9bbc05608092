"""The phone's addresses. No view reads a session, a cookie or an address; none writes anything but a response."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from surveys.answering.delivery import (
    Delivery,
    Refused,
    as_errors,
    body_of,
    check_same_origin,
    check_takes_answers,
    deliver,
    link_of,
    wave_of,
)
from surveys.answering.qr import qr_svg
from surveys.answering.screens import Given, survey_screens
from surveys.answering.words import words_for
from surveys.design.frozen import digest_of, instrument_of
from surveys.fieldwork.models import OpenLink, Wave
from surveys.instrument.document import InvalidAnswers
from surveys.responses.receipts import receipt_of

FORM = "application/x-www-form-urlencoded"


def _refusals_as(answer):
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


def _refused_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    response = render(request, "answering/refused.html", {"message": refusal.message, **_exit()}, status=refusal.status)
    response["Cache-Control"] = "no-store"
    return response


def _refused_json(request: HttpRequest, refusal: Refused) -> JsonResponse:
    response = JsonResponse({"errors": [{"item": "", "message": refusal.message}]}, status=refusal.status)
    response["Cache-Control"] = "no-store"
    return response


def _exit() -> dict[str, str]:
    return {"exit_address": settings.EARSHOT_QUICK_EXIT_ADDRESS}


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@_refusals_as(_refused_page)
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The survey of a wave as one document, and the form it sends without JavaScript."""
    match request.method:
        case "GET" | "HEAD":
            return _document(request, _open_wave(code))
        case "POST":
            return _form(request, wave_of(code))
        case _:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


def _open_wave(code: str) -> Wave:
    wave = wave_of(code)
    if not wave.is_open:
        raise Refused(410, _("These questions are closed. Thank you for wanting to answer."))
    return wave


def _document(request: HttpRequest, wave: Wave) -> HttpResponse:
    """The same for everybody, so that anything between us and the phone may keep it."""
    response = _survey_page(request, wave)
    response["Cache-Control"] = "public, max-age=300"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _survey_page(request: HttpRequest, wave: Wave, given: Given | None = None, status: int = 200) -> HttpResponse:
    page = survey_screens(
        instrument_of(wave.edition_id), wave=wave, edition=digest_of(wave.edition_id), language="en", given=given
    )
    return render(request, "answering/survey.html", {"page": page, "area": wave.area, **_exit()}, status=status)


def _form(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Stores the form. The id is made here, for a page that is the same for everybody cannot hold one."""
    check_same_origin(request)
    check_takes_answers(wave)
    if request.content_type != FORM:
        raise Refused(415, _("This is not a form of ours. Please open the page again."))
    form = QueryDict(body_of(request), encoding="utf-8")
    delivery = Delivery.from_form(form, instrument_of(wave.edition_id))
    token = uuid.uuid4()
    try:
        deliver(_response_id(token), delivery, wave=wave)
    except InvalidAnswers as problem:
        given = Given(delivery.answers, problem.errors, delivery.helper, delivery.code)
        response = _survey_page(request, wave, given, status=422)
        response["Cache-Control"] = "no-store"
        return response
    return HttpResponseRedirect(reverse("answering:thanks", args=[wave.code, token]), status=303)


def _response_id(token: uuid.UUID) -> uuid.UUID:
    """The id of a response that came as a form.

    The address of the thanks page must lead to the receipt and not to the response, so the id cannot be read from it
    without our secret.
    """
    keyed = hmac.digest(settings.SECRET_KEY.encode(), b"form\0" + token.bytes, hashlib.sha256)
    return uuid.UUID(bytes=keyed[:16], version=4)


@require_safe
@_refusals_as(_refused_page)
def thanks(request: HttpRequest, code: str, token: uuid.UUID) -> HttpResponse:
    """Thanks for a form, and its receipt."""
    wave = wave_of(code)
    words = words_for(instrument_of(wave.edition_id).audience)
    receipt = receipt_of(_response_id(token)).split()
    context = {"words": words, "receipt": receipt, "area": wave.area, **_exit()}
    response = render(request, "answering/thanks.html", context)
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt
@_refusals_as(_refused_json)
def response(request: HttpRequest, code: str, response_id: uuid.UUID) -> HttpResponse:
    """Stores what a device delivers under the id it made, once, however often it is delivered."""
    if request.method != "PUT":
        return HttpResponseNotAllowed(["PUT"])
    check_same_origin(request)
    wave = wave_of(code)
    check_takes_answers(wave)
    if request.content_type != "application/json":
        raise Refused(415, _("Answers are sent as JSON."))
    try:
        is_new = deliver(response_id, Delivery.from_json(body_of(request)), wave=wave)
    except InvalidAnswers as problem:
        answer = JsonResponse({"errors": as_errors(problem)}, status=422)
    else:
        answer = JsonResponse({"receipt": receipt_of(response_id)}, status=201 if is_new else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@csrf_exempt
@_refusals_as(_refused_page)
def code_page(request: HttpRequest) -> HttpResponse:
    """A place to type the code of a poster."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return render(request, "answering/code.html", _exit())
    check_same_origin(request)
    typed = QueryDict(body_of(request), encoding="utf-8").get("code", "")
    link = link_of(typed)
    if link is not None and link.wave.is_open:
        address = reverse("answering:survey", args=[link.wave.code])
        # In the fragment, which no server or log ever sees.
        return HttpResponseRedirect(f"{address}#{link.code}", status=303)
    answer = render(request, "answering/code.html", {"typed": typed[:40], "is_wrong": True, **_exit()}, status=404)
    answer["Cache-Control"] = "no-store"
    return answer


def _address(request: HttpRequest, link: OpenLink) -> str:
    """What the QR code holds: the address the visitor used, so that a demo on a laptop's own address works as well."""
    return request.build_absolute_uri(reverse("answering:survey", args=[link.wave.code])) + f"#{link.code}"


@require_safe
def poster_code(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of a poster."""
    link = get_object_or_404(OpenLink.objects.select_related("wave"), code=code)
    answer = HttpResponse(qr_svg(_address(request, link)), content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """An A4 poster to print."""
    link = get_object_or_404(OpenLink.objects.select_related("wave", "area"), code=code)
    instrument = instrument_of(link.wave.edition_id)
    context = {
        "link": link,
        "area": link.area,
        "words": words_for(instrument.audience),
        "title": instrument.title["en"],
        "made_by": instrument.designed_by,
        "introduction": instrument.introduction.get("en", ""),
        "address": request.build_absolute_uri(reverse("answering:code")).split("://")[-1],
    }
    return render(request, "answering/poster.html", context)
