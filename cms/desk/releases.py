"""Releases at the desk: what is closed, proposed, checked by a second person, published and withdrawn."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.desk import blocks
from cms.desk.release_panels import panels_of
from cms.desk.trying import attempt
from feedback.anonymisation.actions import sweep
from feedback.config.content_security import STRICT
from feedback.disclosure.blocks import Quarter
from feedback.releases import actions as release_actions
from feedback.releases.models import Release, ReleaseQuerySet
from feedback.releases.policies import can_decide, can_interpret
from feedback.releases.readings import without_a_reading
from feedback.releases.service_information import service_information
from surveys.frame.models import Area


@never_cache
def releases(request: HttpRequest) -> HttpResponse:
    """Every release this person may see, and the quarters that can be closed."""
    if not any(request.user.has_perm(permission) for permission in ("releases.view", "releases.view_published")):
        raise PermissionDenied("Your role does not include this.")
    last = Quarter.of(timezone.localdate()).previous()
    areas = Area.objects.visible_to(request.user, "releases.propose")
    if request.method == "POST":
        area = get_object_or_404(areas, code=request.POST.get("area"))
        _close(request, area, last)
        return redirect("desk:releases")
    found = readable(request).select_related("area").prefetch_related("states__by")
    may_see_blocks = any(request.user.has_perm(permission) for permission in blocks.ANY_OF)
    context = {"releases": found, "areas": areas, "last": last, "may_see_blocks": may_see_blocks}
    return render(request, "desk/releases.html", context)


def readable(request: HttpRequest) -> ReleaseQuerySet:
    """The releases this person may read: all of their areas, or only what everybody may read."""
    published = Release.objects.visible_to(request.user, "releases.view_published").published()
    return Release.objects.visible_to(request.user, "releases.view") | published


def _close(request: HttpRequest, area: Area, last: Quarter) -> None:
    def close() -> None:
        sweep()
        drafts = release_actions.close_area_through(area, until=last, by=request.user)
        if not drafts:
            raise ValidationError(
                f"Nothing new can be shown for {area.name} up to {last}: too few have answered so far."
            )

    attempt(request, f"{area.name} is closed up to {last}. Say next what its figures may mean.", close)


@never_cache
def release(request: HttpRequest, code: str) -> HttpResponse:
    """A release as everybody will see it, and what this person may do with it."""
    found = get_object_or_404(readable(request).select_related("area"), code=code)
    if request.method == "POST":
        _decide(request, found)
        return redirect("desk:release", code=code)
    context = {
        "release": found,
        "questions": service_information(found),
        "states": found.states.select_related("by").order_by("pk"),
        "steps": _steps(request, found),
        "is_author": not can_decide(found, by=request.user),
        "to_interpret": without_a_reading(found),
        "may_interpret": can_interpret(found) and request.user.has_perm("releases.propose", found),
        "may_preview": request.user.has_perm("releases.view", found),
        "was_published": found.status in {Release.Status.PUBLISHED, Release.Status.WITHDRAWN},
        "panels": panels_of(request, found),
    }
    return render(request, "desk/release.html", context)


SIZES = {"phone": "Phone", "desktop": "Desktop"}


@never_cache
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The public page of a release in a frame, before it is public."""
    mine = Release.objects.visible_to(request.user, "releases.view").select_related("area")
    found = get_object_or_404(mine, code=code)
    size = request.GET.get("size", "")
    context = {"release": found, "sizes": SIZES.items(), "size": size if size in SIZES else "phone"}
    response = render(request, "desk/release_preview.html", context)
    response["Content-Security-Policy"] = f"{STRICT}; frame-src 'self'"
    return response


STEPS = {
    "propose": ("Propose", "releases.propose", Release.Status.PROPOSED, "Proposed. A second person checks it now."),
    "return": ("Send back", "releases.return", Release.Status.RETURNED, "Sent back."),
    "approve": ("Approve", "releases.approve", Release.Status.APPROVED, "Approved. It can be published now."),
    "publish": ("Publish", "releases.publish", Release.Status.PUBLISHED, "Published. Everybody can read it now."),
    "withdraw": ("Withdraw", "releases.withdraw", Release.Status.WITHDRAWN, "Withdrawn as a whole."),
}
NEEDS_A_REASON = {"return", "withdraw"}


def _steps(request: HttpRequest, found: Release) -> list[dict[str, object]]:
    """The steps open from here to this person."""
    return [
        {"name": name, "label": label, "needs_a_reason": name in NEEDS_A_REASON}
        for name, (label, permission, target, _) in STEPS.items()
        if target in Release.TRANSITIONS[found.status] and request.user.has_perm(permission, found)
    ]


def _decide(request: HttpRequest, found: Release) -> None:
    step, reason, by = request.POST.get("step", ""), request.POST.get("reason", ""), request.user
    if step not in STEPS:
        raise PermissionDenied("There is no such step.")
    doing = {
        "propose": lambda: release_actions.propose(found, by=by),
        "return": lambda: release_actions.return_(found, reason=reason, by=by),
        "approve": lambda: release_actions.approve(found, by=by),
        "publish": lambda: release_actions.publish(found, by=by),
        "withdraw": lambda: release_actions.withdraw_release(found, reason=reason, by=by),
    }
    attempt(request, STEPS[step][3], doing[step])
