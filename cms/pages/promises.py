"""What was promised about what was said: a page for everybody, and one for each audience in words of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.pages.models import HomePage
from cms.pages.promise_words import PAGES, Readers
from cms.pages.theme_words import theme_heading
from feedback.findings.shown import findings_answered
from feedback.promises.models import Promise
from feedback.promises.open_data import promises_csv
from feedback.promises.reading import PromiseInformation, promises_by_theme, promises_of
from feedback.promises.unanswered import unanswered
from feedback.releases.once import one_reading
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, Spoken, direction_of
from surveys.answering.refusals import exit_address
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES

# What the area decides is seen by everybody within a minute.
A_MINUTE = "public, max-age=60"


@dataclass(frozen=True)
class Group:
    """Promises below one heading."""

    label: str
    promises: tuple[PromiseInformation, ...]


@require_safe
def promises(request: HttpRequest, code: str, readers: str = "", language: str = ENGLISH) -> HttpResponse:
    """The promises of an area, in the words of whoever reads."""
    area = area_of(code, language)
    if area.merged_into:
        return redirect(address_of(area.merged_into.code, readers, language))
    with override(language), one_reading():
        response = render(request, "pages/promises.html", _shown(request, area, PAGES[readers], language))
    response["Cache-Control"], response["Content-Language"] = A_MINUTE, language
    return response


@require_safe
def promises_file(request: HttpRequest, code: str) -> HttpResponse:
    """The promises of an area as open data."""
    area = area_of(code, ENGLISH)
    response = HttpResponse(promises_csv(area, _findings_at(request, area)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="promises-{area.code}.csv"'
    response["Cache-Control"] = A_MINUTE
    return response


def _findings_at(request: HttpRequest, area: Area) -> dict[int, list[str]]:
    """The addresses of the findings that promises answer."""
    return {
        number: [request.build_absolute_uri(reverse("nation:finding", args=[one.code])) for one in found]
        for number, found in findings_answered(area).items()
    }


def area_of(code: str, language: str) -> Area:
    """The area of an address, if it speaks this language."""
    area = get_object_or_404(Area.objects.select_related("merged_into"), code=code)
    if not area.offers(language):
        raise Http404("This area does not offer this language.")
    return area


def address_of(code: str, readers: str = "", language: str = ENGLISH, name: str = "promises") -> str:
    """The address of a page of promises; English has no name in it, and neither has everybody."""
    parts = {"code": code, "readers": readers, "language": "" if language == ENGLISH else language}
    return reverse(f"promises:{name}", kwargs={key: value for key, value in parts.items() if value})


def spoken_by(area: Area, readers: str, name: str = "promises") -> list[Spoken]:
    """The same page in every language that the area offers."""
    return [
        Spoken(code, own, direction_of(code), address_of(area.code, readers, code, name))
        for code, own in LANGUAGES.items()
        if area.offers(code)
    ]


def _shown(request: HttpRequest, area: Area, readers: Readers, language: str) -> dict[str, Any]:
    late = [one for one in unanswered(area) if one.audience == readers.audience or not readers.audience]
    home = HomePage.objects.live().filter(area=area).order_by("path").first()
    return {
        "area": area,
        "readers": readers,
        "words": readers.words,
        "language": language,
        "groups": _groups(area, readers, language),
        # Findings are in the words of boards: who is spoken to as a child has no use for them.
        "answered": {} if readers.has_pictures else findings_answered(area),
        "late": late[:1],
        "languages": spoken_by(area, readers.slug),
        "others": [(one.name, address_of(area.code, one.slug, language)) for one in PAGES.values() if one != readers],
        "home_address": home.get_url(request) if home else None,
        "help_numbers": help_numbers(area, readers.words),
        **exit_address(),
    }


def _groups(area: Area, readers: Readers, language: str) -> list[Group]:
    """By theme for everybody; for an audience by what became of it, because that is what a child looks for."""
    if not readers.audience:
        themes = promises_by_theme(area, language=language)
        return [Group(theme_heading(one.theme), one.promises) for one in themes]
    found = promises_of(area, audience=readers.audience, language=language)
    of_each = [(label, tuple(one for one in found if belongs(one))) for label, belongs in _what_became()]
    return [Group(label, promises) for label, promises in of_each if promises]


def _what_became() -> list[tuple[str, Callable[[PromiseInformation], bool]]]:
    status = Promise.Status
    return [
        (_("We are late with this"), lambda one: one.is_overdue),
        (_("We are going to do this"), lambda one: one.is_open and not one.is_overdue),
        (_("We did this"), lambda one: one.status == status.KEPT),
        (_("We can’t do this"), lambda one: one.status == status.CANNOT),
        (_("We took this back"), lambda one: one.status == status.TAKEN_BACK),
    ]
