"""Cards to print and cut out: the only moment at which their codes can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.desk.parts import part_asked
from surveys.answering.languages import ENGLISH, address_in
from surveys.answering.qr import qr_svg
from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.actions import invite
from surveys.fieldwork.link_codes import card_serial
from surveys.fieldwork.models import Wave
from surveys.fieldwork.policies import CARDS_ON_A_SHEET
from surveys.instrument.promises import terms_of
from surveys.instrument.wording import RIGHT_TO_LEFT

DAYS_VALID = 60


@dataclass(frozen=True)
class Card:
    """One card as it is printed."""

    code: str
    qr: SafeString
    serial: str = ""


@never_cache
@require_POST
def cards(request: HttpRequest, code: str) -> HttpResponse:
    """Makes cards and shows them for printing; a reload would make others, and says so first."""
    mine = Wave.objects.visible_to(request.user, "fieldwork.invite")
    wave = get_object_or_404(mine.select_related("area"), code=code)
    if not request.user.has_perm("fieldwork.invite", wave):
        raise PermissionDenied("Your role does not include this.")
    try:
        _language(request, wave)
        codes = invite(wave, **_asked(request, wave), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:wave", code=code)
    language = _language(request, wave)
    with override(language):
        return render(request, "desk/cards.html", _sheets(request, wave, codes, language))


def _language(request: HttpRequest, wave: Wave) -> str:
    """The language the cards are printed in: one of the questions', English if the form said none."""
    asked = request.POST.get("language") or ENGLISH
    if asked not in instrument_of(wave.edition_id).languages:
        raise ValidationError("These questions are not there in this language. Choose one of the list.")
    return asked


def _asked(request: HttpRequest, wave: Wave) -> dict:
    many, last_day = request.POST.get("cards", ""), request.POST.get("expires_on", "")
    try:
        expires_on = date.fromisoformat(last_day) if last_day else timezone.localdate() + timedelta(days=DAYS_VALID)
        found = {"cards": int(many), "expires_on": expires_on}
    except ValueError as problem:
        raise ValidationError("Say how many cards are to be made, and until which day they hold.") from problem
    return {**found, "area": wave.area, **part_asked(request, wave.area)}


def _sheets(request: HttpRequest, wave: Wave, codes: list[str], language: str) -> dict:
    instrument = instrument_of(wave.edition_id)
    keeps_card = terms_of(instrument.kept_promise).keeps_card
    made = [
        Card(f"{code[:5]} {code[5:]}", _qr(request, wave, code, language), card_serial(code) if keeps_card else "")
        for code in codes
    ]
    return {
        "wave": wave,
        "area": wave.area,
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "title": instrument.title[language],
        "words": words_around(instrument),
        "address": request.build_absolute_uri(reverse("answering:code")).split("://")[-1],
        "keeps_card": keeps_card,
        "serials": [card.serial for card in made],
        "sheets": [made[n : n + CARDS_ON_A_SHEET] for n in range(0, len(made), CARDS_ON_A_SHEET)],
    }


def _qr(request: HttpRequest, wave: Wave, code: str, language: str) -> SafeString:
    address = request.build_absolute_uri(address_in(language, "survey", code=wave.code)) + f"#{code}"
    # Only our own drawing, of an address of ours.
    return mark_safe(qr_svg(address))  # noqa: S308
