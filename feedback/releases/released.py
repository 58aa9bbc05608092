"""The one door: reads the stored cells of a release as they may be seen. Pages, files and inspectors all come here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from feedback.disclosure.blocks import Period, Quarter
from feedback.disclosure.figures import TOO_FEW_ANSWERED, Figure, ShownCell, show, sum_of, withheld
from feedback.disclosure.longer_periods import longer_periods, windows_within
from feedback.disclosure.protection import rules_for_cells
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.models import ClosedGroup, ClosedWindow, Release, ReleaseState

TABLES = list(Table)
ONE_WAY = frozenset({Table.OVERALL, Table.STAGE, Table.AUDIENCE, Table.SERVICE})


@dataclass(frozen=True)
class ShownGroup:
    """One group of one question as it may be seen: its cells, or the reason they are withheld. None stands for all."""

    question: str
    table: Table
    period: Period
    stage: str | None
    service: str | None
    audience: str | None
    base: float | None
    cells: tuple[ShownCell, ...]
    blocks: int = 1  # more than one for a longer period

    @property
    def is_overall(self) -> bool:
        """Whether it is about everybody in the population."""
        return self.table is Table.OVERALL


def shown_groups(release: Release) -> list[ShownGroup]:
    """Every group of a release, block by block, and then the longer periods that it adds up."""
    rules = ProtectionRules(**release.rules)
    windows = list(release.windows.prefetch_related("groups").order_by("question", "first_quarter"))
    windows.sort(key=lambda window: (window.question, window.first_quarter, TABLES.index(Table(window.table))))
    found = [_shown(window, group, rules) for window in windows for group in _in_order(window.groups.all())]
    return [*found, *_longer_periods(release, rules)]


def shown_of(windows: Iterable[ClosedWindow]) -> list[ShownGroup]:
    """The groups of some windows of any releases, as they may be seen; each with its release and groups read before."""
    return [
        _shown(window, group, ProtectionRules(**window.release.rules))
        for window in windows
        for group in _in_order(window.groups.all())
    ]


def chosen_for_others(release: Release) -> str:
    """For how many people somebody else chose the answers, as it may be seen; blank for nobody, and for the nation."""
    many = release.chosen_for_others
    if not many:
        return ""
    smallest = ProtectionRules(**release.rules).smallest_group
    return str(many) if many >= smallest else f"fewer than {smallest}"


def _in_order(groups: Iterable[ClosedGroup]) -> list[ClosedGroup]:
    return sorted(groups, key=lambda g: (g.stage or "", g.audience or "", g.service or ""))


def period_of(window: ClosedWindow) -> Period:
    """The quarters of a window."""
    return Period(Quarter.parse(window.first_quarter), Quarter.parse(window.last_quarter))


def _shown(window: ClosedWindow, group: ClosedGroup, rules: ProtectionRules) -> ShownGroup:
    if group.reason:
        return _group(window, group, period_of(window), withheld(window.options, reason=group.reason), base=None)
    return _group_of(window, group, period_of(window), figure_of(window, group), rules)


def figure_of(window: ClosedWindow, group: ClosedGroup) -> Figure:
    """The stored values of a group that is shown."""
    # In the order in which they are offered: a database may keep the values in another.
    values = {option: group.values[option] for option in window.options}
    return Figure(values, group.respondents, 1, adds_up=window.adds_up, base_variance=window.base_variance)


def _group_of(
    window: ClosedWindow, group: ClosedGroup, period: Period, figure: Figure, rules: ProtectionRules
) -> ShownGroup:
    cells = show(figure, rules_for_cells(window.most_cells, rules))
    is_withheld = all(cell.reason == TOO_FEW_ANSWERED for cell in cells)
    base = None if is_withheld or figure.base_is_protected else figure.respondents
    return replace(_group(window, group, period, cells, base=base), blocks=figure.blocks)


def _group(
    window: ClosedWindow, group: ClosedGroup, period: Period, cells: Iterable[ShownCell], *, base: float | None
) -> ShownGroup:
    return ShownGroup(
        question=window.question,
        table=Table(window.table),
        period=period,
        stage=group.stage,
        service=group.service,
        audience=group.audience,
        base=base,
        cells=tuple(cells),
    )


Key = tuple[str, str, str | None, str | None, str | None]
Parts = dict[Period, tuple[ClosedWindow, ClosedGroup]]


def _longer_periods(release: Release, rules: ProtectionRules) -> Iterator[ShownGroup]:
    """Sums of blocks that were published before this release, and of its own; they teach nobody more about a child.

    A sum is missing as soon as one of its blocks is withdrawn, and no other comes in its place: what nobody checked
    must not appear by itself.
    """
    before = _published_before(release)
    withdrawn = {one.pk for one in before if one.status == Release.Status.WITHDRAWN}
    starts = _starts(before, release)
    quarter = Quarter.parse(release.quarter)
    for key, parts in _parts_of([*before, release]).items():
        for period in longer_periods(list(parts), start=starts[key[:2]], quarter=quarter):
            blocks = [parts[window] for window in windows_within(list(parts), period)]
            if not any(window.release_id in withdrawn for window, _ in blocks):
                window, group = blocks[-1]
                yield _group_of(window, group, period, sum_of([figure_of(w, g) for w, g in blocks]), rules)


def _published_before(release: Release) -> list[Release]:
    """The releases of the same population that were published, and maybe withdrawn since, when this one was."""
    of_population = Release.objects.filter(area=release.area).exclude(pk=release.pk)
    published = ReleaseState.objects.filter(status=Release.Status.PUBLISHED)
    own = published.filter(release=release).first()
    states = published.filter(pk__lt=own.pk) if own else published
    return list(of_population.filter(states__in=states))


def _starts(before: Iterable[Release], release: Release) -> dict[tuple[str, str], Quarter]:
    """Where the first window of each table of each question began."""
    windows = ClosedWindow.objects.filter(release__in=[*before, release]).order_by("-first_quarter")
    rows = windows.values_list("question", "table", "first_quarter")
    return {(question, table): Quarter.parse(first) for question, table, first in rows}


def _parts_of(releases: Iterable[Release]) -> dict[Key, Parts]:
    """The windows in which each group of a one-way table is shown; not those in which too few gave an answer."""
    groups = ClosedGroup.objects.filter(window__table__in=ONE_WAY, window__release__in=releases, reason="")
    found: dict[Key, Parts] = defaultdict(dict)
    for group in groups.select_related("window__release").order_by("window__first_quarter", "pk"):
        window = group.window
        rules = ProtectionRules(**window.release.rules)
        if figure_of(window, group).answered >= rules.smallest_group:
            key = (window.question, window.table, group.stage, group.service, group.audience)
            found[key][period_of(window)] = (window, group)
    return found
