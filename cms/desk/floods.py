"""Days on which more answers came openly than is plausible, as those see them who decide; no answer is shown here."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as written
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.anonymisation.flood_actions import count_after_all, find_plausible, leave_out, put_aside
from feedback.anonymisation.flood_policies import LONGEST_WHY
from feedback.anonymisation.flood_telling import Told, told_of
from feedback.anonymisation.floods import DECIDE_ASIDE, PUT_ASIDE, Flood, FloodQuerySet
from surveys.fieldwork.models import Wave

ANY_OF = (PUT_ASIDE, DECIDE_ASIDE)
# What each button does, and what is said when it was done.
STEPS: dict[str, tuple[Callable[..., object], str]] = {
    "plausible": (find_plausible, "They are counted, as they were all along."),
    "aside": (put_aside, "Put aside. They are in no figure and no quote until a second person decides."),
    "count": (count_after_all, "They are counted from now on, in the first quarter that is open."),
    "leave": (leave_out, "Left out of every figure. They are kept and read as long as any other."),
}


@dataclass(frozen=True)
class Row:
    """One day: what is told of it, what people decided so far, and what this person may do."""

    flood: Flood
    told: Told
    may_put_aside: bool
    may_decide: bool


@never_cache
def floods(request: HttpRequest, code: str) -> HttpResponse:
    """The days of one wave on which too many answered, and what becomes of their answers."""
    mine = Wave.objects.visible_to(request.user, PUT_ASIDE) | Wave.objects.visible_to(request.user, DECIDE_ASIDE)
    wave = get_object_or_404(mine.select_related("area").distinct(), code=code)
    if not any(request.user.has_perm(permission, wave) for permission in ANY_OF):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST":
        _decide(request, wave)
        return redirect("desk:floods", code=code)
    found = wave.floods.select_related("wave__area").prefetch_related("steps__by")
    context = {
        "wave": wave,
        "rows": [_row(request, flood) for flood in found],
        "longest": LONGEST_WHY,
        "sees_wave": request.user.has_perm("fieldwork.open_wave", wave),
    }
    return render(request, "desk/floods.html", context)


def _decide(request: HttpRequest, wave: Wave) -> None:
    do, done = STEPS.get(request.POST.get("step", ""), (None, ""))
    if do is None:
        raise PermissionDenied("There is no such step.")
    flood = get_object_or_404(wave.floods.all(), pk=_key(request.POST.get("flood", "")))
    attempt(request, done, lambda: do(flood, because=request.POST.get("because", ""), by=request.user))


def _key(sent: str) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except ValueError as wrong:
        raise PermissionDenied("There is no such day.") from wrong


def _row(request: HttpRequest, flood: Flood) -> Row:
    told, user = told_of(flood), request.user
    is_open = flood.status in {Flood.Status.NOTICED, Flood.Status.PLAUSIBLE} and not told.is_counted_for_good
    waits_for_another = flood.status == Flood.Status.ASIDE and flood.is_over and flood.put_aside_by_id != user.pk
    return Row(
        flood,
        told,
        may_put_aside=is_open and user.has_perm(PUT_ASIDE, flood.wave),
        may_decide=waits_for_another and user.has_perm(DECIDE_ASIDE, flood.wave),
    )


def flood_urls() -> list:
    """The one page, below a wave."""
    return [path("waves/<slug:code>/many/", floods, name="floods")]


def floods_of(wave: Wave) -> str:
    """A sentence for the page of a wave; nothing where no day brought too many."""
    found = wave.floods
    if flood := found.to_look_at().first():
        return (
            f"On {written(flood.day, 'j F Y')} more answers came by the open link than is plausible. They are counted "
            "unless you put them aside."
        )
    if flood := found.undecided().first():
        return (
            f"The answers of {written(flood.day, 'j F Y')} that came by the open link are put aside: see who decides."
        )
    return "What was decided about days on which very many answered." if found.exists() else ""


def flood_waits(request: HttpRequest) -> Iterator[tuple[str, str, str, str]]:
    """A heading, a sentence, and where to go, for each day that waits for this person."""
    if request.user.has_perm(PUT_ASIDE):
        noticed = Flood.objects.visible_to(request.user, PUT_ASIDE).to_look_at()
        yield from _waiting(noticed, "came to {wave}: more than is plausible by an open link.", "Look at {wave}")
    if request.user.has_perm(DECIDE_ASIDE):
        aside = Flood.objects.visible_to(request.user, DECIDE_ASIDE).to_decide_by(request.user)
        yield from _waiting(
            aside, "to {wave} were put aside by a colleague. Say whether they count.", "Decide on {wave}"
        )


def _waiting(found: FloodQuerySet, says: str, label: str) -> Iterator[tuple[str, str, str, str]]:
    for flood in found.select_related("wave").order_by("day"):
        begins = f"At least {flood.at_least} answers of {written(flood.day, 'j F Y')}"
        address = reverse("desk:floods", args=[flood.wave.code])
        named = {"wave": flood.wave.name}
        yield "Many answers at once", f"{begins} {says.format(**named)}", address, label.format(**named)
