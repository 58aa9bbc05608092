"""A draft as the phone would show it, to be tried. Nothing here takes an answer, whatever is sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from surveys.answering.booklet import Booklet, booklet
from surveys.answering.delivery import Refused
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, spoken_in
from surveys.answering.refusals import exit_address, refusals_as, refused_page
from surveys.answering.screens import languages_of, survey_screens
from surveys.answering.words import words_for
from surveys.design.models import Edition
from surveys.design.workbench import TryOut
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.instrument.document import Instrument, read
from surveys.instrument.wording import LANGUAGES

# No script of such a page reaches a server, and no form has an address.
SENDS_NOTHING = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'none'; worker-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors "
)
NOT_FRAMED = f"{SENDS_NOTHING}'none'"
FRAMED_BY_THE_DESK = f"{SENDS_NOTHING}'self'"
# What stands where a wave's code stands; no wave can have it.
NO_WAVE = "try"


@csrf_exempt  # Whatever is sent is refused.
@refusals_as(refused_page)
def try_out(request: HttpRequest, key: str, language: str = ENGLISH) -> HttpResponse:
    """The draft of a try-out, for whoever has its link, until it ends."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = TryOut.objects.select_related("survey__care_council__area").filter(code=key).first()
    if found is None:
        raise Refused(404, _("There is nothing at this address."))
    if not found.is_open_on(timezone.localdate()):
        raise Refused(410, _("This try-out has ended. Thank you for wanting to help."))
    instrument, area = read(found.document), _area_of(found)
    if language not in languages_of(instrument, area):
        raise Refused(404, _("These questions are not there in this language."))
    others = spoken_in((code for code in languages_of(instrument, area) if code != language), "try_out", key=key)
    response = draft_as_phone(request, instrument, area=area, language=language, languages=others)
    response["Content-Security-Policy"] = NOT_FRAMED
    response["Cache-Control"] = "no-store"
    return response


def _area_of(found: TryOut) -> Area | None:
    council = found.survey.care_council
    return council.area if council else None


def draft_as_phone(
    request: HttpRequest,
    instrument: Instrument,
    *,
    area: Area | None,
    language: str,
    languages: tuple = (),
    with_script: bool = True,
) -> HttpResponse:
    """The questions as a phone shows them, with nowhere to send anything."""
    with override(language):
        page = survey_screens(instrument, wave=Wave(code=NO_WAVE, area=area), edition="", language=language)
        context = {"page": page, "area": area, "help_numbers": help_numbers(area, page.words)}
        more = {"languages": languages, "with_script": with_script, **exit_address()}
        response = render(request, "answering/trying.html", {**context, **more})
    response["Content-Language"] = language
    return response


def draft_as_booklet(instrument: Instrument, *, number: int, area: Area | None, language: str) -> dict[str, object]:
    """What a template of the booklet needs to print a draft; called with this language in force."""
    book: Booklet = booklet(Edition(number=number), instrument, wave=NO_WAVE, language=language)
    numbers = help_numbers(area, words_for(instrument.audience, instrument.kind))
    return {"book": book, "area": area, "help_numbers": numbers}


def languages_to_try(instrument: Instrument) -> list[tuple[str, str]]:
    """The languages a draft is complete in, with their own names, whether its area offers them or not."""
    return [(code, LANGUAGES[code]) for code in instrument.languages]
