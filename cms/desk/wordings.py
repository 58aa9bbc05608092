"""Trying a wording: what the linter says of it, with nothing saved."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cms.desk.findings import Shown, shown
from surveys.design.linting import lint_alone
from surveys.instrument.document import BadInstrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.wording import AUDIENCE_CHOICES, Audience

WRITE = "design.write"
CODE = "this"
MOST_ANSWERS = 20


class Trial(forms.Form):
    """A wording that somebody has in mind, and for whom."""

    text = forms.CharField(
        label="The question", max_length=300, widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        error_messages={"required": "Type the question that you would like to try.",
                        "max_length": "This is longer than any question can be: 300 letters at most."},
    )  # fmt: skip
    audience = forms.ChoiceField(label="Who it is for", choices=AUDIENCE_CHOICES, initial=Audience.AGE_8_11.value)
    answers = forms.CharField(
        label="The answers to choose from, one in each line; leave it empty for own words", required=False,
        max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "cols": 30}),
    )  # fmt: skip

    def clean_answers(self) -> list[str]:
        """The answers, without empty lines: none, or two and more."""
        found = [line.strip()[:120] for line in self.cleaned_data["answers"].splitlines() if line.strip()]
        if len(found) == 1:
            raise forms.ValidationError("One answer is no choice. Write two or more, or none.")
        return found[:MOST_ANSWERS]


@never_cache
def try_a_wording(request: HttpRequest) -> HttpResponse:
    """Shows what the linter finds in a typed question; it is sent and forgotten, and stands in no address."""
    if not request.user.has_perm(WRITE):
        raise PermissionDenied("Your role does not include this.")
    trial = Trial(request.POST) if request.method == "POST" else Trial()
    found = _found(trial.cleaned_data) if trial.is_bound and trial.is_valid() else None
    return render(request, "desk/wordings.html", {"trial": trial, "found": found})


def _found(typed: dict) -> list[Shown]:
    """What is said of it; that nobody reads it aloud yet is not worth saying."""
    options = tuple(Option(f"o{place}", {"en": label}) for place, label in enumerate(typed["answers"]))
    item = Item(CODE, Kind.CHOICE if options else Kind.TEXT, {"en": typed["text"]}, options)
    try:
        findings = lint_alone(item, Audience(typed["audience"]))
    except BadInstrument:
        return []
    return [shown(finding, typed["text"]) for finding in findings if finding.rule != "audio"]
