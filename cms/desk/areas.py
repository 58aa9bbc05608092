"""Where administrators say how their area looks, who is called, and from how many people on figures are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cms.desk.area_forms import AreaForm, ClockForm, HelpNumbers, LogoForm, ThresholdsForm, rows_of
from cms.desk.council_forms import Councils, rows_of_councils
from feedback.anonymisation.rules_of_an_area import rules_in_force, wanted_by
from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import OF_AN_AREA
from feedback.releases.actions import set_thresholds
from feedback.releases.rules_of_areas import first_free_year
from surveys.design.council_actions import set_councils
from surveys.frame.actions import SETTINGS, change_area, set_help_numbers, set_logo
from surveys.frame.models import Area

PERMISSION = "frame.write"
REFUSED = 422


@never_cache
def areas(request: HttpRequest) -> HttpResponse:
    """The areas this person looks after; one is opened at once."""
    _check(request)
    found = Area.objects.visible_to(request.user, PERMISSION)
    if len(found) == 1:
        return redirect("desk:area", code=found[0].code)
    return render(request, "desk/areas.html", {"areas": found})


@never_cache
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area: each of its forms is sent on its own."""
    _check(request)
    found = get_object_or_404(Area.objects.visible_to(request.user, PERMISSION), code=code)
    forms_shown = _forms(found)
    if request.method == "POST":
        step = request.POST.get("step", "")
        if step not in STEPS:
            raise PermissionDenied("There is no such step.")
        refused = STEPS[step](request, found)
        if refused is None:
            return redirect("desk:area", code=code)
        forms_shown[step] = refused
    context = {"area": found, "forms": forms_shown, "floors": rules_in_force(), "year": _year(found)}
    status = REFUSED if request.method == "POST" else 200
    return render(request, "desk/area.html", context, status=status)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied("Your role does not include this.")


def _year(found: Area) -> int:
    return first_free_year(found, today=Quarter.of(timezone.localdate()))


def _forms(found: Area) -> dict[str, object]:
    """The forms as they are before anything is sent."""
    return {
        "settings": AreaForm(instance=_copy(found)),
        "clock": ClockForm(instance=_copy(found)),
        "help": HelpNumbers(initial=rows_of(found.help_numbers.all()), prefix="help"),
        "councils": Councils(initial=rows_of_councils(found), prefix="councils"),
        "thresholds": _with_floors(ThresholdsForm(initial=wanted_by(found, _year(found)))),
        "logo": LogoForm(),
    }


def _copy(found: Area) -> Area:
    """What a form may write into: what is refused must not be shown as if it were so."""
    return Area(pk=found.pk, **{name: getattr(found, name) for name in ("code", "name", *SETTINGS)})


def _with_floors(form: forms.BaseForm) -> forms.BaseForm:
    """Says at each field what the floor is."""
    for name in OF_AN_AREA:
        form.fields[name].help_text = f"At least {getattr(rules_in_force(), name)}. Left empty, it is that."
    return form


def _settings(request: HttpRequest, found: Area) -> object | None:
    return _change(request, found, AreaForm(request.POST, instance=_copy(found)))


def _clock(request: HttpRequest, found: Area) -> object | None:
    return _change(request, found, ClockForm(request.POST, instance=_copy(found)))


def _change(request: HttpRequest, found: Area, form: forms.ModelForm) -> object | None:
    def change() -> None:
        # Not what this page only showed: somebody else may have changed that in the meantime.
        change_area(found, _only(form.cleaned_data, form.changed_data), by=request.user)

    return _try(request, form, "Kept.", change)


def _only(given: dict, names: Iterable[str]) -> dict:
    return {name: given[name] for name in names if name in given}


def _help(request: HttpRequest, found: Area) -> object | None:
    rows = HelpNumbers(request.POST, prefix="help")
    if not rows.is_valid():
        return rows
    set_help_numbers(found, rows.numbers(), by=request.user)
    messages.success(request, "Kept. The phone and the public pages show these numbers now.")
    return None


def _councils(request: HttpRequest, found: Area) -> object | None:
    rows = Councils(request.POST, initial=rows_of_councils(found), prefix="councils")
    if rows.is_valid():
        try:
            set_councils(found, rows.said(), by=request.user)
        except ValidationError as problem:
            rows.refuse(problem)
        else:
            messages.success(request, "Kept. Surveys of this area are drafted for these care councils.")
            return None
    return rows


def _thresholds(request: HttpRequest, found: Area) -> object | None:
    form, year = _with_floors(ThresholdsForm(request.POST)), _year(found)
    return _try(
        request,
        form,
        f"Kept. Figures of {year} and later are closed by these.",
        lambda: set_thresholds(found, year=year, wanted=_only(form.cleaned_data, OF_AN_AREA), by=request.user),
    )


def _logo(request: HttpRequest, found: Area) -> object | None:
    form = LogoForm(request.POST, request.FILES)
    return _try(
        request,
        form,
        "The logo is on the public pages now.",
        lambda: set_logo(found, form.cleaned_data["logo"], by=request.user),
        field="logo",
    )


def _no_logo(request: HttpRequest, found: Area) -> object | None:
    set_logo(found, None, by=request.user)
    messages.success(request, "The logo is gone.")
    return None


def _try(
    request: HttpRequest, form: forms.BaseForm, done: str, do: Callable[[], object], *, field: str | None = None
) -> forms.BaseForm | None:
    """Does what was filled in and says so; gives the form back, with what is wrong beside its field, if it cannot."""
    if form.is_valid():
        try:
            do()
        except ValidationError as problem:
            form.add_error(None if hasattr(problem, "error_dict") else field, problem)
        else:
            messages.success(request, done)
            return None
    return form


STEPS: dict[str, Callable[[HttpRequest, Area], object | None]] = {
    "settings": _settings,
    "clock": _clock,
    "help": _help,
    "councils": _councils,
    "thresholds": _thresholds,
    "logo": _logo,
    "no_logo": _no_logo,
}
