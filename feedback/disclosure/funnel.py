"""Limits of a funnel: how far from everybody's share chance and our adjustment alone put a group of so many people.

Binomial limits at 95 % and 99.8 % with interpolation, after D. J. Spiegelhalter, "Funnel plots for comparing
institutional performance", Statistics in Medicine 24 (2005), 1185-1202, appendix A.1.1. The noise of protected values
is added to them (A2 rule 6): limits without it would call noise a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, floor, lgamma, log, sqrt

# The tail on each side, with how many standard deviations of a normal leave as much there.
INNER, OUTER = (0.025, 1.96), (0.001, 3.0902)
# Beyond so many standard deviations nothing of a binomial can be told from nothing.
FAR = 12


@dataclass(frozen=True)
class Limits:
    """Both pairs of limits for one number of people, as shares from 0 to 1."""

    people: int
    inner: tuple[float, float]
    outer: tuple[float, float]

    def place(self, share: float) -> str:
        """Where a share lies: inside, between the lines, or outside both."""
        if self.inner[0] <= share <= self.inner[1]:
            return "inside"
        return "between" if self.outer[0] <= share <= self.outer[1] else "outside"


def limits(share: float, people: int, *, sd: float, options: int = 0) -> Limits:
    """The limits around everybody's share; `options` is how many values were made to add up, 0 where they were not."""
    if not 0 < share < 1 or people < 1:
        raise ValueError("A funnel needs a share between none and all, and at least one person.")
    noise = sqrt(_noise(share, people, sd, 1 / options if options else 0.0))
    inner, outer = (_pair(share, people, tail, z * noise) for tail, z in (INNER, OUTER))
    return Limits(people, inner, outer)


def _noise(share: float, people: int, sd: float, part: float) -> float:
    """The variance of a share by its noise alone, as in A3 for one block."""
    return float(sd**2 * ((1 - part) * (1 + share * share) - 2 * share * part) / people**2)


def _pair(share: float, people: int, tail: float, noise: float) -> tuple[float, float]:
    low, high = binomial_limit(share, people, tail), binomial_limit(share, people, 1 - tail)
    below, above = sqrt(max(share - low, 0) ** 2 + noise**2), sqrt(max(high - share, 0) ** 2 + noise**2)
    return max(0.0, share - below), min(1.0, share + above)


def binomial_limit(share: float, people: int, probability: float) -> float:
    """The share that a binomial of so many people stays at or below with a probability, interpolated (A.1.1)."""
    below = 0.0
    for number, mass in _masses(share, people):
        if below + mass >= probability:
            return max(number - (below + mass - probability) / mass, 0.0) / people
        below += mass
    return 1.0


def _masses(share: float, people: int) -> Iterator[tuple[int, float]]:
    """How probable each number of people is, from the first that can be told from nothing."""
    first = max(0, floor(people * share - FAR * sqrt(people * share * (1 - share)) - FAR))
    chosen = lgamma(people + 1) - lgamma(first + 1) - lgamma(people - first + 1)
    mass = exp(chosen + first * log(share) + (people - first) * log(1 - share))
    odds = share / (1 - share)
    for number in range(first, people + 1):
        yield number, mass
        mass *= odds * (people - number) / (number + 1)
