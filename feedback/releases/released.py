"""The one door: reads the stored cells of a release as they may be seen. Pages, files and inspectors all come here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from feedback.disclosure.blocks import Period, Quarter
from feedback.disclosure.figures import TOO_FEW_ANSWERED, Figure, ShownCell, show, sum_of, withheld
from feedback.disclosure.longer_periods import longer_periods, windows_within
from feedback.disclosure.protection import rules_for_cells
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.models import Release
from feedback.releases.stored import Stored, stored_of
from feedback.releases.stored_windows import StoredGroup, StoredWindow

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
    options: tuple[str, ...]
    # Why it is withheld, if it is.
    reason: str = ""
    blocks: int = 1  # more than one for a longer period
    # The stored values behind the cells and the rules they are shown by; none where the group is withheld.
    figure: Figure | None = None
    rules: ProtectionRules | None = None

    @cached_property
    def cells(self) -> tuple[ShownCell, ...]:
        """Its figures; worked out when somebody looks, because no page shows every group of a year."""
        if self.figure is None or self.rules is None:
            return tuple(withheld(self.options, reason=self.reason))
        return tuple(show(self.figure, self.rules))

    @property
    def is_overall(self) -> bool:
        """Whether it is about everybody in the population."""
        return self.table is Table.OVERALL


def shown_groups(release: Release, stored: Stored | None = None) -> list[ShownGroup]:
    """Every group of a release, block by block, and then the longer periods that it adds up."""
    stored = stored or stored_of(release)
    rules = ProtectionRules(**release.rules)
    return [*shown_in(stored.own, rules), *added_up(stored, rules)]


def shown_over_time(stored: Stored) -> list[ShownGroup]:
    """Every block that was published up to a release and still is, each by the rules of the release it came in."""
    return [
        group
        for window in _by_table(stored.over_time)
        for group in shown_in([window], ProtectionRules(**window.release.rules))
    ]


def shown_in(windows: Iterable[StoredWindow], rules: ProtectionRules) -> list[ShownGroup]:
    """The groups of some windows."""
    return [_shown(window, group, rules) for window in _by_table(windows) for group in _in_order(window.groups)]


def _by_table(windows: Iterable[StoredWindow]) -> list[StoredWindow]:
    return sorted(windows, key=lambda one: (one.question, one.first_quarter, TABLES.index(Table(one.table))))


def shown_of(windows: Iterable[StoredWindow]) -> list[ShownGroup]:
    """The groups of some windows of any releases, as they may be seen; each with its release and groups read before."""
    return [
        _shown(window, group, ProtectionRules(**window.release.rules))
        for window in windows
        for group in _in_order(window.groups)
    ]


def chosen_for_others(release: Release) -> str:
    """For how many people somebody else chose the answers, as it may be seen; blank for nobody, and for the nation."""
    many = release.chosen_for_others
    if not many:
        return ""
    smallest = ProtectionRules(**release.rules).smallest_group
    return str(many) if many >= smallest else f"fewer than {smallest}"


def _in_order(groups: Iterable[StoredGroup]) -> list[StoredGroup]:
    return sorted(groups, key=lambda g: (g.stage or "", g.audience or "", g.service or ""))


def period_of(window: StoredWindow) -> Period:
    """The quarters of a window."""
    return Period(Quarter.parse(window.first_quarter), Quarter.parse(window.last_quarter))


def _shown(window: StoredWindow, group: StoredGroup, rules: ProtectionRules) -> ShownGroup:
    if group.reason:
        return _group(window, group, period_of(window), options=window.options, reason=group.reason)
    return _group_of(window, group, period_of(window), figure_of(window, group), rules)


def figure_of(window: StoredWindow, group: StoredGroup) -> Figure:
    """The stored values of a group that is shown."""
    if group.figure is None:
        # In the order in which they are offered: a database may keep the values in another.
        stored = group.values
        values = {option: stored[option] for option in window.options}
        variance = window.base_variance
        group.figure = Figure(values, group.respondents, 1, adds_up=window.adds_up, base_variance=variance)
    return group.figure


def _group_of(
    window: StoredWindow, group: StoredGroup, period: Period, figure: Figure, rules: ProtectionRules
) -> ShownGroup:
    rules, options = rules_for_cells(window.most_cells, rules), figure.values
    if figure.answered < rules.smallest_group:
        return _group(
            window, group, period, options=options, reason=TOO_FEW_ANSWERED, blocks=figure.blocks, rules=rules
        )
    base = None if figure.base_is_protected else figure.respondents
    of_figure = {"base": base, "blocks": figure.blocks, "figure": figure, "rules": rules}
    return _group(window, group, period, options=options, **of_figure)


def _group(
    window: StoredWindow,
    group: StoredGroup,
    period: Period,
    *,
    options: Iterable[str],
    base: float | None = None,
    **of_figure: Any,
) -> ShownGroup:
    return ShownGroup(
        question=window.question,
        table=Table(window.table),
        period=period,
        stage=group.stage,
        service=group.service,
        audience=group.audience,
        base=base,
        options=tuple(options),
        **of_figure,
    )


Key = tuple[str, str, str | None, str | None, str | None]
Part = tuple[StoredWindow, StoredGroup, Figure]
Parts = dict[Period, Part]


def added_up(stored: Stored, rules: ProtectionRules) -> Iterator[ShownGroup]:
    """Sums of blocks that were published before this release, and of its own: longer periods, which tell no more.

    A sum is missing as soon as one of its blocks is withdrawn, and no other comes in its place: what nobody checked
    must not appear by itself.
    """
    withdrawn = {one.pk for one in stored.before if one.status == Release.Status.WITHDRAWN}
    windows = stored.of([*stored.before, stored.release])
    starts, sums = _starts(windows), _Sums(Quarter.parse(stored.release.quarter))
    for key, parts in _parts_of(windows).items():
        for period, within in sums.of(tuple(parts), starts[key[:2]]):
            blocks = [parts[window] for window in within]
            if not any(window.release_id in withdrawn for window, *_ in blocks):
                window, group, _ = blocks[-1]
                yield _group_of(window, group, period, sum_of([figure for *_, figure in blocks]), rules)


class _Sums:
    """Which longer periods a release adds up: most groups are shown in the same windows, so each is asked once."""

    def __init__(self, quarter: Quarter) -> None:
        self.quarter = quarter
        self.known: dict[tuple[tuple[Period, ...], Quarter], list[tuple[Period, list[Period]]]] = {}

    def of(self, shown: tuple[Period, ...], start: Quarter) -> list[tuple[Period, list[Period]]]:
        """Each longer period of a group that is shown in these windows, with the windows it is the sum of."""
        if (shown, start) not in self.known:
            found = longer_periods(shown, start=start, quarter=self.quarter)
            self.known[shown, start] = [(period, windows_within(shown, period)) for period in found]
        return self.known[shown, start]


def _starts(windows: Iterable[StoredWindow]) -> dict[tuple[str, str], Quarter]:
    """Where the first window of each table of each question began."""
    found: dict[tuple[str, str], Quarter] = {}
    for window in windows:
        found.setdefault((window.question, window.table), Quarter.parse(window.first_quarter))
    return found


def _parts_of(windows: Iterable[StoredWindow]) -> dict[Key, Parts]:
    """The windows in which each group of a one-way table is shown; not those in which too few gave an answer."""
    found: dict[Key, Parts] = defaultdict(dict)
    for window in sorted(windows, key=lambda one: one.first_quarter):
        if window.table in ONE_WAY:
            smallest, period = ProtectionRules(**window.release.rules).smallest_group, period_of(window)
            for group in sorted(window.groups, key=lambda one: one.pk):
                if not group.reason and (figure := figure_of(window, group)).answered >= smallest:
                    key = (window.question, window.table, group.stage, group.service, group.audience)
                    found[key][period] = (window, group, figure)
    return found
