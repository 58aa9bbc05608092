"""Inspect: who is let in, what an inspector sees while they are, and who sees that they looked."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.inspection_tables import sheets_in_words, tables_of
from cms.desk.trying import attempt
from feedback.accounts.rights import people_with
from feedback.inspection import actions
from feedback.inspection.looking import asks_whether_it_helped, entries_about, shown, steps_of_the_journey
from feedback.inspection.models import GIVE, LOOK, SEE_LOOKS, Grant, InspectionSample
from feedback.inspection.policies import MOST_DAYS, NotLetIn, closed_years, erased, why_no_sample, why_not_today
from feedback.releases.models import Release
from surveys.frame.models import Area

LINES_PER_PAGE = 50
ANY_OF = (LOOK, GIVE, SEE_LOOKS)
DAY = {"type": "date"}


def _check_may(request: HttpRequest, *permissions: str) -> None:
    if not any(request.user.has_perm(permission) for permission in permissions):
        raise PermissionDenied("Your role does not include this.")


class GrantForm(forms.Form):
    """Who is let in, where, for what, from when until when."""

    inspector = forms.ChoiceField(error_messages={"invalid_choice": "Choose one of the inspectors of your areas."})
    area = forms.ChoiceField(error_messages={"invalid_choice": "Choose one of your areas."})
    inspection = forms.CharField(label="Name of the inspection", max_length=80)
    since = forms.DateField(label="First day", widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(label=f"Last day ({MOST_DAYS} days at most)", widget=forms.DateInput(attrs=DAY))

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.areas = {area.code: area for area in Area.objects.visible_to(request.user, GIVE)}
        found = {person for area in self.areas.values() for person in people_with([LOOK], where=area)}
        self.people = {str(person.pk): person for person in found if person.pk != request.user.pk}
        named = ((pk, person.get_full_name() or person.get_username()) for pk, person in self.people.items())
        self.fields["inspector"].choices = sorted(named, key=lambda one: one[1].lower())
        self.fields["area"].choices = [(code, area.name) for code, area in self.areas.items()]

    def give(self, by) -> Grant | None:
        """The grant; or nothing, and the form says why."""
        wanted = {**self.cleaned_data, "area": self.areas[self.cleaned_data["area"]]}
        try:
            return actions.give_grant(self.people[wanted.pop("inspector")], **wanted, by=by)
        except ValidationError as problem:
            for name, sentences in getattr(problem, "message_dict", {None: problem.messages}).items():
                self.add_error(name if name in self.fields else None, sentences)
            return None


@never_cache
def inspections(request: HttpRequest) -> HttpResponse:
    """One's own inspections, and those of one's areas."""
    _check_may(request, *ANY_OF)
    today = timezone.localdate()
    own = Grant.objects.visible_to(request.user, LOOK).select_related("area")
    of_areas = Grant.objects.visible_to(request.user, SEE_LOOKS).select_related("area")
    context = {
        "own": [(grant, grant.days_left(today), why_not_today(grant, today)) for grant in own],
        "of_areas": [(grant, grant.days_left(today), why_not_today(grant, today)) for grant in of_areas],
        "inspects": request.user.has_perm(LOOK),
        "gives": request.user.has_perm(GIVE),
        "sees_looks": request.user.has_perm(SEE_LOOKS),
    }
    return render(request, "desk/inspections.html", context)


@never_cache
def let_in(request: HttpRequest) -> HttpResponse:
    """Lets a named inspector in."""
    _check_may(request, GIVE)
    form = GrantForm(request)
    if form.is_valid() and (grant := form.give(request.user)):
        return redirect("desk:inspection", number=grant.pk)
    return render(request, "desk/inspection_let_in.html", {"form": form})


def for_whom_it_lets_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands an inspector's own inspection to a page, or says in a sentence why it is not open."""

    @wraps(view)
    def page(request: HttpRequest, number: int, **named) -> HttpResponse:
        _check_may(request, LOOK)
        mine = Grant.objects.visible_to(request.user, LOOK).select_related("area", "inspector")
        grant = get_object_or_404(mine, pk=number)
        try:
            return view(request, grant, **named)
        except NotLetIn as refusal:
            return _shut(request, grant, str(refusal))

    return never_cache(page)


def _shut(request: HttpRequest, grant: Grant, sentence: str) -> HttpResponse:
    return render(request, "desk/inspection_shut.html", {"grant": grant, "sentence": sentence}, status=403)


@never_cache
def inspection(request: HttpRequest, number: int) -> HttpResponse:
    """One inspection: what it opens, for the inspector; how long still and how to end it, for who lets people in."""
    _check_may(request, LOOK, GIVE)
    own = Grant.objects.visible_to(request.user, LOOK).filter(pk=number).select_related("area").first()
    if own is not None and request.method != "POST":
        return _of_inspector(request, own)
    given = Grant.objects.visible_to(request.user, GIVE).select_related("area", "inspector", "given_by", "ended_by")
    grant = get_object_or_404(given, pk=number)
    if request.method == "POST":
        attempt(request, "Ended: nothing is open any more.", lambda: actions.end_grant(grant, by=request.user))
        return redirect("desk:inspection", number=number)
    today = timezone.localdate()
    context = {"grant": grant, "days_left": grant.days_left(today), "is_over": grant.ended_on or grant.until < today}
    return render(request, "desk/inspection_given.html", context)


def _of_inspector(request: HttpRequest, grant: Grant) -> HttpResponse:
    today = timezone.localdate()
    if sentence := why_not_today(grant, today):
        return _shut(request, grant, sentence)
    samples = InspectionSample.objects.visible_to(request.user, LOOK).filter(area=grant.area)
    drawn = {sample.year: sample for sample in samples}
    years = sorted({*closed_years(grant.area), *drawn, today.year}, reverse=True)
    context = {
        "grant": grant,
        "days_left": grant.days_left(today),
        "years": [(year, drawn.get(year), "" if year in drawn else why_no_sample(grant.area, year)) for year in years],
    }
    return render(request, "desk/inspection.html", context)


@for_whom_it_lets_in
@require_safe
def tables(request: HttpRequest, grant: Grant) -> HttpResponse:
    """One release of the area: whether it helped, then every question by the steps of the journey."""
    actions.look_at_tables(grant, by=request.user)
    mine = Release.objects.visible_to(request.user, LOOK).was_published().filter(area=grant.area)
    published, wanted = mine.published(), request.GET.get("release", "").replace("\0", "")
    chosen = (mine.filter(code=wanted) if wanted else published).first()
    if wanted and chosen is None:
        raise Http404("There is no such release.")
    if chosen and chosen.status == Release.Status.WITHDRAWN:
        return _withdrawn(request, grant, chosen)
    steps = steps_of_the_journey()
    found = tables_of(chosen, steps=steps, helped=asks_whether_it_helped()) if chosen else None
    context = {"grant": grant, "releases": published, "chosen": chosen, "tables": found, "steps": steps}
    return render(request, "desk/inspection_tables.html", context)


def _withdrawn(request: HttpRequest, grant: Grant, release: Release) -> HttpResponse:
    """It may have been withdrawn while the inspector was reading it."""
    state = release.states.filter(status=Release.Status.WITHDRAWN).last()
    context = {"grant": grant, "release": release, "state": state}
    return render(request, "desk/inspection_withdrawn.html", context, status=410)


@for_whom_it_lets_in
def sample(request: HttpRequest, grant: Grant, year: int) -> HttpResponse:
    """The sheets of a year; a button draws them first."""
    here = {"number": grant.pk, "year": year}
    if request.method == "POST":
        done = "Drawn. Every inspectorate sees these same sheets."
        attempt(request, done, lambda: actions.draw(grant, year=year, by=request.user))
        return redirect("desk:inspection_sample", **here)
    found = _sample_of(request, grant, year).first()
    context = {"grant": grant, "year": year, "sample": found}
    if found is None:
        context["why_not"] = why_no_sample(grant.area, year)
        # The grant is asked here as well: that nothing was drawn is for who is let in.
        if sentence := why_not_today(grant, timezone.localdate()):
            return _shut(request, grant, sentence)
    else:
        try:
            context["sheets"] = sheets_in_words(actions.look_at_sheets(grant, found, by=request.user))
        except ValidationError as problem:
            context["gone"] = erased(found) if found.erased_on else " ".join(problem.messages)
    return render(request, "desk/inspection_sample.html", context)


def _sample_of(request: HttpRequest, grant: Grant, year: int):
    mine = InspectionSample.objects.visible_to(request.user, LOOK)
    return mine.filter(area=grant.area, year=year).select_related("area")


@for_whom_it_lets_in
@require_safe
def record(request: HttpRequest, grant: Grant, year: int) -> HttpResponse:
    """The signed record of a draw: the only thing that leaves, and no answer is in it."""
    found = get_object_or_404(_sample_of(request, grant, year))
    reply = HttpResponse(actions.take_record(grant, found, by=request.user), content_type="application/json")
    reply["Content-Disposition"] = f'attachment; filename="draw-{grant.area.code}-{year}.json"'
    return reply


@never_cache
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Which inspections of one's areas looked at what, and when."""
    _check_may(request, SEE_LOOKS)
    grants = Grant.objects.visible_to(request.user, SEE_LOOKS)
    page = Paginator(entries_about(grants), LINES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/inspection_looks.html", {"page": page, "looks": list(shown(page, grants))})
