"""The phone's addresses. No view reads a session or a cookie; none writes anything but a response."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from surveys.answering.delivery import (
    FORM,
    Delivery,
    Refused,
    as_errors,
    body_of,
    check_has_begun,
    check_same_origin,
    check_takes_answers,
    deliver,
    edition_of,
    wave_of,
)
from surveys.answering.guessing import address_of, guesses
from surveys.answering.qr import qr_svg
from surveys.answering.refusals import exit_address, refusals_as, refused_json, refused_page
from surveys.answering.screens import Given, survey_screens
from surveys.answering.ways_in import card_of, link_of
from surveys.answering.words import words_for
from surveys.design.frozen import digest_of, instrument_of
from surveys.fieldwork.link_codes import plain_code
from surveys.fieldwork.models import OpenLink, Wave
from surveys.instrument.document import InvalidAnswers
from surveys.responses.receipts import receipt_of

# Long enough to write five words down; after it, who opens the history of a shared phone finds nothing.
THANKS_SECONDS = 10 * 60


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@refusals_as(refused_page)
def survey(request: HttpRequest, code: str, language: str = "en") -> HttpResponse:
    """The survey of a wave as one document of one language, and the form it sends without JavaScript."""
    match request.method:
        case "GET" | "HEAD":
            return _document(request, _open_wave(code), language)
        case "POST":
            return _form(request, wave_of(code, with_area=False))
        case _:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


def _open_wave(code: str) -> Wave:
    wave = wave_of(code)
    check_has_begun(wave)
    if not wave.is_open:
        raise Refused(410, _("These questions are closed. Thank you for wanting to answer."))
    return wave


def _document(request: HttpRequest, wave: Wave, language: str) -> HttpResponse:
    """The same for everybody, so that anything between us and the phone may keep it."""
    if language not in instrument_of(wave.edition_id).languages:
        raise Refused(404, _("These questions are not there in this language."))
    response = _survey_page(request, wave, wave.edition_id, language)
    response["Cache-Control"] = "public, max-age=300"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _survey_page(
    request: HttpRequest, wave: Wave, edition_id: int, language: str, given: Given | None = None
) -> HttpResponse:
    # The language is in the address and in nothing a browser says of its owner.
    with override(language):
        page = survey_screens(
            instrument_of(edition_id), wave=wave, edition=digest_of(edition_id), language=language, given=given
        )
        response = render(request, "answering/survey.html", {"page": page, "area": wave.area, **exit_address()})
    response["Content-Language"] = language
    return response


def _form(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Stores the form. The id is made here, for a page that is the same for everybody cannot hold one."""
    check_same_origin(request)
    check_takes_answers(wave)
    if request.content_type != FORM:
        raise Refused(415, _("This is not a form of ours. Please open the page again."))
    form = QueryDict(body_of(request), encoding="utf-8")
    # A page opened before the questions changed is read, and shown again, with the questions it asked.
    edition_id = edition_of(wave, form.get("edition", ""))
    delivery = Delivery.from_form(form, instrument_of(edition_id))
    token = uuid.uuid4()
    try:
        deliver(_response_id(token), delivery, wave=wave)
    except InvalidAnswers as problem:
        given = Given(delivery.answers, problem.errors, delivery.helper, delivery.told, delivery.code)
        response = _survey_page(request, wave, edition_id, _language_of(delivery, edition_id), given)
        response.status_code = 422
        response["Cache-Control"] = "no-store"
        return response
    address = reverse("answering:thanks", args=[wave.code, _signer(wave).sign(token.hex)])
    return HttpResponseRedirect(address, status=303)


def _language_of(delivery: Delivery, edition_id: int) -> str:
    return delivery.language if delivery.language in instrument_of(edition_id).languages else "en"


def _signer(wave: Wave) -> TimestampSigner:
    return TimestampSigner(salt=f"thanks {wave.code}")


def _token_of(signed: str, wave: Wave) -> uuid.UUID:
    """The token of a thanks page; only a stored form gets one that is signed."""
    try:
        return uuid.UUID(_signer(wave).unsign(signed, max_age=THANKS_SECONDS))
    except SignatureExpired as late:
        raise Refused(410, _("Your answers were sent. Their five words are not shown any more.")) from late
    except BadSignature as wrong:
        raise Refused(404, _("There is nothing at this address.")) from wrong


def _response_id(token: uuid.UUID) -> uuid.UUID:
    """The id of a response that came as a form.

    The address of the thanks page must lead to the receipt and not to the response, so the id cannot be read from it
    without our secret.
    """
    keyed = hmac.digest(settings.SECRET_KEY.encode(), b"form\0" + token.bytes, hashlib.sha256)
    return uuid.UUID(bytes=keyed[:16], version=4)


@require_safe
@refusals_as(refused_page)
def thanks(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Thanks for a form, and its receipt."""
    wave = wave_of(code)
    words = words_for(instrument_of(wave.edition_id).audience)
    receipt = receipt_of(_response_id(_token_of(token, wave))).split()
    context = {"words": words, "receipt": receipt, "wave": wave, "area": wave.area, **exit_address()}
    response = render(request, "answering/thanks.html", context)
    response["Cache-Control"] = "no-store"
    return response


@csrf_exempt
@refusals_as(refused_json)
def response(request: HttpRequest, code: str, response_id: uuid.UUID) -> HttpResponse:
    """Stores what a device delivers under the id it made, once, however often it is delivered."""
    if request.method != "PUT":
        return HttpResponseNotAllowed(["PUT"])
    check_same_origin(request)
    wave = wave_of(code, with_area=False)
    check_takes_answers(wave)
    if request.content_type != "application/json":
        raise Refused(415, _("Answers are sent as JSON."))
    try:
        is_new = deliver(response_id, Delivery.from_device(body_of(request), response_id), wave=wave)
    except InvalidAnswers as problem:
        answer = JsonResponse({"errors": as_errors(problem)}, status=422)
    else:
        answer = JsonResponse({"receipt": receipt_of(response_id)}, status=201 if is_new else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address from which it may hold every survey."""
    content = Path(finders.find("answering/worker.js") or staticfiles_storage.path("answering/worker.js")).read_bytes()
    answer = HttpResponse(content, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Where an officer sees how many answers wait on a tablet; the tablet alone knows."""
    return render(request, "answering/waiting.html", exit_address())


def away(request: HttpRequest) -> HttpResponse:
    """What the survey leaves behind in the browser's history when it is hidden: the way to where hiding leads."""
    return HttpResponseRedirect(settings.EARSHOT_QUICK_EXIT_ADDRESS)


@csrf_exempt
@refusals_as(refused_page)
def nowhere(request: HttpRequest, path: str) -> HttpResponse:
    """Refuses every other address of ours itself, because what the framework refuses it may name in a log."""
    raise Refused(404, _("There is nothing at this address."))


@csrf_exempt
@refusals_as(refused_page)
def code_page(request: HttpRequest) -> HttpResponse:
    """A place to type the code of a poster."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return render(request, "answering/code.html", exit_address())
    check_same_origin(request)
    typed = QueryDict(body_of(request), encoding="utf-8").get("code", "")
    address = address_of(request)
    if not guesses.slow_down(address):
        raise Refused(429, _("Many people are typing codes just now. Please wait a moment and press Go on again."))
    wave = _wave_of_code(typed)
    if wave is not None:
        # In the fragment, which no server or log ever sees.
        return HttpResponseRedirect(f"{reverse('answering:survey', args=[wave.code])}#{plain_code(typed)}", status=303)
    guesses.was_wrong(address)
    answer = render(
        request, "answering/code.html", {"typed": typed[:40], "is_wrong": True, **exit_address()}, status=404
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _wave_of_code(typed: str) -> Wave | None:
    found = link_of(typed) or card_of(typed)
    return found.wave if found is not None and found.wave.is_open else None


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
