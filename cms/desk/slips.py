"""Slips that remind: an A4 sheet of eight, each saying the same to everybody, with the last day and a way in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.answering.qr import qr_svg
from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import OpenLink, Wave
from surveys.instrument.wording import RIGHT_TO_LEFT

PRINT = "fieldwork.invite"
ON_A_SHEET = 8


@never_cache
@require_safe
def slips(request: HttpRequest, code: str) -> HttpResponse:
    """The slips of one poster in one language. They name nobody, and any copy is like another."""
    mine = Wave.objects.visible_to(request.user, PRINT).exclude(status=Wave.Status.CLOSED)
    wave = get_object_or_404(mine.select_related("area"), code=code)
    if not request.user.has_perm(PRINT, wave):
        raise PermissionDenied("Your role does not include this.")
    instrument = instrument_of(wave.edition_id)
    language = request.GET.get("language", "en")
    if language not in instrument.languages:
        raise Http404("These questions are not there in this language.")
    link = _link(wave, request.GET.get("link", ""))
    with override(language):
        context = {
            "wave": wave,
            "area": wave.area,
            "link": link,
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "title": instrument.title[language],
            "words": words_around(instrument),
            "address": request.build_absolute_uri(reverse("answering:code")).split("://")[-1],
            "qr": _qr(request, wave, link, language),
            "slips": range(ON_A_SHEET),
        }
        return render(request, "desk/slips.html", context)


def _link(wave: Wave, code: str) -> OpenLink:
    return get_object_or_404(wave.open_links.all(), code=code.replace("\0", ""))


def _qr(request: HttpRequest, wave: Wave, link: OpenLink, language: str) -> SafeString:
    where = [wave.code] if language == "en" else [wave.code, language]
    address = request.build_absolute_uri(reverse("answering:survey", args=where)) + f"#{link.code}"
    # Only our own drawing, of an address of ours.
    return mark_safe(qr_svg(address))  # noqa: S308
