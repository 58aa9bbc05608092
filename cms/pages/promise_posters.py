"""What hangs on a wall: you said, we will, in the words of one audience, and a code that leads to the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
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
# What is left of A4 for promises, in millimetres; and of each size the height of a line and how many letters fit in it.
ROOM = 138
SIZES = {"large": (14.6, 25), "middle": (11.3, 34), "small": (8.8, 44), "least": (7.2, 54)}
# The words around each promise: you said, we will, by when, and the space before the next.
AROUND = 28
# So that the heading stays on its paper in every language: how many letters, and the class of its size.
HEADINGS = ((18, "short"), (27, "long"), (1000, "longest"))
# From two metres these can be read; a text so long that only smaller letters hold it still is readable close by.
FROM_AFAR = ("large", "middle")


@require_safe
def poster(request: HttpRequest, code: str, readers: str, language: str = ENGLISH) -> HttpResponse:
    """An A4 poster to print: the promises that were chosen (`p=` their numbers), or those that are newest."""
    area, page = area_of(code, language), PAGES[readers]
    leads = request.build_absolute_uri(address_of(area.code, readers, language))
    shown, size = _that_fit(_chosen(request, area, page.audience, language))
    asked = request.GET.urlencode()
    context = {
        "area": area,
        "language": language,
        "direction": direction_of(language),
        "languages": spoken_by(area, readers, "poster"),
        "asked": f"?{asked}" if asked else "",
        "words": page.words,
        "promises": shown,
        "size": size,
        # Only our own path.
        "qr": mark_safe(qr_svg(leads)),  # noqa: S308
        "address": _pieces(leads),
        "help_numbers": help_numbers(area, page.words),
    }
    with override(language):
        context["heading"] = _("You said, we will")
        context["heading_size"] = next(size for most, size in HEADINGS if len(context["heading"]) <= most)
        response = render(request, "pages/promise_poster.html", context)
    response["Cache-Control"], response["Content-Language"] = A_MINUTE, language
    return response


def _pieces(address: str) -> list[str]:
    """An address in pieces, between which a line may end."""
    return [f"{piece}/" for piece in address.split("://")[-1].strip("/").split("/")]


def _chosen(request: HttpRequest, area: Area, audience: str, language: str) -> Sequence[PromiseInformation]:
    """Those asked for by number, or the newest; nothing that was taken back hangs on a wall."""
    wanted = {number for number in request.GET.getlist("p") if number.isdecimal()}
    found = [
        one
        for one in promises_of(area, audience=audience, language=language)
        if one.status != Promise.Status.TAKEN_BACK and (not wanted or str(one.number) in wanted)
    ]
    return sorted(found, key=lambda one: -one.number)


def _that_fit(found: Sequence[PromiseInformation]) -> tuple[list[PromiseInformation], str]:
    """As many as can be read from two metres, and the size they are printed in; the first is always there."""
    for many in range(min(MOST, len(found)), 0, -1):
        for size in FROM_AFAR:
            if _height(found[:many], size) <= ROOM:
                return list(found[:many]), size
    first = list(found[:1])
    return first, "small" if _height(first, "small") <= ROOM else "least"


def _height(shown: Iterable[PromiseInformation], size: str) -> float:
    line, letters = SIZES[size]
    texts = [text for one in shown for text in (one.you_said.text, _second(one))]
    return sum(ceil(len(text) / letters) * line for text in texts) + AROUND * len(texts) / 2


def _second(one: PromiseInformation) -> str:
    return one.ended.told.text if one.ended else one.we_will.text
