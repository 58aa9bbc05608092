"""Where a respondent comes back with the words of their receipt: to read a reply, or take the answers back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from surveys.answering.delivery import Refused, body_of, check_same_origin, wave_of
from surveys.answering.guessing import Guesses, address_of
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, address_in, language_asked
from surveys.answering.refusals import exit_address, refusals_as, refused_page
from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
from surveys.responses.actions import Kept, look_up, withdraw
from surveys.responses.models import Reply
from surveys.responses.receipts import LONGEST_TYPED

ASKS, FOUND, NOT_FOUND, TAKEN_BACK = "asks", "found", "not_found", "taken_back"
guesses = Guesses()


@dataclass(frozen=True)
class Outcome:
    """What came of the words that were typed, and, where they were found, what there is to see."""

    name: str
    is_read: bool | None = None
    report_on: date | None = None
    is_reported: bool = False
    replies: tuple[Reply, ...] = ()
    looked_up_on: date | None = None


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@refusals_as(refused_page)
def receipt(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """Asks for the words, and does what their holder wants; the words are in no address and no log."""
    wave = wave_of(code)
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return _page(request, wave, Outcome(ASKS))
    check_same_origin(request)
    form = QueryDict(body_of(request), encoding="utf-8")
    typed = form.get("words", "")[:LONGEST_TYPED]
    return _page(request, wave, _guarded(request, typed, wave, step=form.get("step", "")), typed)


def _guarded(request: HttpRequest, typed: str, wave: Wave, *, step: str) -> Outcome:
    """The outcome, slower for whoever has typed many words that lead nowhere."""
    address = address_of(request)
    if not guesses.slow_down(address):
        raise Refused(429, _("Many people are typing words just now. Please wait a moment and press Go on again."))
    outcome = _outcome(typed, wave, step=step)
    if outcome.name == NOT_FOUND:
        guesses.was_wrong(address)
    return outcome


def _outcome(typed: str, wave: Wave, *, step: str) -> Outcome:
    if step == "back":
        return Outcome(TAKEN_BACK if withdraw(typed, wave=wave) else NOT_FOUND)
    kept = look_up(typed, wave=wave)
    return _found(kept) if kept else Outcome(NOT_FOUND)


def _found(kept: Kept) -> Outcome:
    """Whether a person has read it is said only where there is something to read, and never what they thought of it."""
    report = instrument_of(kept.edition_id).report_back_on
    day = date.fromisoformat(report) if report else None
    return Outcome(
        FOUND,
        is_read=kept.is_read if kept.has_words else None,
        report_on=day,
        is_reported=day is not None and day < timezone.localdate(),
        replies=kept.replies,
        looked_up_on=kept.looked_up_on,
    )


def _page(request: HttpRequest, wave: Wave, outcome: Outcome, typed: str = "") -> HttpResponse:
    instrument, language = instrument_of(wave.edition_id), language_asked(request)
    words = words_around(instrument)
    context = {
        "outcome": outcome.name,
        "found": outcome,
        "typed": typed,
        "wave": wave,
        "area": wave.area,
        "help_numbers": help_numbers(wave.area, words),
        "words": words,
        "address": address_in(language, "receipt", code=wave.code),
        "contact_address": address_in(language, "contact", code=wave.code),
        "begin": address_in(language, "survey", code=wave.code),
        **exit_address(),
    }
    page = render(request, "answering/receipt.html", context, status=404 if outcome.name == NOT_FOUND else 200)
    page["Cache-Control"] = "no-store"
    return page
