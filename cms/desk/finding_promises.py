"""Which promise answers which finding, said from either side at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.validators import slug_re
from django.http import HttpRequest

from cms.desk.trying import attempt
from feedback.findings.models import WRITE, SharedFinding
from feedback.findings.policies import may_link
from feedback.findings.promise_actions import link_promise, unlink_promise
from feedback.findings.shown import promised_about, public_findings
from feedback.promises.models import Promise
from feedback.promises.policies import answers_for

LINKED = "They stand beside each other now, on both pages."
UNLINKED = "Taken away. What was found and what was promised stay."
NOT_THERE = "Choose one from the list."


def of_finding(request: HttpRequest, finding: SharedFinding) -> dict[str, Any]:
    """What was promised about a finding, and what may be put beside it."""
    promised = promised_about(finding)
    may = request.user.has_perm(WRITE, finding) and finding.status != SharedFinding.Status.WITHDRAWN
    linked = {one.number for one in promised.answers}
    place = finding.area and (finding.area.merged_into or finding.area)
    offered = Promise.objects.of(place).standing().exclude(pk__in=linked) if may and place else Promise.objects.none()
    return {
        "promised": promised,
        "may_link": may,
        "offered_promises": [(one.pk, _said(one)) for one in offered.prefetch_related("words")],
    }


def _said(promise: Promise) -> str:
    """What it says to everybody, or to whom it was said first."""
    words = sorted(promise.words.all(), key=lambda one: (one.audience != "", one.pk))
    return next((one.we_will or one.you_said for one in words), str(promise))


def of_promise(request: HttpRequest, promise: Promise) -> dict[str, Any]:
    """The findings that a promise answers, and those it may be put beside."""
    links = SharedFinding.objects.filter(answers__promise=promise).select_related("area__merged_into")
    answered = list(links)
    may = answers_for(promise, request.user) and promise.status != Promise.Status.TAKEN_BACK
    own = [one for one in public_findings() if one.area and (one.area.merged_into or one.area) == promise.place]
    return {
        "findings": [(one, may_link(one, promise, request.user)) for one in answered],
        "offered_findings": [one for one in own if one not in answered] if may else [],
    }


def says_so_of_finding(request: HttpRequest, finding: SharedFinding) -> None:
    """Does what a button beside a finding asks for."""
    number = request.POST.get("link") or request.POST.get("unlink") or ""
    found = Promise.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < MOST_DIGITS else None
    _says_so(request, finding, found)


MOST_DIGITS = 10


def says_so_of_promise(request: HttpRequest, promise: Promise) -> None:
    """Does what a button beside a promise asks for."""
    code = request.POST.get("link") or request.POST.get("unlink") or ""
    named = SharedFinding.objects.select_related("area__merged_into").filter(code=code)
    found = named.first() if slug_re.fullmatch(code) else None
    _says_so(request, found, promise)


def _says_so(request: HttpRequest, finding: SharedFinding | None, promise: Promise | None) -> None:
    if finding is None or promise is None:
        messages.error(request, NOT_THERE)
    elif "unlink" in request.POST:
        attempt(request, UNLINKED, lambda: unlink_promise(finding, promise, by=request.user))
    else:
        attempt(request, LINKED, lambda: link_promise(finding, promise, by=request.user))
