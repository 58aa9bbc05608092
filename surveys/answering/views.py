"""The phone's addresses. No view reads a session or a cookie; none writes anything but a response."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from surveys.answering.both_times import Led, led_by
from surveys.answering.choosing import words_in
from surveys.answering.delivery import (
    FORM,
    Delivery,
    NotKept,
    Refused,
    as_errors,
    body_of,
    check_has_begun,
    check_same_origin,
    check_takes_answers,
    deliver,
    edition_of,
    form_of,
    messages_of,
    wave_of,
)
from surveys.answering.guessing import address_of, guesses
from surveys.answering.help_numbers import help_numbers
from surveys.answering.kept_documents import accepts_gzip, document_of
from surveys.answering.languages import ENGLISH, address_in, first_spoken, language_asked, spoken_in
from surveys.answering.promised import promised_at
from surveys.answering.refusals import exit_address, refusals_as, refused_json, refused_page
from surveys.answering.screens import Given, languages_of, survey_screens
from surveys.answering.words import words_around
from surveys.design.frozen import digest_of, instrument_of
from surveys.fieldwork.models import Wave
from surveys.instrument.document import InvalidAnswers
from surveys.instrument.wording import LANGUAGES
from surveys.responses.receipts import receipt_of

# Long enough to write five words down; after it, who opens the history of a shared phone finds nothing.
THANKS_SECONDS = 10 * 60


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@refusals_as(refused_page)
def survey(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """The survey of a wave as one document of one language, and the form it sends without JavaScript."""
    match request.method:
        case "GET" | "HEAD":
            return _document(request, code, language)
        case "POST":
            return _form(request, wave_of(code), language)
        case _:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


def _open_wave(code: str) -> Wave:
    wave = wave_of(code)
    check_has_begun(wave)
    if not wave.is_open:
        raise Refused(410, _("These questions are closed. Thank you for wanting to answer."))
    return wave


def _document(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The same for everybody, so that anything between us and the phone may keep it."""
    kept = document_of(code, language, make=lambda: _made(request, code, language))
    is_zipped = accepts_gzip(request)
    response = HttpResponse(kept.zipped if is_zipped else kept.content)
    if is_zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Content-Language"] = language
    response["Cache-Control"] = "public, max-age=300"
    # Of a form that was zipped, it is said only that it means the same.
    response["ETag"] = f"W/{kept.etag}" if is_zipped else kept.etag
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _made(request: HttpRequest, code: str, language: str) -> bytes:
    """The document of a wave that is open, in a language in which it is asked there."""
    wave = _open_wave(code)
    if language not in languages_of(instrument_of(wave.edition_id), wave.area):
        raise Refused(404, _("These questions are not there in this language."))
    return _survey_page(request, wave, wave.edition_id, language).content


def _survey_page(
    request: HttpRequest, wave: Wave, edition_id: int, language: str, given: Given | None = None
) -> HttpResponse:
    # The language is in the address and in nothing a browser says of its owner.
    with override(language):
        page = survey_screens(
            instrument_of(edition_id), wave=wave, edition=digest_of(edition_id), language=language, given=given
        )
        context = {"page": page, "area": wave.area, "contact_address": address_in(language, "contact", code=wave.code)}
        context["help_numbers"] = help_numbers(wave.area, page.words)
        response = render(request, "answering/survey.html", {**context, **exit_address()})
    response["Content-Language"] = language
    return response


def _form(request: HttpRequest, wave: Wave, language: str) -> HttpResponse:
    """Reads a form, and answers in the language it was filled in."""
    check_same_origin(request)
    if request.content_type != FORM:
        raise Refused(415, _("This is not a form of ours. Please open the page again."))
    form = form_of(request)
    with override(first_spoken(form.get("language"), language)):
        check_takes_answers(wave)
        return _store(request, wave, form)


def _store(request: HttpRequest, wave: Wave, form: QueryDict) -> HttpResponse:
    """Stores a form. The id is made here, for a page that is the same for everybody cannot hold one."""
    # A page opened before the questions changed is read, and shown again, with the questions it asked.
    edition_id = edition_of(wave, form.get("edition", ""))
    delivery = Delivery.from_form(form, instrument_of(edition_id))
    if language := form.get("to"):
        return _in_another_language(request, wave, edition_id, delivery, language)
    token = uuid.uuid4()
    try:
        deliver(_response_id(token), delivery, wave=wave)
    except InvalidAnswers as problem:
        return _again(request, wave, edition_id, delivery, messages_of(problem), status=422)
    except NotKept as problem:
        return _again(request, wave, edition_id, delivery, {"": problem.message}, status=problem.status)
    language = _language_of(delivery, edition_id)
    address = address_in(language, "thanks", code=wave.code, token=_signer(wave).sign(token.hex))
    return HttpResponseRedirect(address, status=303)


def _again(
    request: HttpRequest,
    wave: Wave,
    edition_id: int,
    delivery: Delivery,
    errors: Mapping[str, str],
    *,
    status: int,
    language: str = "",
) -> HttpResponse:
    """The form with what was given in it, of which nothing is kept here or on the way, and why it was not stored."""
    given = Given(
        delivery.answers, errors, delivery.helper, delivery.told, delivery.code, words_in(delivery.hearers),
        delivery.others,
    )  # fmt: skip
    response = _survey_page(request, wave, edition_id, language or _language_of(delivery, edition_id), given)
    response.status_code = status
    response["Cache-Control"] = "no-store"
    return response


def _in_another_language(
    request: HttpRequest, wave: Wave, edition_id: int, delivery: Delivery, language: str
) -> HttpResponse:
    """What a browser without JavaScript gets that asks for another language; what was answered comes along."""
    if language not in languages_of(instrument_of(edition_id), wave.area):
        raise Refused(404, _("These questions are not there in this language."))
    return _again(request, wave, edition_id, delivery, {}, status=200, language=language)


def _language_of(delivery: Delivery, edition_id: int) -> str:
    return delivery.language if delivery.language in instrument_of(edition_id).languages else ENGLISH


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
def thanks(request: HttpRequest, code: str, token: str, language: str = ENGLISH) -> HttpResponse:
    """Thanks for a form, and its receipt."""
    wave = wave_of(code)
    instrument = instrument_of(wave.edition_id)
    words = words_around(instrument)
    receipt = receipt_of(_response_id(_token_of(token, wave))).split()
    address = address_in(language, "receipt", code=code)
    context = {"words": words, "receipt": receipt, "address": address, "area": wave.area}
    context["help_numbers"] = help_numbers(wave.area, words)
    context["contact_address"] = address_in(language, "contact", code=code)
    context["begin"] = address_in(language, "survey", code=code)
    context["promised_address"] = promised_at(wave.area, instrument.audience, language)
    context["asked_again"] = wave.is_asked_again_after
    response = render(request, "answering/thanks.html", {**context, **exit_address()})
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
    if request.content_type != "application/json":
        raise Refused(415, _("Answers are sent as JSON."))
    delivery = Delivery.from_device(body_of(request), response_id)
    with override(first_spoken(delivery.language, language_asked(request))):
        check_takes_answers(wave)
        answer = _delivered(response_id, delivery, wave)
    answer["Cache-Control"] = "no-store"
    return answer


def _delivered(response_id: uuid.UUID, delivery: Delivery, wave: Wave) -> JsonResponse:
    try:
        is_new = deliver(response_id, delivery, wave=wave)
    except InvalidAnswers as problem:
        return JsonResponse({"errors": as_errors(problem)}, status=422)
    return JsonResponse({"receipt": receipt_of(response_id)}, status=201 if is_new else 200)


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
def code_page(request: HttpRequest, language: str = ENGLISH) -> HttpResponse:
    """A place to type the code of a poster."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return _code_form(request, language)
    check_same_origin(request)
    typed = form_of(request).get("code", "")
    address = address_of(request)
    if not guesses.slow_down(address):
        raise Refused(429, _("Many people are typing codes just now. Please wait a moment and press Go on again."))
    led = led_by(typed)
    if led is not None:
        return _lead(request, led, typed, language)
    guesses.was_wrong(address)
    answer = _code_form(request, language, status=404, typed=typed[:40], is_wrong=True)
    answer["Cache-Control"] = "no-store"
    return answer


def _lead(request: HttpRequest, led: Led, typed: str, language: str) -> HttpResponse:
    """To the questions; where a card opens two, to a page on which its holder chooses."""
    if led.now is not None and led.later is None:
        return HttpResponseRedirect(led.address(language, typed), status=303)
    context: dict[str, object] = {"is_spent": led.is_spent, "code_address": address_in(language, "code")}
    if led.now is not None:
        context["now"] = led.address(language, typed)
        context["later"] = led.later_address(language, typed)
    answer = render(request, "answering/both_times.html", {**context, **exit_address()})
    answer["Cache-Control"] = "no-store"
    return answer


def _code_form(request: HttpRequest, language: str, *, status: int = 200, **shown: object) -> HttpResponse:
    others = spoken_in((code for code in LANGUAGES if code != language), "code")
    context = {"address": address_in(language, "code"), "languages": others, **shown, **exit_address()}
    return render(request, "answering/code.html", context, status=status)
