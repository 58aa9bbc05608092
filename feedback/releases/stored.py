"""The stored windows that the pages of a release are made of, read in four queries however many answered.

Which windows those are is decided here once: its own, those of releases that were published when it was, and those
that its figures are put beside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from feedback.disclosure.rules import Table
from feedback.releases.models import ClosedWindow, Release


@dataclass(frozen=True)
class Stored:
    """A release with its windows, and with the releases of the same population that matter to it, oldest first."""

    release: Release
    # Published, and maybe withdrawn since, when this one was.
    before: tuple[Release, ...]
    # Published now, of an earlier quarter.
    earlier: tuple[Release, ...]
    # Was published for everybody once, and is withdrawn as a whole; of this quarter or an earlier one.
    withdrawn: tuple[Release, ...]
    windows: tuple[ClosedWindow, ...]

    @property
    def own(self) -> list[ClosedWindow]:
        """The windows of the release itself."""
        return [window for window in self.windows if window.release_id == self.release.pk]

    def of(self, releases: Iterable[Release]) -> list[ClosedWindow]:
        """The windows of some of its releases, in order of time."""
        wanted = {release.pk for release in releases}
        return [window for window in self.windows if window.release_id in wanted]

    @property
    def over_time(self) -> list[ClosedWindow]:
        """Everything published up to this release, with its own."""
        return self.of([*self.earlier, self.release])


def stored_of(
    release: Release, *, questions: Collection[str] | None = None, tables: Collection[Table] | None = None
) -> Stored:
    """What is stored of a release and beside it; or only some questions or tables of it."""
    population = list(Release.objects.filter(area=release.area).order_by("quarter", "pk").prefetch_related("states"))
    before = _published_before(release, population)
    earlier = [one for one in population if _is_out(one) and one.quarter < release.quarter]
    gone = [one for one in population if one.status == Release.Status.WITHDRAWN and one.quarter <= release.quarter]
    wanted = {one.pk: one for one in (*before, *earlier)} | {release.pk: release}
    windows = ClosedWindow.objects.filter(release__in=list(wanted))
    if questions is not None:
        windows = windows.filter(question__in=list(questions))
    if tables is not None:
        windows = windows.filter(table__in=list(tables))
    found = list(windows.order_by("question", "first_quarter", "pk").prefetch_related("groups"))
    for window in found:
        window.release = wanted[window.release_id]
    return Stored(release, tuple(before), tuple(earlier), tuple(gone), tuple(found))


def _is_out(release: Release) -> bool:
    return release.status == Release.Status.PUBLISHED


def _published_before(release: Release, population: Iterable[Release]) -> list[Release]:
    """The releases of the same population that were published, and maybe withdrawn since, when this one was."""
    published = {one.pk: [s.pk for s in one.states.all() if s.status == Release.Status.PUBLISHED] for one in population}
    own = min(published.get(release.pk, []), default=None)
    return [
        one
        for one in population
        if one.pk != release.pk and any(own is None or state < own for state in published[one.pk])
    ]
