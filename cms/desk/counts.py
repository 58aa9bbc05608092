"""How many children could be asked: the counts of an area, with where each comes from."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from surveys.frame.count_actions import say_count
from surveys.frame.counts import every_count, every_stage
from surveys.frame.models import PLAIN, Area
from surveys.instrument.wording import AUDIENCE_CHOICES

PERMISSION = "frame.write"
REFUSED = 422
SHOWN = 200
# More children than live in the country are a slip of the keyboard.
MOST = 20_000_000


class CountForm(forms.Form):
    """One count, as it is typed from a list."""

    audience = forms.ChoiceField(label="Of whom", choices=AUDIENCE_CHOICES)
    service = forms.ModelChoiceField(None, label="Team", required=False, empty_label="All teams")
    stage = forms.ModelChoiceField(None, label="Step of the journey", required=False, empty_label="All steps")
    children = forms.IntegerField(label="How many could be asked", min_value=0, validators=[MaxValueValidator(MOST)])
    source = forms.CharField(label="Who counted them, and how", max_length=200, validators=[PLAIN])
    counted_on = forms.DateField(
        label="On which day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, area: Area, *args, **kwargs) -> None:
        """Offers the teams of one area."""
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = area.services.order_by("name")
        self.fields["stage"].queryset = every_stage()


@never_cache
def counts(request: HttpRequest, code: str) -> HttpResponse:
    """The counts of one area, and the form for another."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied("Your role does not include this.")
    area = get_object_or_404(Area.objects.visible_to(request.user, PERMISSION), code=code)
    form = CountForm(area, request.POST or None)
    if request.method == "POST" and _keep(request, area, form):
        return redirect("desk:counts", code=code)
    status = REFUSED if request.method == "POST" else 200
    context = {"area": area, "form": form, "counts": every_count(area)[:SHOWN]}
    return render(request, "desk/counts.html", context, status=status)


def _keep(request: HttpRequest, area: Area, form: CountForm) -> bool:
    if not form.is_valid():
        return False
    try:
        say_count(area, **form.cleaned_data, by=request.user)
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, "Kept. Turnout is set against the newest count of each part.")
    return True
