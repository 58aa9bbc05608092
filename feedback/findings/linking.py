"""What can be put beside each other: the promises of a finding's area, and the public findings of a promise's."""

from __future__ import annotations

from django.core.validators import slug_re

from feedback.findings.models import SharedFinding
from feedback.findings.shown import public_findings
from feedback.promises.models import Promise

MOST_DIGITS = 10


def offered_promises(finding: SharedFinding, linked: set[int]) -> list[tuple[int, str]]:
    """The promises of a finding's area that do not stand beside it, by number, in the words that say most."""
    if finding.area is None:
        return []
    place = finding.area.merged_into or finding.area
    found = Promise.objects.of(place).standing().exclude(pk__in=linked).prefetch_related("words")
    return [(one.pk, _said(one)) for one in found]


def _said(promise: Promise) -> str:
    words = sorted(promise.words.all(), key=lambda one: (one.audience != "", one.pk))
    return next((one.we_will or one.you_said for one in words), str(promise))


def findings_beside(promise: Promise) -> list[SharedFinding]:
    """The findings that stand beside a promise, public or not."""
    return list(SharedFinding.objects.filter(answers__promise=promise).select_related("area__merged_into"))


def offered_findings(promise: Promise) -> list[SharedFinding]:
    """The public findings of a promise's area."""
    return [one for one in public_findings() if one.area and (one.area.merged_into or one.area) == promise.place]


def promise_numbered(text: str) -> Promise | None:
    """The promise of a number that somebody sent."""
    is_number = text.isdecimal() and len(text) < MOST_DIGITS
    return Promise.objects.filter(pk=int(text)).first() if is_number else None


def finding_coded(code: str) -> SharedFinding | None:
    """The finding of a code that somebody sent."""
    found = SharedFinding.objects.select_related("area__merged_into").filter(code=code)
    return found.first() if slug_re.fullmatch(code) else None
