"""All areas together on public pages: what there is and what is not, areas beside all, and what areas found."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.pages.funnel_drawing import drawn
from cms.pages.models import HomePage
from feedback.disclosure.blocks import Quarter
from feedback.findings.exchange import file_name, written
from feedback.findings.models import SharedFinding
from feedback.findings.policies import what_fell
from feedback.findings.shown import alike_of, promised_about, public_findings, rests_on, together
from feedback.releases.funnels import funnel_of
from feedback.releases.nation import comparison, nation
from surveys.frame.models import Area

GONE = 410
# Short, so that what is withdrawn or recalled is gone everywhere within a minute.
A_MINUTE = "public, max-age=60"


def _around() -> dict:
    """The frame of the front door, which is of no single area."""
    return {
        "home": HomePage.objects.live().filter(area=None).order_by("path").first(),
        "area": None,
        "help_numbers": [],
        "is_invented": Area.objects.filter(is_fictional=True).exists(),
        "exit_address": settings.EARSHOT_QUICK_EXIT_ADDRESS,
    }


def _page(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    response = render(request, template, {**_around(), **context}, status=status)
    response["Cache-Control"] = A_MINUTE
    return response


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is of all areas, and what is not."""
    last = Quarter.of(timezone.localdate()).previous()
    context = {"nation": nation(until=last), "kinds": together(public_findings())}
    return _page(request, "pages/nation.html", context)


@require_safe
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Each area beside all of them, for one answer to one question."""
    found = comparison(name, request.GET.get("answer", ""))
    if found is None:
        raise Http404("All areas together show no such question.")
    funnel = funnel_of(found)
    context = {"comparison": found, "funnel": funnel, "drawn": drawn(funnel) if funnel else None}
    return _page(request, "pages/nation_question.html", context)


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What areas found, by kind, with those that found the same beside each other."""
    return _page(request, "pages/findings.html", {"kinds": together(public_findings())})


@require_safe
def finding(request: HttpRequest, code: str) -> HttpResponse:
    """One finding at an address that stays: what it says and rests on, or that it is not shown any more."""
    readable = [SharedFinding.Status.PUBLISHED, SharedFinding.Status.WITHDRAWN]
    rows = SharedFinding.objects.filter(status__in=readable).select_related("area", "kind", "stage", "same_as__area")
    one = get_object_or_404(rows, code=code)
    fell = what_fell(one)
    if one.status == SharedFinding.Status.WITHDRAWN or fell:
        withdrawn = one.states.filter(status=SharedFinding.Status.WITHDRAWN).last()
        return _page(request, "pages/finding_gone.html", {"state": withdrawn, "fell": fell}, status=GONE)
    context = {
        "finding": one,
        "rests_on": rests_on(one),
        "alike": alike_of(one, public_findings()),
        "promised": promised_about(one),
    }
    return _page(request, "pages/finding.html", context)


@require_safe
def findings_file(request: HttpRequest) -> HttpResponse:
    """Every public finding in an open format, for other installations."""
    home = HomePage.objects.live().filter(area=None).order_by("path").first()
    site = request.build_absolute_uri("/").rstrip("/")
    document = written(public_findings(), site=site, made_by=home.title if home else "Earshot")
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{file_name(timezone.localdate())}"'
    response["Cache-Control"] = A_MINUTE
    return response
