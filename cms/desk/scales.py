"""Scales: which questions of the bank belong together, in which order, and under which licence."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk.trying import attempt
from surveys.bank.actions import save_scale
from surveys.bank.scales import Scale, ScaleQuerySet

VIEW = "bank.write"
CHANGE = "bank.publish"
MOST_CODES = 100


class ScaleForm(forms.Form):
    """A scale, with its questions as codes in their order."""

    name = forms.CharField(max_length=120)
    licence = forms.CharField(max_length=200, help_text="For example CC BY 4.0, or who allowed what, and when.")
    source = forms.CharField(
        label="Where it comes from", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who made it, and where it was published.",
    )  # fmt: skip
    codes = forms.CharField(
        label="Codes of its questions, in order, one on a line", max_length=7000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    asked_singly = forms.BooleanField(label="Its questions may also be asked singly", required=False)

    def clean_codes(self) -> list[str]:
        """The codes, without empty lines."""
        codes = self.cleaned_data["codes"].split()
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(f"A scale has {MOST_CODES} questions at most.")
        return codes


def _scales(request: HttpRequest) -> ScaleQuerySet:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    return Scale.objects.visible_to(request.user, VIEW)


@require_safe
@never_cache
def scales(request: HttpRequest) -> HttpResponse:
    """Every scale of the bank."""
    found = _scales(request).prefetch_related("items__question")
    return render(request, "desk/bank_scales.html", {"scales": found, "may_change": request.user.has_perm(CHANGE)})


@never_cache
def scale(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """One scale, or a new one: looked at by whoever works on questions, and changed by officers."""
    everything = _scales(request)
    found = get_object_or_404(everything, pk=number) if number else None
    may_change = request.user.has_perm(CHANGE)
    if not may_change and (found is None or request.method == "POST"):
        raise PermissionDenied("Your role does not include this.")
    form = ScaleForm(request.POST or None, initial=_as_typed(found))
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        done = f"{fields['name']} is saved."
        if attempt(request, done, lambda: save_scale(found, by=request.user, **fields)):
            return redirect("desk:scales")
    return render(request, "desk/bank_scale.html", {"scale": found, "form": form, "may_change": may_change})


def _as_typed(found: Scale | None) -> dict[str, object]:
    if found is None:
        return {}
    fields = {name: getattr(found, name) for name in ("name", "licence", "source", "asked_singly")}
    return {**fields, "codes": "\n".join(found.codes())}
