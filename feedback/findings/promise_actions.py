"""Putting a promise and a finding of one area beside each other, and taking that away again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.findings.models import FindingPromise, SharedFinding
from feedback.findings.policies import check_may_link, may_link
from feedback.promises.models import Promise
from surveys.frame.policies import NotAllowed


def _check(finding: SharedFinding, promise: Promise, by) -> None:
    if not may_link(finding, promise, by):
        raise PermissionDenied(
            "Only who writes the finding, or answers for the promise, says that they belong together."
        )


@transaction.atomic
def link_promise(finding: SharedFinding, promise: Promise, *, by) -> FindingPromise:
    """Says that a promise answers a finding of its area; both pages show it, as soon as both are public."""
    _check(finding, promise, by)
    # Nobody withdraws the one or takes the other back meanwhile.
    finding.refresh_from_db(from_queryset=SharedFinding.objects.select_for_update(of=("self",)))
    promise.refresh_from_db(from_queryset=Promise.objects.select_for_update(of=("self",)))
    check_may_link(finding, promise)
    try:
        with transaction.atomic():
            link = FindingPromise.objects.create(finding=finding, promise=promise, by=by, on=timezone.localdate())
    except IntegrityError as problem:
        raise NotAllowed("They stand beside each other already.") from problem
    log(finding, "findings.link_promise", user=by, data={"promise": promise.pk})
    return link


@transaction.atomic
def unlink_promise(finding: SharedFinding, promise: Promise, *, by) -> None:
    """Takes it away again: what was said and what was promised stay."""
    _check(finding, promise, by)
    if not FindingPromise.objects.filter(finding=finding, promise=promise).delete()[0]:
        raise NotAllowed("They do not stand beside each other any more.")
    log(finding, "findings.unlink_promise", user=by, data={"promise": promise.pk})
