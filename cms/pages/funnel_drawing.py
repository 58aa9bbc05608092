"""Where the lines and points of a funnel are drawn: numbers for an SVG, so that no style stands in the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.disclosure.funnel import Limits
from feedback.releases.funnels import Funnel

# The field in which points lie, in units of the picture.
LEFT, RIGHT, TOP, BOTTOM = 44, 388, 12, 232
GOOD = (1, 2, 5)
MOST_MARKS = 5


@dataclass(frozen=True)
class Mark:
    """A place on an axis with what stands at it."""

    at: float
    says: str


@dataclass(frozen=True)
class Drawn:
    """A funnel as an SVG shows it."""

    inner: str
    outer: str
    everybody: float
    points: tuple[tuple[float, float], ...]
    shares: tuple[Mark, ...]
    people: tuple[Mark, ...]


def drawn(funnel: Funnel) -> Drawn:
    """The drawing of a funnel; every point looks like every other."""
    width = funnel.most * 1.05
    return Drawn(
        inner=_band(funnel.lines, width, "inner"),
        outer=_band(funnel.lines, width, "outer"),
        everybody=_y(funnel.percent / 100),
        points=tuple((_x(one.people or 0, width), _y((one.percent or 0) / 100)) for one in funnel.drawn),
        shares=tuple(Mark(_y(share / 100), f"{share} %") for share in range(0, 101, 25)),
        people=tuple(Mark(_x(many, width), f"{many:,}") for many in _marks(funnel.most)),
    )


def _band(lines: Iterable[Limits], width: float, which: str) -> str:
    """The path around a pair of limits: along the upper one, and back along the lower."""
    pairs = [(one.people, *getattr(one, which)) for one in lines if one.people <= width]
    above = [f"{_x(many, width)} {_y(high)}" for many, _, high in pairs]
    below = [f"{_x(many, width)} {_y(low)}" for many, low, _ in reversed(pairs)]
    return f"M{'L'.join([*above, *below])}Z"


def _x(people: float, width: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * min(people / width, 1), 1)


def _y(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def _marks(most: int) -> list[int]:
    """A few round numbers of people, from nobody up to the most there are."""
    steps = (good * 10**power for power in range(7) for good in GOOD)
    step = next(one for one in steps if most / one <= MOST_MARKS)
    return list(range(0, most + 1, step))
