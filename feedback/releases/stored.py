"""The stored windows that the pages of a release are made of, read in three queries however many answered.

Which windows those are is decided here once: its own, those of releases that were published when it was, and those
that its figures are put beside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Max, Min, Q

from feedback.disclosure.rules import Table
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from feedback.releases.once import read_once, read_together
from feedback.releases.stored_windows import StoredWindow, windows_read


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
    windows: tuple[StoredWindow, ...]

    @property
    def own(self) -> list[StoredWindow]:
        """The windows of the release itself."""
        return [window for window in self.windows if window.release_id == self.release.pk]

    def of(self, releases: Iterable[Release]) -> list[StoredWindow]:
        """The windows of some of its releases, in order of time."""
        wanted = {release.pk for release in releases}
        return [window for window in self.windows if window.release_id in wanted]

    @property
    def over_time(self) -> list[StoredWindow]:
        """Everything published up to this release, with its own."""
        return self.of([*self.earlier, self.release])

    @property
    def by_question(self) -> dict[str, Stored]:
        """The same for each question by itself."""
        found: dict[str, list[StoredWindow]] = {}
        for window in self.windows:
            found.setdefault(window.question, []).append(window)
        return {question: replace(self, windows=tuple(windows)) for question, windows in found.items()}

    def only(self, *, overall: bool) -> Stored:
        """What is about everybody; or everything else."""
        return replace(self, windows=tuple(one for one in self.windows if (one.table == Table.OVERALL) is overall))


def stored_of(
    release: Release, *, questions: Collection[str] | None = None, tables: Collection[Table] | None = None
) -> Stored:
    """What is stored of a release and beside it; or only some questions or tables of it."""
    population = releases_of(release.area_id)
    before = _published_before(release, population)
    earlier = [one for one in population if _is_out(one) and one.quarter < release.quarter]
    gone = [one for one in population if one.status == Release.Status.WITHDRAWN and one.quarter <= release.quarter]
    wanted = {one.pk: one for one in (*before, *earlier)} | {release.pk: release}
    found = list(_windows(wanted, questions, tables))
    for window in found:
        window.release = wanted[window.release_id]
    return Stored(release, tuple(before), tuple(earlier), tuple(gone), tuple(found))


def releases_of(area_id: int | None) -> list[Release]:
    """Every release of an area, or of all areas together, oldest first, with the step in which it was published."""
    return [one for one in releases_of_areas(read_together() | {area_id, None}) if one.area_id == area_id]


@read_once
def releases_of_areas(areas: frozenset[int | None]) -> list[Release]:
    """The same of several areas, and on which day each was withdrawn."""
    status = Release.Status
    out = Min("states__pk", filter=Q(states__status=status.PUBLISHED))
    gone = Max("states__on", filter=Q(states__status=status.WITHDRAWN))
    rows = Release.objects.filter(_in_areas(areas)).annotate(out_at=out, gone_on=gone)
    return list(rows.select_related("area").order_by("quarter", "pk"))


def _in_areas(areas: frozenset[int | None]) -> Q:
    return Q(area__in=areas - {None}) | (Q(area=None) if None in areas else Q())


def _windows(
    wanted: Collection[int], questions: Collection[str] | None, tables: Collection[Table] | None
) -> Iterable[StoredWindow]:
    """The windows of some releases: out of those read for the whole page, or from the database."""
    if questions is None and tables is None and (shelf := read_together()):
        return (window for window in _windows_of_all(shelf) if window.release_id in wanted)
    rows = ClosedWindow.objects.filter(release__in=list(wanted))
    if questions is not None:
        rows = rows.filter(question__in=list(questions))
    if tables is not None:
        rows = rows.filter(table__in=list(tables))
    return windows_read(rows)


Cell = tuple[str, str, str | None, str | None, str | None, str]


@read_once
def cells_of(release: Release) -> list[Cell]:
    """Of every group of a release its question, table, stage, service, audience and why it is withheld; no figure."""
    if release.area_id in (shelf := read_together()):
        windows = [one for one in _windows_of_all(shelf) if one.release_id == release.pk]
        return [
            (window.question, window.table, group.stage, group.service, group.audience, group.reason)
            for window in windows
            for group in window.groups
        ]
    rows = ClosedGroup.objects.filter(window__release=release).order_by("pk")
    named = ("window__question", "window__table", "stage", "service", "audience", "reason")
    return list(rows.values_list(*named))


def questions_in(release: Release) -> frozenset[str]:
    """The names under which a release counts its questions."""
    return frozenset(question for question, *_ in cells_of(release))


@read_once
def _windows_of_all(area_ids: frozenset[int | None]) -> list[StoredWindow]:
    """All windows of some populations with their groups, for a page that tells of several releases."""
    rows = ClosedWindow.objects.filter(_in_areas(area_ids))
    return windows_read(rows)


def _is_out(release: Release) -> bool:
    return release.status == Release.Status.PUBLISHED


def _published_before(release: Release, population: Iterable[Release]) -> list[Release]:
    """The releases of the same population that were published, and maybe withdrawn since, when this one was."""
    steps = {one.pk: one.out_at for one in population if one.out_at is not None}  # type: ignore[attr-defined]
    own = steps.get(release.pk)
    return [
        one for one in population if one.pk != release.pk and one.pk in steps and (own is None or steps[one.pk] < own)
    ]
