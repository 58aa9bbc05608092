"""What hangs on a wall: an A4 poster and a sheet of stickers for each way in, in every language of its questions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from surveys.answering.delivery import Refused
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, address_in
from surveys.answering.qr import qr_svg
from surveys.answering.refusals import refusals_as, refused_page
from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import OpenLink
from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT

# Labels of 63.5 by 33.9 mm on A4, three across and eight down.
LABELS = 3 * 8
# The style sheet draws the code so wide, its quiet zone included.
CODE_MM = 27
# What a phone can read from a hand's breadth away on ordinary paper.
SMALLEST_MODULE_MM = 0.4


def _link_of(code: str) -> OpenLink:
    link = OpenLink.objects.select_related("wave", "area").filter(code=code).first()
    if link is None:
        raise Refused(404, _("There is nothing at this address."))
    return link


def _language(request: HttpRequest, link: OpenLink) -> str:
    """The language a poster is to be printed in; one that its questions have."""
    asked = request.GET.get("language", ENGLISH)
    if asked not in instrument_of(link.wave.edition_id).languages:
        raise Refused(404, _("There is nothing at this address."))
    return asked


@require_safe
@refusals_as(refused_page)
def poster_code(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of a poster, which leads to the questions in the poster's language."""
    link = _link_of(code)
    leads = address_in(_language(request, link), "survey", code=link.wave.code)
    # The address the visitor used, so that a demo on a laptop's own address works as well.
    answer = HttpResponse(qr_svg(f"{request.build_absolute_uri(leads)}#{link.code}"), content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _printed(request: HttpRequest, code: str, template: str, **more: object) -> HttpResponse:
    """A sheet about one way in, in one of the languages of its questions."""
    link = _link_of(code)
    language, instrument = _language(request, link), instrument_of(link.wave.edition_id)
    words = words_around(instrument)
    with override(language):
        context = {
            "link": link,
            "area": link.area,
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "languages": [(one, LANGUAGES[one]) for one in instrument.languages],
            "help_numbers": help_numbers(link.area, words),
            "words": words,
            "title": instrument.title[language],
            "made_by": instrument.designed_by,
            "introduction": instrument.introduction.get(language, ""),
            "address": request.build_absolute_uri(reverse("answering:code")).split("://")[-1],
            **more,
        }
        return render(request, template, context)


@require_safe
@refusals_as(refused_page)
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """An A4 poster to print."""
    return _printed(request, code, "answering/poster.html")


@require_safe
@refusals_as(refused_page)
def stickers(request: HttpRequest, code: str) -> HttpResponse:
    """An A4 sheet of stickers to print, each with the QR code of the poster."""
    return _printed(request, code, "answering/stickers.html", labels=range(LABELS))
