"""Links with which a draft is tried, and how they are ended."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

from cms.desk.preview import composed
from cms.desk.trying import attempt
from cms.desk.workbench import WRITE, survey_at, typed
from surveys.answering.qr import qr_svg
from surveys.design.models import SurveyPage
from surveys.design.trying_actions import end_try_out, open_try_out
from surveys.design.workbench import CHILDREN_PER_BAND, LONGEST_TRY_OUT


@never_cache
def try_out(request: HttpRequest, number: int) -> HttpResponse:
    """The links that work now, with the way to make one and to end each."""
    survey = survey_at(request, number)
    if request.method == "POST":
        return _act(request, survey)
    running = survey.try_outs.filter(is_ended=False, ends_on__gte=timezone.localdate()).select_related("made_by")
    context = {
        "survey": survey,
        "problems": composed(survey)[1],
        "may_write": request.user.has_perm(WRITE, survey),
        "links": [(one, *_address(request, one.code)) for one in running],
        "days": range(1, LONGEST_TRY_OUT + 1),
        "needed": CHILDREN_PER_BAND,
    }
    return render(request, "desk/try_out.html", context)


def _address(request: HttpRequest, code: str) -> tuple[str, str]:
    """The address of a link, and its drawing for a phone's camera."""
    address = request.build_absolute_uri(reverse("answering:try_out", args=[code]))
    return address, mark_safe(qr_svg(address))  # noqa: S308 - drawn by us from an address of ours


def _act(request: HttpRequest, survey: SurveyPage) -> HttpResponse:
    step, said = request.POST.get("step", ""), typed(request, "days", 2) or typed(request, "link", 15)
    number = int(said) if said.isascii() and said.isdigit() else 0
    if step == "open":
        done = "The link works now. Give it only to those who try it with you."
        attempt(request, done, lambda: open_try_out(survey, days=number, by=request.user))
    elif step == "end":
        found = get_object_or_404(survey.try_outs, pk=number)
        attempt(request, "Ended. The link shows nothing any more.", lambda: end_try_out(found, by=request.user))
    else:
        raise PermissionDenied("There is no such step.")
    return redirect("desk:try_out", number=survey.pk)
