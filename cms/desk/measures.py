"""Measures at the desk: what a board wants to know, outcomes first; made and changed by analysts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.measure_forms import MeasureForm, NewMeasureForm
from cms.desk.trying import attempt
from feedback.releases.asked_questions import AskedQuestion, questions_known
from feedback.releases.measure import Measure, MeasureQuerySet
from feedback.releases.measure_actions import MEASURE, change_measure, make_measure, retire_measure, take_up_measure
from feedback.releases.measures import MeasureInformation, in_order, measures_of
from feedback.releases.models import Release
from feedback.releases.service_information import VOICES
from feedback.releases.starting_measures import load_starting_measures
from surveys.frame.models import Area
from surveys.instrument.wording import Voice

SEE = ("releases.view", "releases.view_published")
EVERYWHERE = "all-areas"
REFUSED = 422


@dataclass(frozen=True)
class OfVoice:
    """The measures of one voice, outcomes first."""

    name: str
    measures: list[Measure]


@dataclass(frozen=True)
class Population:
    """An area, or all areas together, with its measures and what this person may do with them."""

    code: str
    name: str
    voices: list[OfVoice]
    retired: list[Measure]
    may_measure: bool


@never_cache
def measures(request: HttpRequest) -> HttpResponse:
    """The measures of this person's areas, voice by voice."""
    if not any(request.user.has_perm(permission) for permission in SEE):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST":
        area = population_named(request, request.POST.get("area", ""))
        attempt(request, "Those of our measures that were missing are here now.", lambda: _begin(request, area))
        return redirect("desk:measures")
    return render(request, "desk/measures.html", {"populations": list(_populations(request))})


def _begin(request: HttpRequest, area: Area | None) -> None:
    if not load_starting_measures(area, by=request.user):
        raise ValidationError("There is nothing to put in: all of them are here, or nobody can be asked them yet.")


def population_named(request: HttpRequest, code: str) -> Area | None:
    """The area of a code in which this person makes measures; nothing for all areas together."""
    if code == EVERYWHERE and request.user.holds_everywhere(MEASURE):
        return None
    return get_object_or_404(Area.objects.visible_to(request.user, MEASURE), code=code)


def _seen(request: HttpRequest) -> MeasureQuerySet:
    every = Measure.objects.visible_to(request.user, SEE[0]) | Measure.objects.visible_to(request.user, SEE[1])
    return every.select_related("area")


def _populations(request: HttpRequest) -> Iterator[Population]:
    """Every area this person sees something of, by name; all areas together come last."""
    user, found = request.user, list(_seen(request))
    areas: dict[int | None, Area | None] = {one.pk: one for one in Area.objects.visible_to(user, MEASURE)}
    areas |= {measure.area_id: measure.area for measure in found}
    if user.holds_everywhere(MEASURE):
        areas[None] = None
    named = sorted(areas.values(), key=lambda area: (area is None, area.name if area else ""))
    for area in named:
        of_area = [one for one in found if one.area == area]
        yield Population(
            code=area.code if area else EVERYWHERE,
            name=area.name if area else "All areas together",
            voices=_by_voice(one for one in of_area if not one.is_retired),
            retired=in_order(one for one in of_area if one.is_retired),
            may_measure=user.has_perm(MEASURE, Measure(area=area)),
        )


def _by_voice(found: Iterable[Measure]) -> list[OfVoice]:
    return [OfVoice(VOICES[Voice(voice)], list(some)) for voice, some in groupby(in_order(found), lambda m: m.voice)]


@never_cache
def new_measure(request: HttpRequest, code: str) -> HttpResponse:
    """The form for a measure of an area, or of all areas together."""
    area = population_named(request, code)
    form = NewMeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.tried(lambda: make_measure(area, form.cleaned_data["code"], by=request.user, **form.fields_given()))
        if made:
            messages.success(request, "Made. It is shown with the next look at a release.")
            return redirect("desk:measure", number=made.pk)
    context = {"form": form, "area": area, "known": _known()}
    return render(request, "desk/measure.html", context, status=REFUSED if request.method == "POST" else 200)


STEPS: dict[str, tuple[str, Callable]] = {
    "retire": ("Retired: it is shown no more.", retire_measure),
    "take_up": ("It is shown again.", take_up_measure),
}


@never_cache
def measure(request: HttpRequest, number: int) -> HttpResponse:
    """One measure: its card, what it reads now, and the form to change it."""
    found = get_object_or_404(_seen(request), pk=number)
    may_measure = request.user.has_perm(MEASURE, found)
    if request.method == "POST" and not may_measure:
        raise PermissionDenied("Your role does not include this.")
    if request.POST.get("step") in STEPS:
        done, act = STEPS[request.POST["step"]]
        attempt(request, done, lambda: act(found, by=request.user))
        return redirect("desk:measure", number=number)
    form = MeasureForm(request.POST or None, measure=found)
    if request.method == "POST" and form.is_valid():
        if form.tried(lambda: change_measure(found, by=request.user, **form.fields_changed())):
            messages.success(request, "Kept.")
            return redirect("desk:measure", number=number)
        found.refresh_from_db()
    context = {
        "measure": found,
        "area": found.area,
        "form": form if may_measure and not found.is_retired else None,
        "may_measure": may_measure,
        "known": _known() if may_measure else [],
        "reads": _reads(found),
    }
    return render(request, "desk/measure.html", context, status=REFUSED if request.method == "POST" else 200)


def _reads(found: Measure) -> MeasureInformation | None:
    """What the measure says in the release published last, if any."""
    last = Release.objects.published().filter(area=found.area).order_by("-quarter").first()
    if last is None:
        return None
    return next((one for one in measures_of(last, known=()) if one.measure.pk == found.pk), None)


def _known() -> list[tuple[str, list[AskedQuestion]]]:
    """The questions a measure can name, voice by voice, in the order of their codes."""
    known = sorted(questions_known().values(), key=lambda one: one.name)
    return [
        (name, [one for one in known if one.voices == {voice} and not one.is_words]) for voice, name in VOICES.items()
    ]
