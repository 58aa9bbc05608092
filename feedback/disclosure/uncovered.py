"""What is left of national figures when the areas' own are taken away from them (A2 rules 3 and 8).

An area's window often begins in one national window and ends in another. Its own figure can then be taken away only
from the two added up; so what is left is looked at for every run of national windows, not for each alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from feedback.disclosure.blocks import Counts, Group, Window, count_strata
from feedback.disclosure.derivable import worked_out
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.rules import ProtectionRules, Table

FEWEST_AREAS = 2
AreaWindows = Mapping[str, Sequence[Window]]
Groups = frozenset[Group]
Quarters = Mapping[Quarter, Mapping[Group, int]]


@dataclass(frozen=True)
class Piece:
    """Quarters of an area, and the respondents whom the area does not show of them."""

    period: Period
    left: Mapping[Group, int]
    is_known: bool  # whether a reader knows how many are left, all groups together


@dataclass
class Left:
    """Who is left: by group and area; and the same people as lines of which a reader knows how long they are."""

    groups: dict[Group, Counter[str]] = field(default_factory=dict)
    lines: list[Mapping[Group, int]] = field(default_factory=list)
    others: Counter[Group] = field(default_factory=Counter)  # of no such line

    def add(self, area: str, piece: Piece) -> None:
        """Counts a piece of an area in."""
        for group, n in piece.left.items():
            self.groups.setdefault(group, Counter())[area] += n
        if piece.is_known:
            self.lines.append(piece.left)
        else:
            self.others.update(piece.left)

    def together(self, groups: Iterable[Group]) -> Counter[str]:
        """By area, those of these groups taken together."""
        found: Counter[str] = Counter()
        for group in groups:
            found.update(self.groups.get(group, {}))
        return found

    def people_worked_out(self, known: Groups, smallest: int) -> int:
        """How many people of some areas' withheld groups are few and follow, if the nation's of these are known."""
        lines: list[Counter[Group | None]] = []
        for line in (*self.lines, self.others):
            lines.append(Counter())
            for group, n in line.items():
                lines[-1][group if group in known else None] += n
        return worked_out(lines, smallest_group=smallest)


class OwnFigures:
    """What the areas show themselves of one table, ready to be taken away from any run of national windows."""

    def __init__(self, quarters: Mapping[str, Quarters], windows: AreaWindows, table: Table) -> None:
        self.pieces = {area: tuple(_pieces(own, windows.get(area, ()), table)) for area, own in quarters.items()}
        self.groups_in: dict[Quarter, set[Group]] = {}
        for piece in (piece for pieces in self.pieces.values() for piece in pieces if not piece.is_known):
            self.groups_in.setdefault(piece.period.first, set()).update(piece.left)

    def left_of(self, period: Period) -> Left:
        """Who is left of a period."""
        left = Left()
        for area, pieces in self.pieces.items():
            for piece in _within(period, pieces):
                left.add(area, piece)
        return left

    def known(self, period: Period, shown: Groups) -> Groups:
        """The groups whose national numbers a reader has: a single one that is not shown is what the total leaves."""
        hidden = {group for quarter in period.quarters() for group in self.groups_in.get(quarter, ())} - shown
        return frozenset().union(*self.groups_in.values()) if len(hidden) <= 1 else shown


def by_quarter(counts: Mapping[str, Counts], table: Table) -> dict[str, Quarters]:
    """The respondents of each group of a table, by area and quarter."""
    return {area: {q: count_strata(strata, table) for q, strata in own.items()} for area, own in counts.items()}


def _pieces(quarters: Quarters, windows: Sequence[Window], table: Table) -> Iterator[Piece]:
    """The windows of an area, then its blocks, then its quarters: of two that share a quarter the first is meant."""

    def piece(period: Period, shown: Groups, *, is_known: bool) -> Piece:
        total: Counter[Group] = Counter()
        for quarter in period.quarters():
            total.update(quarters.get(quarter, {}))
        return Piece(period, {group: n for group, n in total.items() if n and group not in shown}, is_known)

    yield from (piece(window.period, window.shown(), is_known=True) for window in windows if window.table is table)
    yield from (piece(w.period, frozenset(), is_known=True) for w in windows if w.table is Table.OVERALL)
    yield from (piece(Period(quarter, quarter), frozenset(), is_known=False) for quarter in quarters)


def _within(period: Period, pieces: Iterable[Piece]) -> Iterator[Piece]:
    taken: set[Quarter] = set()
    for piece in pieces:
        if period.holds(piece.period) and piece.period.first not in taken:
            taken.update(piece.period.quarters())
            yield piece


@dataclass(frozen=True)
class Run:
    """Consecutive national windows of one table, added up, less the areas' own windows that lie within them.

    `known` are the groups whose numbers a reader has for every window but the last; `late` is who is left if all
    breakdowns close that still can (see `nation.close_breakdown`).
    """

    period: Period
    known: Groups | None  # None for a run of one window
    smallest: int
    left: Left
    late: Left

    def adding(self, known: Groups) -> Groups:
        """The groups known throughout, if these are in the last window, that are not only the sum of the areas'."""
        return frozenset(g for g in known if g in self.left.groups and (self.known is None or g in self.known))

    def is_safe(self, groups: Iterable[Group]) -> bool:
        """Whether these groups together leave nobody, or enough people in enough areas, whatever closes late."""
        groups = list(groups)
        late = self.late.together(groups)
        return not self.left.together(groups) or (len(late) >= FEWEST_AREAS and late.total() >= self.smallest)

    def reveals(self, known: Groups) -> list[str]:
        """Who could be worked out if these groups were known of the last window: how many people of how many areas.

        Of each group; of all the others together, which the total leaves; and if those are safe, of groups that areas
        withhold, over several lines. Where the nation adds nothing to what the areas show, a reader needs no nation.
        """
        adding = self.adding(known)
        if not adding:
            return []
        others = frozenset(self.left.groups) - adding
        sums = [*([group] for group in sorted(adding, key=repr)), others]
        unsafe = [self.left.together(groups) for groups in sums if not self.is_safe(groups)]
        return [_in_words(left) for left in unsafe] or list(self._over_several_lines(adding))

    def _over_several_lines(self, adding: Groups) -> Iterator[str]:
        for left in (self.left,) if self.late is self.left else (self.left, self.late):
            if people := left.people_worked_out(adding, self.smallest):
                yield f"{people} people, over several lines,"


def _in_words(left: Counter[str]) -> str:
    return f"{left.total()} people of {'one area' if len(left) == 1 else f'{len(left)} areas'}"


def runs_to(
    last: Period,
    earlier: Iterable[Window],
    own: OwnFigures,
    *,
    late: OwnFigures | None = None,
    smallest: int,
) -> Iterator[Run]:
    """The runs of national windows of one table that end with the last, the shortest first."""
    left = own.left_of(last)
    yield Run(last, None, smallest, left, late.left_of(last) if late else left)
    known: Groups | None = None
    for window in sorted(earlier, key=lambda window: window.period, reverse=True):
        of_window = own.known(window.period, window.shown())
        known = of_window if known is None else known & of_window
        period = Period(window.period.first, last.last)
        left = own.left_of(period)
        yield Run(period, known, smallest, left, late.left_of(period) if late else left)


def smallest_left(table: Table, rules: ProtectionRules) -> int:
    """How many people must be left of a table, if anybody is."""
    return rules.smallest_block if table is Table.OVERALL else rules.smallest_group
