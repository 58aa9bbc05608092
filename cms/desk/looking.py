"""Who has looked at a child's words: for the safeguarding leads of the area, and for nobody else."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feedback.privacy.looks import KINDS, SEE_LOOKS, looks_seen_by, narrowed, people_who_looked, shown

LINES_PER_PAGE = 50
ANOTHER = "Choose one of these."


class Narrowing(forms.Form):
    """Whose looks, on which day, at what."""

    person = forms.ChoiceField(required=False, error_messages={"invalid_choice": ANOTHER})
    day = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "There is no such day. Write it as year-month-day."},
    )
    kind = forms.ChoiceField(label="What", required=False, error_messages={"invalid_choice": ANOTHER})

    def __init__(self, data, *, people: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [("", "Everybody"), *people]
        self.fields["kind"].choices = [("", "Everything"), *((name, kind.label) for name, kind in KINDS.items())]


@require_safe
@never_cache
def looking(request: HttpRequest) -> HttpResponse:
    """Every look in this person's areas, the latest first."""
    # A superuser without the role has the permission and no area: an empty page would say that nobody looked.
    if not request.user.has_perm(SEE_LOOKS) or not request.user.areas_held(SEE_LOOKS):
        raise PermissionDenied("Your role does not include this.")
    looks = looks_seen_by(request.user)
    asked = Narrowing(request.GET, people=people_who_looked(looks))
    found = narrowed(looks, **asked.cleaned_data) if asked.is_valid() else looks.none()
    page = Paginator(found.order_by("-timestamp", "-pk"), LINES_PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"asked": asked, "page": page, "looks": shown(page), "kept": kept.urlencode(), "any": looks.exists()}
    return render(request, "desk/looking.html", context)
