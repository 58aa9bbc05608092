"""What was published and what was withdrawn, when and why: the list of releases, and the log of its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from feedback.releases.models import Release, ReleaseState

TOLD = (Release.Status.PUBLISHED, Release.Status.WITHDRAWN)


@dataclass(frozen=True)
class Change:
    """One release came out, or was withdrawn; no name of anybody is in it."""

    release: Release
    what: str
    on: date
    why: str

    @property
    def is_withdrawal(self) -> bool:
        """Whether the release is gone since then."""
        return self.what == Release.Status.WITHDRAWN


def changes() -> QuerySet[ReleaseState]:
    """The steps of releases that everybody is told of, the latest first."""
    steps = ReleaseState.objects.filter(status__in=TOLD, release__in=Release.objects.was_published())
    return steps.select_related("release__area").order_by("-on", "-pk")


def told(steps: Iterable[ReleaseState]) -> Iterator[Change]:
    """These steps as everybody may know them; why something was published is the release itself."""
    for step in steps:
        why = step.reason if step.status == Release.Status.WITHDRAWN else ""
        yield Change(step.release, step.status, step.on, why)


@dataclass(frozen=True)
class Listed:
    """One release in the list, with the days on which it came out and, if so, was withdrawn."""

    release: Release
    published_on: date | None
    withdrawn_on: date | None


def releases(area: str = "") -> QuerySet[Release]:
    """Those that anybody may read or could read once, the latest quarter first; of one area, if its code is named."""
    found = Release.objects.was_published().select_related("area").order_by("-quarter", "code")
    if not area:
        return found
    return found.filter(area=None) if area == "all" else found.filter(area__code=area)


def listed(some: Iterable[Release]) -> Iterator[Listed]:
    """These releases with their days, which are read at once."""
    some = list(some)
    days: dict[tuple[int, str], date] = {}
    for release, status, on in ReleaseState.objects.filter(release__in=some, status__in=TOLD).values_list(
        "release", "status", "on"
    ):
        days[release, status] = on
    for release in some:
        published, withdrawn = (days.get((release.pk, status)) for status in TOLD)
        yield Listed(release, published, withdrawn)
