"""Annual reports at the desk: which are written, which wait for a second person, and where that one decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from wagtail.models import Page, TaskState

from cms.desk.trying import attempt
from cms.workflow.actions import decide_report
from cms.workflow.reports import APPROVE, ReportApproval, decisions_on, reports_for, why_not_second
from feedback.config.content_security import STRICT

DECIDED = {
    "approve": "Approved and published. Everybody can read it now.",
    "reject": "Sent back, with your reason. Whoever wrote it goes on working on it.",
}


@dataclass(frozen=True)
class Listed:
    """A report, how far it is, and whether it waits for this person."""

    page: Page
    state: str
    waits: bool


@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """The annual reports of one's areas."""
    if not request.user.has_perm(APPROVE):
        raise PermissionDenied("Your role does not include this.")
    found = [_listed(page, request) for page in reports_for(request.user).order_by("-first_published_at", "pk")]
    writes = request.user.has_perm("pages.write")
    return render(request, "desk/reports.html", {"reports": found, "writes": writes})


def _listed(page: Page, request: HttpRequest) -> Listed:
    waiting = waiting_step(page)
    state = "Waits for a second person" if waiting else "Published" if page.live else "Draft"
    if page.live and not waiting and page.has_unpublished_changes:
        state = "Published, and a newer draft"
    return Listed(page, state, bool(waiting and not why_not_second(page, by=request.user)))


def waiting_step(page: Page) -> TaskState | None:
    """The step at which a report waits; nothing where it does not."""
    state = page.current_workflow_task_state
    is_here = state is not None and isinstance(state.task.specific, ReportApproval)
    return state if is_here else None


@never_cache
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One report as everybody will see it, and what this person may decide."""
    found = get_object_or_404(reports_for(request.user), pk=number)
    step = waiting_step(found)
    if request.method == "POST":
        _decide(request, found, step)
        return redirect("desk:annual_report", number=number)
    shown = step.revision.as_object() if step else found.get_latest_revision_as_object()
    context = {
        "report": shown,
        "step": step,
        "why_not": why_not_second(found, by=request.user) if step else "",
        "missing": shown.why_not_ready(),
        "is_live": found.live,
        "can_write": found.permissions_for_user(request.user).can_edit(),
        "history": decisions_on(found),
    }
    response = render(request, "desk/report.html", context)
    # The page in the frame is ours.
    response["Content-Security-Policy"] = f"{STRICT}; frame-src 'self'"
    return response


def _decide(request: HttpRequest, page: Page, step: TaskState | None) -> None:
    action = request.POST.get("decision", "")
    if action not in DECIDED or step is None:
        raise PermissionDenied("There is nothing to decide here.")
    reason = request.POST.get("reason", "")[:2000].replace("\x00", "")
    approved = action == "approve"
    attempt(request, DECIDED[action], lambda: decide_report(step, approved=approved, reason=reason, by=request.user))
