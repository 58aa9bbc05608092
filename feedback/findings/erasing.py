"""What goes when a fictional area is erased: what its findings said, and what they rest on."""

from __future__ import annotations

from django.db.models import Q

from feedback.findings.models import FindingEvidence, FindingPromise, FindingState, SharedFinding
from surveys.frame.models import Area


def erase_findings_of(area: Area) -> None:
    """Every finding of the area; what others found too stays theirs."""
    own = SharedFinding.objects.filter(area=area)
    SharedFinding.objects.filter(same_as__in=own).update(same_as=None)
    FindingPromise.objects.filter(Q(finding__in=own) | Q(promise__area=area)).delete()
    FindingEvidence.objects.filter(finding__in=own).delete()
    FindingState.objects.filter(finding__in=own).delete()
    own.delete()
