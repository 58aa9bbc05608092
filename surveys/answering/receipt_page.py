"""Where a respondent comes back with the words of their receipt: to see the answers are kept, or take them back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from surveys.answering.delivery import body_of, check_same_origin, wave_of
from surveys.answering.languages import ENGLISH, address_in, language_asked
from surveys.answering.refusals import exit_address, refusals_as, refused_page
from surveys.answering.words import words_for
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.responses.actions import is_kept, withdraw
from surveys.responses.receipts import LONGEST_TYPED

ASKS, FOUND, NOT_FOUND, TAKEN_BACK = "asks", "found", "not_found", "taken_back"


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@refusals_as(refused_page)
def receipt(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """Asks for the words, and does what their holder wants; the words are in no address and no log."""
    wave = wave_of(code)
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return _page(request, wave, ASKS)
    check_same_origin(request)
    form = QueryDict(body_of(request), encoding="utf-8")
    typed = form.get("words", "")[:LONGEST_TYPED]
    return _page(request, wave, _outcome(typed, wave, step=form.get("step", "")), typed)


def _outcome(typed: str, wave: Wave, *, step: str) -> str:
    if step == "back":
        return TAKEN_BACK if withdraw(typed, wave=wave) else NOT_FOUND
    return FOUND if is_kept(typed, wave=wave) else NOT_FOUND


def _page(request: HttpRequest, wave: Wave, outcome: str, typed: str = "") -> HttpResponse:
    words = words_for(instrument_of(wave.edition_id).audience)
    context = {"outcome": outcome, "typed": typed, "wave": wave, "area": wave.area, "words": words, **exit_address()}
    context["address"] = address_in(language_asked(request), "receipt", code=wave.code)
    page = render(request, "answering/receipt.html", context, status=404 if outcome == NOT_FOUND else 200)
    page["Cache-Control"] = "no-store"
    return page
