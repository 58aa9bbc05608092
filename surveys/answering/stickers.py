"""A sheet of stickers for a poster's way in: 24 labels of 63.5 by 33.9 mm on A4, three across and eight down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import OpenLink

LABELS = 3 * 8
# The style sheet draws the code so wide, its quiet zone included.
CODE_MM = 27
# What a phone can read from a hand's breadth away on ordinary paper.
SMALLEST_MODULE_MM = 0.4


@require_safe
def stickers(request: HttpRequest, code: str) -> HttpResponse:
    """An A4 sheet of stickers to print, each with the QR code of the poster."""
    link = get_object_or_404(OpenLink.objects.select_related("wave", "area"), code=code)
    instrument = instrument_of(link.wave.edition_id)
    context = {
        "link": link,
        "area": link.area,
        "words": words_around(instrument),
        "title": instrument.title["en"],
        "address": request.build_absolute_uri(reverse("answering:code")).split("://")[-1],
        "labels": range(LABELS),
    }
    return render(request, "answering/stickers.html", context)
