"""The one door: reads the stored cells of a release as they may be seen. Pages, files and inspectors all come here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from feedback.disclosure.blocks import Period, Quarter
from feedback.disclosure.figures import TOO_FEW_ANSWERED, Figure, ShownCell, show, sum_of, withheld
from feedback.disclosure.protection import rules_for_cells
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.models import ClosedGroup, ClosedWindow, Release

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

    @property
    def is_overall(self) -> bool:
        """Whether it is about everybody in the population."""
        return self.table is Table.OVERALL


def shown_groups(release: Release) -> list[ShownGroup]:
    """Every group of a release, block by block, and the year's sums where this release ends the year."""
    rules = ProtectionRules(**release.rules)
    windows = list(release.windows.prefetch_related("groups").order_by("question", "first_quarter"))
    windows.sort(key=lambda window: (window.question, window.first_quarter, TABLES.index(Table(window.table))))
    found = [_shown(window, group, rules) for window in windows for group in _in_order(window.groups.all())]
    return [*found, *_sums_of_the_year(release, rules)]


def chosen_for_others(release: Release) -> str:
    """For how many people somebody else chose the answers, as it may be seen; blank for nobody, and for the nation."""
    many = release.chosen_for_others
    if not many:
        return ""
    smallest = ProtectionRules(**release.rules).smallest_group
    return str(many) if many >= smallest else f"fewer than {smallest}"


def _in_order(groups: Iterable[ClosedGroup]) -> list[ClosedGroup]:
    return sorted(groups, key=lambda g: (g.stage or "", g.audience or "", g.service or ""))


def _period(window: ClosedWindow) -> Period:
    return Period(Quarter.parse(window.first_quarter), Quarter.parse(window.last_quarter))


def _shown(window: ClosedWindow, group: ClosedGroup, rules: ProtectionRules) -> ShownGroup:
    if group.reason:
        return _group(window, group, _period(window), withheld(window.options, reason=group.reason), base=None)
    return _group_of(window, group, _period(window), _figure(window, group), rules)


def _figure(window: ClosedWindow, group: ClosedGroup) -> Figure:
    # In the order in which they are offered: a database may keep the values in another.
    values = {option: group.values[option] for option in window.options}
    return Figure(values, group.respondents, 1, adds_up=window.adds_up, base_variance=window.base_variance)


def _group_of(
    window: ClosedWindow, group: ClosedGroup, period: Period, figure: Figure, rules: ProtectionRules
) -> ShownGroup:
    cells = show(figure, rules_for_cells(window.most_cells, rules))
    is_withheld = all(cell.reason == TOO_FEW_ANSWERED for cell in cells)
    base = None if is_withheld or figure.base_is_protected else figure.respondents
    return _group(window, group, period, cells, base=base)


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


def _sums_of_the_year(release: Release, rules: ProtectionRules) -> Iterator[ShownGroup]:
    """A year is only the sum of blocks that are published already, so it teaches nobody anything more about a child.

    A year of which a block was withdrawn has no sums: others than those somebody checked must not appear by themselves.
    """
    quarter = Quarter.parse(release.quarter)
    of_population = Release.objects.filter(area=release.area, quarter__startswith=f"{quarter.year}Q")
    if not quarter.ends_year or of_population.filter(status=Release.Status.WITHDRAWN).exists():
        return
    for parts in _groups_of_the_year(release, quarter).values():
        parts.sort(key=lambda part: part[0].first_quarter)
        periods = [_period(window) for window, _ in parts]
        if len(parts) > 1 and _follow_each_other(periods):
            window, group = parts[-1]
            figure = sum_of([_figure(w, g) for w, g in parts])
            yield _group_of(window, group, Period(periods[0].first, periods[-1].last), figure, rules)


def _groups_of_the_year(release: Release, quarter: Quarter) -> dict[tuple, list[tuple[ClosedWindow, ClosedGroup]]]:
    year = [f"{quarter.year}Q{number}" for number in range(1, 5)]
    published = Release.objects.filter(status=Release.Status.PUBLISHED) | Release.objects.filter(pk=release.pk)
    of_population = {"window__area": release.area} if release.area else {"window__area__isnull": True}
    groups = ClosedGroup.objects.filter(
        window__last_quarter__in=year,
        window__table__in=ONE_WAY,
        window__release__in=published,
        reason="",
        **of_population,
    ).select_related("window")
    found: dict[tuple, list[tuple[ClosedWindow, ClosedGroup]]] = defaultdict(list)
    for group in groups:
        window = group.window
        key = (window.question, window.table, group.stage, group.service, group.audience)
        found[key].append((window, group))
    return found


def _follow_each_other(periods: list[Period]) -> bool:
    return all(before.last.next() == after.first for before, after in pairwise(periods))
