"""What an intruder tried on a release and what they could tell: for whoever proposes or checks it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.desk.trying import attempt
from feedback.releases.attack_actions import attack_release
from feedback.releases.attacking import check_withstood_attack
from feedback.releases.models import Release

NAME, TEMPLATE = "attack", "desk/attack_report.html"
BEFORE = {Release.Status.DRAFT, Release.Status.PROPOSED, Release.Status.RETURNED, Release.Status.APPROVED}


def attack_report(request: HttpRequest, release: Release) -> dict[str, Any] | None:
    """The last report on a release, whether it still holds, and whether this person may let the attack run again."""
    if not request.user.has_perm("releases.view", release):
        return None
    reports = list(release.attack_reports.select_related("by"))
    return {
        "report": reports[0] if reports else None,
        "earlier": reports[1:],
        "problem": _problem(release) if release.status in BEFORE else "",
        "may_attack": release.status in BEFORE and _may_attack(request, release),
    }


def _problem(release: Release) -> str:
    try:
        check_withstood_attack(release)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def _may_attack(request: HttpRequest, release: Release) -> bool:
    return any(request.user.has_perm(p, release) for p in ("releases.propose", "releases.approve"))


@never_cache
def attack(request: HttpRequest, code: str) -> HttpResponse:
    """Lets the attack run again, and goes back to what came of it."""
    found = get_object_or_404(Release.objects.visible_to(request.user, "releases.view"), code=code)
    if not _may_attack(request, found):
        raise PermissionDenied("Your role does not include this.")
    if request.method == "POST" and found.status in BEFORE:
        done = "Attacked once more. What came of it is below."
        attempt(request, done, lambda: attack_release(found, by=request.user))
    return redirect(f"{reverse('desk:release', args=[code])}#{NAME}")
