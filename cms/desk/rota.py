"""Where safeguarding leads plan who is on duty, and see on which days nobody is."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from feedback.accounts.models import User
from feedback.safeguarding.models import Duty
from feedback.safeguarding.rota import PLAN_DUTY, rota_of, who_may_be_planned
from feedback.safeguarding.rota_actions import Turn, plan_duty, remove_duty
from surveys.frame.models import Area

REFUSED = 422


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"required": f"Choose the {label.lower()}."})


class TurnForm(forms.Form):
    """Who is on duty from when to when, and who stands behind them."""

    lead = forms.TypedChoiceField(label="On duty", error_messages={"required": "Choose who is on duty."})
    deputy = forms.TypedChoiceField(label="Deputy", required=False, empty_value=None)
    manager = forms.TypedChoiceField(label="Manager behind both", required=False, empty_value=None)
    starts_on = _day("First day")
    ends_on = _day("Last day")

    def __init__(self, *args, people: list[User], **kwargs) -> None:
        """Offers those who hold the role here."""
        super().__init__(*args, **kwargs)
        by_id = {str(person.pk): person for person in people}
        offered = [("", "–"), *((key, str(person)) for key, person in by_id.items())]
        for name in ("lead", "deputy", "manager"):
            self.fields[name].choices, self.fields[name].coerce = offered, by_id.get

    def turn(self) -> Turn:
        """What was filled in."""
        return Turn(**self.cleaned_data)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PLAN_DUTY):
        raise PermissionDenied("Your role does not include this.")


@never_cache
def rotas(request: HttpRequest) -> HttpResponse:
    """The rota of each area this person plans for; one is opened at once."""
    _check(request)
    found = Area.objects.visible_to(request.user, PLAN_DUTY)
    if len(found) == 1:
        return redirect("desk:rota", code=found[0].code)
    today = timezone.localdate()
    return render(request, "desk/rotas.html", {"rotas": [(area, rota_of(area, today)) for area in found]})


@never_cache
def rota(request: HttpRequest, code: str) -> HttpResponse:
    """Who is on duty in one area, what is missing in the days ahead, and the form to plan."""
    _check(request)
    area = get_object_or_404(Area.objects.visible_to(request.user, PLAN_DUTY), code=code)
    today = timezone.localdate()
    form = TurnForm(people=who_may_be_planned(area, today), initial={"starts_on": today})
    if request.method == "POST":
        refused = _done(request, area)
        if refused is None:
            return redirect("desk:rota", code=code)
        form = refused
    context = {"area": area, "rota": rota_of(area, today), "form": form}
    return render(request, "desk/rota.html", context, status=REFUSED if request.method == "POST" else 200)


def _done(request: HttpRequest, area: Area) -> TurnForm | None:
    match request.POST.get("step"):
        case "plan":
            return _plan(request, area)
        case "remove":
            return _remove(request, area)
        case _:
            raise PermissionDenied("There is no such step.")


def _plan(request: HttpRequest, area: Area) -> TurnForm | None:
    form = TurnForm(request.POST, people=who_may_be_planned(area, timezone.localdate()))
    if form.is_valid():
        try:
            plan_duty(area, form.turn(), by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, "Planned.")
            return None
    return form


def _key(written: str) -> uuid.UUID:
    try:
        return uuid.UUID(written)
    except ValueError as problem:
        raise Http404("There is no such duty.") from problem


def _remove(request: HttpRequest, area: Area) -> None:
    mine = Duty.objects.visible_to(request.user, PLAN_DUTY).filter(area=area)
    duty = get_object_or_404(mine, pk=_key(request.POST.get("duty", "")))
    try:
        remove_duty(duty, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, "Taken off the plan. Look whether somebody else is on duty on these days.")
