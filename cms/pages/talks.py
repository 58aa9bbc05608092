"""What was said in focus groups and interviews of an area: talk beside figures, never among them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cms.pages.models import HomePage
from cms.pages.promises import A_MINUTE
from feedback.releases.talk import talks_of
from surveys.frame.models import Area


@require_safe
def talks(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is told of the talks of an area, kept by nobody for longer than a minute."""
    area = get_object_or_404(Area.objects.select_related("merged_into"), code=code)
    if area.merged_into:
        return redirect("talks:talks", code=area.merged_into.code)
    response = render(request, "pages/talks.html", _shown(area))
    response["Cache-Control"] = A_MINUTE
    return response


def _shown(area: Area) -> dict[str, Any]:
    return {
        "area": area,
        "home": HomePage.objects.live().filter(area=area).order_by("path").first(),
        "talks": talks_of(area),
        "help_numbers": area.help_numbers.all(),
        "is_invented": area.is_fictional,
        "exit_address": settings.EARSHOT_QUICK_EXIT_ADDRESS,
    }
