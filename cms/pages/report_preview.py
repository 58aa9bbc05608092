"""An annual report as everybody will see it, for those who write it or decide on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from cms.pages.releases import FRAMED_BY_THE_DESK
from cms.workflow.reports import reports_for


@never_cache
@require_safe
@xframe_options_sameorigin
def report_preview(request: HttpRequest, number: int) -> HttpResponse:
    """The newest draft, or what waits for a second person, in a frame of the desk."""
    found = get_object_or_404(reports_for(request.user), pk=number).specific
    step = found.current_workflow_task_state
    shown = step.revision.as_object() if step else found.get_latest_revision_as_object()
    response = render(request, "pages/report/web.html", shown.get_context(request))
    response["Content-Security-Policy"] = FRAMED_BY_THE_DESK
    return response
