"""Population information at the desk: counts and outcomes from elsewhere, with source and date; bringing more in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.exchange import content_of
from cms.desk.measures import SEE
from feedback.releases.measure import FrameworkTheme
from feedback.releases.population import PopulationFigure, PopulationTheme, population_of
from feedback.releases.population_imports import COLUMNS, PopulationLoaded, import_population
from surveys.frame.models import Area
from surveys.frame.tables import BadTable

IMPORT = "releases.import_population"
LARGEST = 5 * 1024 * 1024
MOST_FAULTS = 30
REFUSED = 422


@dataclass(frozen=True)
class OfArea:
    """What is known from elsewhere of one area, or of all areas together."""

    name: str
    themes: list[PopulationTheme]


class BringIn(forms.Form):
    """A table of population figures."""

    file = forms.FileField(
        label="the table", help_text=f"CSV in UTF-8, {LARGEST // 1024 // 1024} MB at most. Every line, or none."
    )


@never_cache
def population(request: HttpRequest) -> HttpResponse:
    """Population information of this person's areas, and the form to bring in more."""
    if not any(request.user.has_perm(permission) for permission in SEE):
        raise PermissionDenied("Your role does not include this.")
    may_import = request.user.has_perm(IMPORT)
    if request.method == "POST" and not may_import:
        raise PermissionDenied("Your role does not include this.")
    form = BringIn(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (loaded := _load(request, form)):
        messages.success(request, f"{loaded.new} figures are new, {loaded.changed} were put right.")
        return redirect("desk:population")
    context = {
        "areas": list(_areas(request)),
        "form": form if may_import else None,
        "columns": COLUMNS,
        "themes": FrameworkTheme.choices,
        "signs": PopulationFigure.Hidden.choices,
    }
    return render(request, "desk/population.html", context, status=REFUSED if request.method == "POST" else 200)


def _areas(request: HttpRequest) -> Iterator[OfArea]:
    found = {area for permission in SEE for area in Area.objects.visible_to(request.user, permission)}
    for area in sorted(found, key=lambda area: area.name):
        yield OfArea(area.name, population_of(area))
    # Published by others, so that everybody at the desk may set it beside their own.
    yield OfArea("All areas together", population_of(None))


def _load(request: HttpRequest, form: BringIn) -> PopulationLoaded | None:
    try:
        return _import(form.cleaned_data["file"], by=request.user)
    except BadTable as problem:
        for fault in problem.faults[:MOST_FAULTS]:
            form.add_error("file", fault)
        if (more := len(problem.faults) - MOST_FAULTS) > 0:
            form.add_error("file", f"And {more} more. Nothing was brought in.")
    except ValidationError as problem:
        form.add_error("file", problem)
    return None


def _import(sent: UploadedFile, *, by) -> PopulationLoaded:
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "population.csv"
        file.write_bytes(content_of(sent, LARGEST))
        return import_population(file, by=by)
