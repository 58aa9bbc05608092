"""The test of a motivated intruder at the desk: what the records of a release say, and a form to write one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from feedback.accounts.rights import people_with
from feedback.accounts.roles import ACTIONS
from feedback.releases.intruder_test_actions import record_test
from feedback.releases.intruder_tests import MOST_HOURS, RECORD, IntruderTest
from feedback.releases.models import Release
from feedback.releases.policies import can_decide
from feedback.releases.tested import STOPS, anonymised_claim, why_it_stops


def intruder_tests(request: HttpRequest, release: Release) -> dict[str, Any] | None:
    """What the panel on a release's page shows: what is said to everybody, what stops it, and every record."""
    if not request.user.has_perm("releases.view", release):
        return None
    records = IntruderTest.objects.visible_to(request.user, "releases.view").filter(release=release)
    return {
        "said": anonymised_claim(release),
        "why_it_stops": why_it_stops(release),
        "tests": records.select_related("tested_by", "by", "corrected_by").order_by("pk"),
        "record_address": _address(release) if _may_record(request, release) else "",
    }


def _address(release: Release) -> str:
    return reverse("desk:intruder_test", args=[release.code])


def _may_record(request: HttpRequest, release: Release) -> bool:
    return request.user.has_perm(RECORD, release) and can_decide(release, by=request.user)


class IntruderTestForm(forms.Form):
    """Who tried what against which release, how long, with what result."""

    who = forms.ChoiceField(label="Who tried", choices=IntruderTest.Who.choices, widget=forms.RadioSelect)
    tested_by = forms.ChoiceField(label="If it was a member of staff: who", required=False)
    outside = forms.CharField(
        label="If it was somebody from outside: what they do, without a name", max_length=120, required=False
    )
    knew = forms.MultipleChoiceField(
        label="What they knew before", choices=IntruderTest.Knew.choices, widget=forms.CheckboxSelectMultiple
    )
    sources = forms.MultipleChoiceField(
        label="What they looked at", choices=IntruderTest.Source.choices, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.IntegerField(label="How many hours they tried", min_value=1, max_value=MOST_HOURS)
    tried_on = forms.DateField(label="The last day they tried", widget=forms.DateInput(attrs={"type": "date"}))
    result = forms.ChoiceField(label="What came of it", choices=IntruderTest.Result.choices, widget=forms.RadioSelect)
    corrects = forms.ChoiceField(label="Does it put an earlier record right", required=False)

    def __init__(self, request: HttpRequest, release: Release) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        authors = release.authors()
        staff = people_with(ACTIONS, where=release.area).exclude(pk__in=authors).order_by("username")
        self.people = {str(person.pk): person for person in staff}
        in_force = IntruderTest.objects.visible_to(request.user, RECORD).filter(release=release).in_force()
        self.earlier = {str(test.pk): test for test in in_force}
        named = [(pk, person.get_full_name() or person.get_username()) for pk, person in self.people.items()]
        self.fields["tested_by"].choices = [("", "Nobody of the staff"), *named]
        puts_right = [
            (pk, f"The record of {test.on:%-d %B %Y}: {test.get_result_display()}") for pk, test in self.earlier.items()
        ]
        self.fields["corrects"].choices = [("", "No, it is another try"), *puts_right]
        self.fields["tried_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def record(self, release: Release, *, by) -> IntruderTest | None:
        """The record; or nothing, and the form says why."""
        wanted = {
            **self.cleaned_data,
            "tested_by": self.people.get(self.cleaned_data["tested_by"]),
            "corrects": self.earlier.get(self.cleaned_data["corrects"]),
        }
        try:
            return record_test(release, **wanted, by=by)
        except ValidationError as problem:
            for name, sentences in getattr(problem, "message_dict", {None: problem.messages}).items():
                self.add_error(name if name in self.fields else None, sentences)
            return None


@never_cache
def intruder_test(request: HttpRequest, code: str) -> HttpResponse:
    """The records of a release, and the form for another; for those who did not make it."""
    visible = Release.objects.visible_to(request.user, RECORD).select_related("area")
    found = get_object_or_404(visible, code=code)
    if not request.user.has_perm(RECORD, found):
        raise PermissionDenied("Your role does not include this.")
    form = IntruderTestForm(request, found)
    if request.method == "POST" and form.is_valid() and (test := form.record(found, by=request.user)):
        messages.success(request, _done(test))
        return redirect(f"{reverse('desk:release', args=[code])}#tested")
    context = {
        **(intruder_tests(request, found) or {}),
        "release": found,
        "form": form,
        "is_author": not can_decide(found, by=request.user),
    }
    return render(request, "desk/intruder_test.html", context, status=422 if form.errors else 200)


def _done(test: IntruderTest) -> str:
    if test.result in STOPS:
        return f"It is written down. {why_it_stops(test.release)}"
    return "It is written down, and stays as it is. It is printed with the release."
