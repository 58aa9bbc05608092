"""Lets the attack suite run on a release, and keeps what came of it."""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.disclosure.attack import Report
from feedback.releases import attacking
from feedback.releases.attack_reports import AttackReport
from feedback.releases.models import Release


@transaction.atomic
def attack_release(release: Release, *, by, read: attacking.Read | None = None) -> AttackReport:
    """Attacks what would be published, and stores the report with the release, whether anything was found or not.

    `read` is what was read of other releases in this transaction already.
    """
    if not any(by.has_perm(permission, release) for permission in ("releases.propose", "releases.approve")):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    found, compared = attacking.run(release, read)
    report = AttackReport.objects.create(
        release=release,
        by=by,
        on=timezone.localdate(),
        version=found.version,
        passed=found.passed,
        findings=_findings(found),
        looked_at=list(found.looked_at),
        skipped=list(found.skipped),
        compared_with=compared,
    )
    log(release, "releases.attacked", user=by, data={"passed": report.passed})
    return report


def _findings(found: Report) -> list[dict]:
    return [{**asdict(finding), "said": finding.sentence()} for finding in found.findings]
