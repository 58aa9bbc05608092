"""Before and after: an officer prepares questions for a conference, a review or a first visit, and prints cards."""

from __future__ import annotations

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

from cms.desk.cards import Card
from cms.desk.trying import attempt
from cms.desk.turnout import summary_of
from feedback.anonymisation.turnout import used_both_of
from feedback.anonymisation.turnout_words import how_many
from surveys.answering.languages import address_in, direction_of
from surveys.answering.qr import qr_svg
from surveys.answering.words import words_around
from surveys.bank.occasions import ASKED_WHOM, Occasion
from surveys.design.frozen import instrument_of
from surveys.design.models import CareCouncil
from surveys.fieldwork.occasion_actions import invite_twice, open_pack, prepare_pack
from surveys.fieldwork.occasions import SEE, OccasionPack, newest_edition
from surveys.fieldwork.policies import CARDS_ON_A_SHEET
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES

PREPARE = "fieldwork.plan_wave"
# Between a card that is handed over and the last meeting it speaks of lie weeks.
DAYS_VALID = 120
DAYS_TO_REPORT_BACK = 180
REFUSED = 422


def _mine(request: HttpRequest):
    if not request.user.has_perm(SEE):
        raise PermissionDenied("Your role does not include this.")
    found = OccasionPack.objects.visible_to(request.user, SEE)
    return found.select_related("area", "before_survey", "after_survey", "before", "after").order_by("-pk")


def _councils(request: HttpRequest) -> list[CareCouncil]:
    """The care councils of the areas in which this person may prepare something."""
    areas = Area.objects.visible_to(request.user, PREPARE).prefetch_related("care_councils").order_by("name")
    return [council for area in areas for council in area.care_councils.all()]


@never_cache
def packs(request: HttpRequest) -> HttpResponse:
    """What is asked before and after something in this person's areas, and a form to prepare more."""
    found = _mine(request)
    refused = request.method == "POST" and not _prepare(request)
    if request.method == "POST" and not refused:
        return redirect("desk:occasions")
    context = {
        "packs": found,
        "councils": _councils(request),
        "occasions": Occasion.choices,
        "audiences": ASKED_WHOM.items(),
        "report_back_on": timezone.localdate() + timedelta(days=DAYS_TO_REPORT_BACK),
        "given": request.POST,
    }
    return render(request, "desk/occasions.html", context, status=REFUSED if refused else 200)


def _prepare(request: HttpRequest) -> bool:
    typed = {name: request.POST.get(name, "").replace("\0", "").strip() for name in request.POST}
    asked = _number(typed.get("council", ""))
    council = next((one for one in _councils(request) if one.pk == asked), None)
    if council is None:
        messages.error(request, "Choose the area, with the care council that decides on the words.")
        return False
    done = "Both are drafted. Submit each; the care council approves them, and a second person freezes them."
    return attempt(request, done, lambda: _prepared(request, council, typed))


def _prepared(request: HttpRequest, council: CareCouncil, typed: dict[str, str]) -> None:
    listens = typed.get("decision_maker", "")[:200]
    if not listens:
        raise ValidationError("Say who listens to the answers: the person who can change something.")
    prepare_pack(
        council,
        occasion=typed.get("occasion", ""),
        audience=typed.get("audience", ""),
        listens=listens,
        report_back_on=_day(typed.get("report_back_on", "")),
        by=request.user,
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as problem:
        raise ValidationError("Write the day like 2026-12-24.") from problem


@never_cache
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """One of them: how far each side is, how many answered, and cards for both times."""
    found = get_object_or_404(_mine(request), pk=number)
    if request.method == "POST":
        done = "Open: both are answered with a card from now on. Make the cards below."
        attempt(request, done, lambda: open_pack(found, by=request.user))
        return redirect("desk:occasion", number=number)
    context: dict[str, object] = {"pack": found, "sides": _sides(found)}
    if found.before is not None:
        context |= {
            "used_both": how_many(used_both_of(found)),
            "counted_through": found.after.counted_through,
            "services": found.area.services.all(),
            "languages": [(code, LANGUAGES[code]) for code in _languages(found)],
        }
    else:
        context["may_open"] = newest_edition(found.before_survey) and newest_edition(found.after_survey)
    return render(request, "desk/occasion.html", context)


def _sides(found: OccasionPack) -> list[dict[str, object]]:
    both = (("Before", found.before_survey, found.before), ("After", found.after_survey, found.after))
    return [
        {"name": name, "survey": survey, "wave": wave, "turnout": summary_of(wave) if wave else None}
        for name, survey, wave in both
    ]


def _languages(found: OccasionPack) -> list[str]:
    """Those in which both sides can be answered."""
    later = instrument_of(found.after.edition_id).languages
    return [language for language in instrument_of(found.before.edition_id).languages if language in later]


@never_cache
@require_POST
def both_cards(request: HttpRequest, number: int) -> HttpResponse:
    """Makes cards for both times and shows them for printing; a reload would make others, and says so first."""
    found = get_object_or_404(_mine(request), pk=number)
    try:
        language, codes = _made(request, found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:occasion", number=number)
    with override(language):
        return render(request, "desk/cards.html", _sheets(request, found, codes, language))


def _made(request: HttpRequest, found: OccasionPack) -> tuple[str, list[str]]:
    if found.before is None:
        raise ValidationError("These questions are not in the field yet. Open them first.")
    language = request.POST.get("language", "en")
    if language not in _languages(found):
        raise ValidationError("These questions are not there in this language. Choose one of the list.")
    last_day = request.POST.get("expires_on", "")
    expires_on = _day(last_day) if last_day else timezone.localdate() + timedelta(days=DAYS_VALID)
    service = found.area.services.filter(code=request.POST.get("service", "").replace("\0", "")).first()
    many = _number(request.POST.get("cards", ""))
    return language, invite_twice(found, cards=many, service=service, expires_on=expires_on, by=request.user)


def _sheets(request: HttpRequest, found: OccasionPack, codes: list[str], language: str) -> dict:
    instrument = instrument_of(found.before.edition_id)
    made = [Card(f"{code[:5]} {code[5:]}", _qr(request, code, language)) for code in codes]
    return {
        "area": found.area,
        "is_twice": True,
        "language": language,
        "direction": direction_of(language),
        "title": instrument.title[language],
        "back": reverse("desk:occasion", args=[found.pk]),
        "words": words_around(instrument),
        "address": request.build_absolute_uri(reverse("answering:code")).split("://")[-1],
        "sheets": [made[n : n + CARDS_ON_A_SHEET] for n in range(0, len(made), CARDS_ON_A_SHEET)],
    }


def _qr(request: HttpRequest, code: str, language: str) -> SafeString:
    """To the page on which a code is typed: only there is known whether the card opens before or after."""
    address = request.build_absolute_uri(address_in(language, "code")) + f"#{code}"
    # Only our own drawing, of an address of ours.
    return mark_safe(qr_svg(address))  # noqa: S308
