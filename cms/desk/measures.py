"""Measures at the desk: what a board wants to know, outcomes first; an analyst proposes, another person approves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.desk.measure_approval import DECISIONS, decide, waiting_of
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
class Place:
    """An area, or all areas together, as it is chosen."""

    code: str
    name: str


@dataclass(frozen=True)
class Population:
    """The measures of an area, or of all areas together, and whether this person makes them."""

    place: Place
    voices: list[OfVoice]
    retired: list[Measure]
    waiting: list[Measure]
    may_measure: bool


@never_cache
def measures(request: HttpRequest) -> HttpResponse:
    """The measures of this person's areas, voice by voice."""
    if not any(request.user.has_perm(permission) for permission in SEE):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST":
        area = population_named(request, request.POST.get("area", ""))
        attempt(request, "The starting measures that were missing are here now.", lambda: _begin(request, area))
        return redirect(f"{reverse('desk:measures')}?area={place_of(area).code}")
    areas = _areas(request)
    context = {"places": [place_of(area) for area in areas], "one": _population(request, chosen_of(request, areas))}
    return render(request, "desk/measures.html", context)


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


def _areas(request: HttpRequest) -> list[Area | None]:
    """Every area this person reads releases of, by name; all areas together come last."""
    user = request.user
    found: set[Area | None] = {area for one in SEE for area in Area.objects.visible_to(request.user, one)}
    everywhere = [None] if any(user.holds_everywhere(one) for one in SEE) else []
    return [*sorted(found, key=lambda area: area.name), *everywhere]


def place_of(area: Area | None) -> Place:
    """How an area, or all areas together, is chosen."""
    return Place(area.code, area.name) if area else Place(EVERYWHERE, "All areas together")


def chosen_of(request: HttpRequest, areas: Sequence[Area | None]) -> Area | None:
    """The area that is looked at: the one named, or the first."""
    by_code = {place_of(area).code: area for area in areas}
    code = request.GET.get("area") or next(iter(by_code), "")
    if code not in by_code:
        raise Http404("There is no such area.")
    return by_code[code]


def _population(request: HttpRequest, area: Area | None) -> Population:
    of_area = list(_seen(request).filter(area=area))
    return Population(
        place=place_of(area),
        voices=_by_voice(one for one in of_area if one.is_approved and not one.is_retired),
        retired=in_order(one for one in of_area if one.is_retired),
        waiting=in_order(one for one in of_area if one.status != Measure.Status.APPROVED and not one.is_retired),
        may_measure=request.user.has_perm(MEASURE, Measure(area=area)),
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
            messages.success(request, "Proposed. It is shown once a second person has approved it.")
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
    if request.POST.get("step") in DECISIONS:
        decide(request, found)
        return redirect("desk:measure", number=number)
    if request.method == "POST" and not may_measure:
        raise PermissionDenied("Your role does not include this.")
    if request.POST.get("step") in STEPS:
        done, act = STEPS[request.POST["step"]]
        attempt(request, done, lambda: act(found, by=request.user))
        return redirect("desk:measure", number=number)
    form = MeasureForm(request.POST or None, measure=found.as_proposed())
    if request.method == "POST" and form.is_valid():
        if form.tried(lambda: change_measure(found, by=request.user, **form.fields_changed())):
            messages.success(request, "Kept. What is other than before waits for a second person.")
            return redirect("desk:measure", number=number)
        found.refresh_from_db()
    context = {
        "measure": found,
        "area": found.area,
        "form": form if may_measure and not found.is_retired else None,
        "may_measure": may_measure,
        "known": _known() if may_measure else [],
        "reads": _reads(request, found.as_proposed()),
        **waiting_of(request, found),
    }
    return render(request, "desk/measure.html", context, status=REFUSED if request.method == "POST" else 200)


def _reads(request: HttpRequest, found: Measure) -> MeasureInformation | None:
    """What the measure says in the release published last, if any."""
    every = Release.objects.visible_to(request.user, SEE[0]) | Release.objects.visible_to(request.user, SEE[1])
    last = every.published().filter(area=found.area).order_by("-quarter").first()
    if last is None:
        return None
    return next(iter(measures_of(last, known=(), measures=[] if found.is_retired else [found])), None)


def _known() -> list[tuple[str, list[AskedQuestion]]]:
    """The questions a measure can name, voice by voice, in the order of their codes."""
    known = sorted(questions_known().values(), key=lambda one: one.name)
    return [
        (name, [one for one in known if one.voices == {voice} and not one.is_words]) for voice, name in VOICES.items()
    ]
