"""What was said in focus groups and interviews of an area: talk beside figures, never among them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.pages.models import HomePage
from cms.pages.promises import A_MINUTE, area_of
from feedback.releases.talk import talks_of
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, Spoken, direction_of
from surveys.answering.refusals import exit_address
from surveys.answering.words import ADULTS
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES


def talks_at(code: str, language: str = ENGLISH) -> str:
    """The address of the page; English has no name in it."""
    parts = {"code": code} if language == ENGLISH else {"code": code, "language": language}
    return reverse("talks:talks", kwargs=parts)


@require_safe
def talks(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """Everything that is told of the talks of an area, kept by nobody for longer than a minute."""
    area = area_of(code, language)
    if area.merged_into:
        return redirect(talks_at(area.merged_into.code, language))
    with override(language):
        response = render(request, "pages/talks.html", _shown(area, language))
    response["Cache-Control"], response["Content-Language"] = A_MINUTE, language
    return response


def _shown(area: Area, language: str) -> dict[str, Any]:
    home = HomePage.objects.live().filter(area=area).order_by("path").first()
    return {
        "area": area,
        "language": language,
        "talks": talks_of(area),
        "languages": [
            Spoken(one, own, direction_of(one), talks_at(area.code, one))
            for one, own in LANGUAGES.items()
            if area.offers(one)
        ],
        "home_address": home.get_url() if home else None,
        "help_numbers": help_numbers(area, ADULTS),
        **exit_address(),
    }
