"""Bringing findings in from another installation: all of a file or nothing, and a second person publishes them."""

from __future__ import annotations

import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.findings.actions import word_kind
from feedback.findings.exchange import BroughtIn, found_at, ours_at, read
from feedback.findings.models import KEEP_KINDS, FindingKind, FindingState, SharedFinding
from feedback.findings.policies import check_words
from surveys.frame.models import JourneyStage
from surveys.frame.policies import NotAllowed


@transaction.atomic
def bring_in(content: bytes, *, site: str = "", by) -> int:
    """Brings in what a file holds and is not here yet, and says how many; each waits for a second person.

    `site` is our own address, by which the file may say that something was found here first.
    """
    if not by.holds_everywhere(KEEP_KINDS):
        raise PermissionDenied("Only somebody who keeps the list of kinds of all areas may do this.")
    made_by, kinds, findings = read(content)
    there = set(
        SharedFinding.objects.filter(source__in=[one.address for one in findings]).values_list("source", flat=True)
    )
    stages = {stage.code: stage for stage in JourneyStage.objects.all()}
    # What is ours does not come back as somebody else's.
    new = [one for one in findings if one.address not in there and not ours_at(one.address, site)]
    made = []
    for one in new:
        kind = FindingKind.objects.newest().filter(code=one.kind).first()
        name, means = kinds[one.kind]
        kind = kind or word_kind(code=one.kind, name=name, means=means, by=by)
        finding = _made(one, kind, stages.get(one.stage), origin=f"{one.found_by} ({made_by})")
        for status in (SharedFinding.Status.DRAFT, SharedFinding.Status.PROPOSED):
            FindingState.objects.create(finding=finding, status=status, by=by, on=timezone.localdate())
        log(finding, "findings.bring_in", user=by)
        made.append(finding)
    _put_beside(made, site)
    return len(new)


def _put_beside(made: list[SharedFinding], site: str) -> None:
    """Each beside the finding it is the same as, once that is here; until then its address is kept."""
    waiting = SharedFinding.objects.filter(same_as_elsewhere__in=[one.source for one in made])
    for finding in [*made, *waiting.exclude(pk__in=[one.pk for one in made])]:
        first = found_at(finding.same_as_elsewhere, site) if finding.same_as_elsewhere else None
        first = first.same_as or first if first else None
        if first and first.pk != finding.pk:
            finding.same_as, finding.same_as_elsewhere = first, ""
            finding.save(update_fields=["same_as", "same_as_elsewhere"])
            _follow(finding, first)


def _follow(finding: SharedFinding, first: SharedFinding) -> None:
    """Those that are the same as this one are the same as the first; an area says so of it once."""
    for one in finding.found_too.exclude(pk=first.pk):
        own = first.found_too.filter(area=one.area).exclude(status=SharedFinding.Status.WITHDRAWN)
        if one.area is None or not own.exists():
            one.same_as = first
            one.save(update_fields=["same_as"])


def _made(one: BroughtIn, kind: FindingKind, stage: JourneyStage | None, *, origin: str) -> SharedFinding:
    check_words(one.title, one.description, one.what_was_done)
    finding = SharedFinding(
        code=f"elsewhere-{hashlib.sha256(one.address.encode()).hexdigest()[:12]}",
        kind=kind, title=" ".join(one.title.split()), description=one.description, did=one.what_was_done,
        theme=one.theme, stage=stage, status=SharedFinding.Status.PROPOSED, source=one.address, origin=origin[:120],
        same_as_elsewhere=one.same_as,
    )  # fmt: skip
    try:
        finding.full_clean(exclude={"area", "same_as", "stage"}, validate_unique=False, validate_constraints=False)
    except ValidationError as problem:
        raise NotAllowed(problem.messages) from problem
    finding.save()
    return finding
