"""Areas with different numbers of people as a funnel: made of what their rows print, and of nothing else.

Who lies outside is named nowhere in the picture and in no order in its table: it is a question, not a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.disclosure.funnel import Limits, limits
from feedback.releases.nation import BesideAll, Comparison

# Fewer say more as ranges beside each other.
FEWEST = 5
STEPS = 40
WORDS = {"inside": "Inside both lines", "between": "Between the lines", "outside": "Outside both lines"}


@dataclass(frozen=True)
class Point:
    """One area: how many answered and the printed share, with where it lies; or why it is not in the picture."""

    who: str
    people: int | None = None
    percent: int | None = None
    says: str = ""
    place: str = ""


@dataclass(frozen=True)
class Funnel:
    """The areas in the order of the alphabet, everybody's share, and the limits at numbers of people in between."""

    points: tuple[Point, ...]
    percent: int
    lines: tuple[Limits, ...]

    @property
    def drawn(self) -> list[Point]:
        """Those that are in the picture."""
        return [one for one in self.points if one.people is not None]

    @property
    def most(self) -> int:
        """The largest number of people."""
        return self.lines[-1].people

    @property
    def by_chance(self) -> int:
        """About how many lie outside the inner lines even where nothing differs."""
        return max(1, round(len(self.drawn) / 20))


def funnel_of(comparison: Comparison) -> Funnel | None:
    """The funnel of one answer; nothing where too few areas can be drawn, or where everybody's share is masked."""
    share = _whole(comparison.together)
    drawable = [one for one in comparison.areas if _is_drawable(one)]
    if share is None or len(drawable) < FEWEST or not 0 < share < 100:
        return None
    # As wide as the one that is adjusted most.
    sd = max(one.sd for one in drawable)
    options = max(one.adding_up for one in drawable) if all(one.adding_up for one in drawable) else 0
    people = [one.answered or 0 for one in drawable]

    def at(many: int) -> Limits:
        return limits(share / 100, many, sd=sd, options=options)

    points = tuple(_point(one, at) for one in comparison.areas)
    return Funnel(points, share, tuple(at(many) for many in _steps(min(people), max(people))))


def _whole(one: BesideAll) -> int | None:
    return int(one.cell.percent) if one.cell and one.cell.percent.isdigit() else None


def _is_drawable(one: BesideAll) -> bool:
    return _whole(one) is not None and bool(one.answered)


def _point(one: BesideAll, at) -> Point:
    if not _is_drawable(one):
        return Point(one.who, says="Not in the picture: no share is shown that could be drawn")
    percent, people = _whole(one), one.answered
    found = at(people)
    # The printed share is a whole number: what could be rounded to it is not called further out.
    place = min((found.place((percent + half) / 100) for half in (-0.5, 0, 0.5)), key=list(WORDS).index)
    return Point(one.who, people, percent, WORDS[place], place)


def _steps(fewest: int, most: int) -> Iterable[int]:
    """Numbers of people for which the lines are drawn: close together where they bend most."""
    begin = max(1, fewest * 3 // 4)
    ratio = (most * 1.05 / begin) ** (1 / STEPS)
    return sorted({round(begin * ratio**step) for step in range(STEPS + 1)} | {most})
