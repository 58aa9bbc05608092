"""Which promise answers which finding, said from either side at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from cms.desk.trying import attempt
from feedback.findings.linking import (
    finding_coded,
    findings_beside,
    offered_findings,
    offered_promises,
    promise_numbered,
)
from feedback.findings.models import WRITE, SharedFinding
from feedback.findings.policies import may_link
from feedback.findings.promise_actions import link_promise, unlink_promise
from feedback.findings.shown import promised_about
from feedback.promises.models import Promise
from feedback.promises.policies import answers_for

LINKED = "They stand beside each other now, on both pages."
UNLINKED = "Taken away. What was found and what was promised stay."
NOT_THERE = "Choose one from the list."


def of_finding(request: HttpRequest, finding: SharedFinding) -> dict[str, Any]:
    """What was promised about a finding, and what may be put beside it."""
    promised = promised_about(finding)
    may = request.user.has_perm(WRITE, finding) and finding.status != SharedFinding.Status.WITHDRAWN
    linked = {one.number for one in promised.linked}
    offered = offered_promises(finding, linked) if may else []
    return {"promised": promised, "may_link": may, "offered_promises": offered}


def of_promise(request: HttpRequest, promise: Promise) -> dict[str, Any]:
    """The findings that a promise answers, and those it may be put beside."""
    beside = findings_beside(promise)
    may = answers_for(promise, request.user) and promise.status != Promise.Status.TAKEN_BACK
    return {
        "findings": [(one, may_link(one, promise, request.user)) for one in beside],
        "offered_findings": [one for one in offered_findings(promise) if one not in beside] if may else [],
    }


def says_so_of_finding(request: HttpRequest, finding: SharedFinding) -> None:
    """Does what a button beside a finding asks for."""
    _says_so(request, finding, promise_numbered(_sent(request)))


def says_so_of_promise(request: HttpRequest, promise: Promise) -> None:
    """Does what a button beside a promise asks for."""
    _says_so(request, finding_coded(_sent(request)), promise)


def _sent(request: HttpRequest) -> str:
    return request.POST.get("link") or request.POST.get("unlink") or ""


def _says_so(request: HttpRequest, finding: SharedFinding | None, promise: Promise | None) -> None:
    if finding is None or promise is None:
        messages.error(request, NOT_THERE)
    elif "unlink" in request.POST:
        attempt(request, UNLINKED, lambda: unlink_promise(finding, promise, by=request.user))
    else:
        attempt(request, LINKED, lambda: link_promise(finding, promise, by=request.user))
