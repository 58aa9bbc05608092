"""The board of what gets in the way: what was named, what was answered, and how many days it has waited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.pages.models import HomePage
from cms.pages.promises import A_MINUTE, area_of
from feedback.promises.blockage_reading import BlockageInformation, blockages_of, last_review
from feedback.promises.blockages import Blockage
from surveys.answering.blockage_page import address_of, spoken_by
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH
from surveys.answering.refusals import exit_address
from surveys.answering.words import ADULTS
from surveys.frame.models import Area

Status = Blockage.Status


@dataclass(frozen=True)
class BoardGroup:
    """What stands below one heading."""

    label: str
    blockages: tuple[BlockageInformation, ...]


@require_safe
def board(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """The board of an area."""
    area = area_of(code, language)
    if area.merged_into:
        return redirect(address_of(area.merged_into, "board", language))
    with override(language):
        response = render(request, "pages/blockages.html", _shown(area, language))
    response["Cache-Control"], response["Content-Language"] = A_MINUTE, language
    return response


def _shown(area: Area, language: str) -> dict[str, Any]:
    home = HomePage.objects.live().filter(area=area).order_by("path").first()
    return {
        "area": area,
        "language": language,
        "groups": _groups(area),
        "reviewed_on": last_review(area),
        "name_address": address_of(area, "name", language),
        "languages": spoken_by(area, "board"),
        "home_address": home.get_url() if home else None,
        "help_numbers": help_numbers(area, ADULTS),
        **exit_address(),
    }


def _groups(area: Area) -> list[BoardGroup]:
    """What waits for an answer first, then what is late; within each, what has waited longest."""
    found = blockages_of(area)
    of_each = [(label, tuple(one for one in found if belongs(one))) for label, belongs in _what_became()]
    return [BoardGroup(label, blockages) for label, blockages in of_each if blockages]


def _what_became() -> list[tuple[str, Callable[[BlockageInformation], bool]]]:
    return [
        (_("Waits for an answer"), lambda one: one.is_unanswered),
        (_("We are late with this"), lambda one: one.is_overdue),
        (_("We are going to do this"), lambda one: one.is_open and not one.is_overdue),
        (_("We changed this"), lambda one: one.status == Status.CHANGED),
        (_("We can’t do this"), lambda one: one.status == Status.CANNOT),
        (_("We took this off the board"), lambda one: one.status == Status.RECALLED),
    ]
