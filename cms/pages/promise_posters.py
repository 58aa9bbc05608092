"""What hangs on a wall: you said, we will, in the words of one audience, and a code that leads to the page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.pages.promise_words import PAGES
from cms.pages.promises import A_MINUTE, address_of, area_of, spoken_by
from feedback.promises.models import Promise
from feedback.promises.reading import PromiseInformation, promises_of
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, direction_of
from surveys.answering.qr import qr_svg
from surveys.frame.models import Area

MOST = 3
# So many letters can be read from two metres on A4 in large type, and so many in the smallest we print.
LARGE, MIDDLE, SMALL = 240, 420, 640


@require_safe
def poster(request: HttpRequest, code: str, readers: str, language: str = ENGLISH) -> HttpResponse:
    """An A4 poster to print: the promises that were chosen (`p=` their numbers), or those that are newest."""
    area, page = area_of(code, language), PAGES[readers]
    leads = request.build_absolute_uri(address_of(area.code, readers, language))
    shown = _that_fit(_chosen(request, area, page.audience, language))
    asked = request.GET.urlencode()
    context = {
        "area": area,
        "language": language,
        "direction": direction_of(language),
        "languages": spoken_by(area, readers, "poster"),
        "asked": f"?{asked}" if asked else "",
        "words": page.words,
        "promises": shown,
        "size": _size(shown),
        # Only our own path.
        "qr": mark_safe(qr_svg(leads)),  # noqa: S308
        "address": leads.split("://")[-1],
        "help_numbers": help_numbers(area, page.words),
    }
    with override(language):
        response = render(request, "pages/promise_poster.html", context)
    response["Cache-Control"], response["Content-Language"] = A_MINUTE, language
    return response


def _chosen(request: HttpRequest, area: Area, audience: str, language: str) -> Iterable[PromiseInformation]:
    """Those asked for by number, or the newest; nothing that was taken back hangs on a wall."""
    wanted = {number for number in request.GET.getlist("p") if number.isdecimal()}
    found = [
        one
        for one in promises_of(area, audience=audience, language=language)
        if one.status != Promise.Status.TAKEN_BACK and (not wanted or str(one.number) in wanted)
    ]
    return sorted(found, key=lambda one: -one.number)


def _that_fit(found: Iterable[PromiseInformation]) -> list[PromiseInformation]:
    """As many as can be read; one always is there."""
    shown: list[PromiseInformation] = []
    for one in islice(found, MOST):
        if shown and _letters([*shown, one]) > SMALL:
            break
        shown.append(one)
    return shown


def _letters(shown: Iterable[PromiseInformation]) -> int:
    return sum(len(one.you_said.text) + len(_second(one)) for one in shown)


def _second(one: PromiseInformation) -> str:
    return one.ended.told.text if one.ended else one.we_will.text


def _size(shown: list[PromiseInformation]) -> str:
    letters = _letters(shown) + 40 * max(len(shown) - 1, 0)
    return "large" if letters <= LARGE else "middle" if letters <= MIDDLE else "small"
