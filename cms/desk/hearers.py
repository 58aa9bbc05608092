"""Where officers name whom the children of a wave can choose to be heard by; nothing that was said is shown here."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.safeguarding.hearing import who_may_be_named
from surveys.design.frozen import instrument_of
from surveys.fieldwork.hearer_actions import end_hearer, name_hearer
from surveys.fieldwork.hearers import NAME, Hearer
from surveys.fieldwork.models import Wave
from surveys.instrument.hearers import HEARERS
from surveys.instrument.promises import terms_of


@never_cache
def hearers(request: HttpRequest, code: str) -> HttpResponse:
    """Who is and was named in a wave, and a place to name somebody."""
    found = get_object_or_404(Wave.objects.visible_to(request.user, NAME).select_related("area"), code=code)
    if not terms_of(instrument_of(found.edition_id).kept_promise).keeps_hearers:
        raise Http404("In this wave nobody chooses who hears them.")
    if request.method == "POST" and _change(request, found):
        return redirect("desk:hearers", code=code)
    context = {
        "wave": found,
        "named": Hearer.objects.visible_to(request.user, NAME).of(found),
        "categories": HEARERS.items(),
        "people": who_may_be_named(found.area) if found.area else [],
        "given": request.POST,
    }
    return render(request, "desk/hearers.html", context)


def _change(request: HttpRequest, found: Wave) -> bool:
    by, step = request.user, request.POST.get("step")
    if step == "end":
        code = request.POST.get("hearer", "")
        return attempt(request, "Ended. Nobody chooses them any more.", lambda: end_hearer(found, code, by=by))
    if step != "name":
        raise PermissionDenied("There is no such step.")
    offered = {str(one.pk): one for one in who_may_be_named(found.area)} if found.area else {}
    category, person = request.POST.get("category", ""), offered.get(request.POST.get("person", ""))
    done = "Named. Whoever answers from now on can choose them."
    return attempt(request, done, lambda: name_hearer(found, category=category, person=person, by=by))
