"""What an attack found, in sentences a checker understands, and when a claim counts as confident. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

# "Surely" is the lower end of a 95 % Wilson interval (E. B. Wilson, 1927).
Z95 = 1.96
VERSION = "2026-1"
# From here down are the limits of the reference program that the protection study was measured with.
SMALL_CELL = 5  # an answer that fewer than so many gave is small
SURE = 0.95
FEWEST_CLAIMS, RIGHT_CLAIMS = 10, 0.8
FEWEST_LONE, RIGHT_LONE = 5, 0.5
FEWEST_POINTS, RIGHT_POINTS = 5, 0.5
FEWEST_SMALL_CELLS, EXACT_SHARE, OVER_BASELINE = 30, 0.5, 0.15
FEWEST_NEAR, NEAR_SHARE = 3, 0.01
FEWEST_REMAINDERS = 3
TOLD_APART = 0.85
BY_CHANCE = 0.001


@dataclass(frozen=True)
class Finding:
    """One attack: what was tried on how many targets, what was claimed, how much of it was right, and the verdict.

    `targets`, `claims` and `right` are numbers of attempts, never of people; `told`: whether somebody could be told.
    """

    name: str
    tried: str
    targets: int
    claims: int
    right: int
    baseline: str
    limit: str
    told: bool

    def sentence(self) -> str:
        """What came of it, for the person who checks a release."""
        if not self.targets:
            return "There was nothing to try it on."
        if not self.claims:
            return f"Tried {self.targets:,} times; an intruder could claim nothing."
        verdict = "This tells about people." if self.told else "That is no more than the limit allows."
        return f"Tried {self.targets:,} times; {self.claims:,} claims, {self.right:,} of them right. {verdict}"


@dataclass(frozen=True)
class Report:
    """Every attack on a release, what was looked at, and what was left out and why."""

    findings: tuple[Finding, ...]
    looked_at: tuple[str, ...]
    skipped: tuple[str, ...]
    version: str = VERSION

    @property
    def passed(self) -> bool:
        """Whether no attack could make a confident claim."""
        return not self.told()

    def told(self) -> list[Finding]:
        """The attacks that could tell somebody something about a person."""
        return [finding for finding in self.findings if finding.told]


def surely(right: float, of: float) -> float:
    """The share that is right at least, from 0 to 1: the lower end of a 95 % Wilson interval."""
    if of <= 0:
        return 0.0
    p, z2 = right / of, Z95**2
    return (p + z2 / (2 * of) - Z95 * sqrt(p * (1 - p) / of + z2 / (4 * of**2))) / (1 + z2 / of)


def is_more_than_chance(right: int, of: int, chance: float) -> bool:
    """Whether so many are right clearly more often than by chance (one-sided binomial test, one in a thousand)."""
    # Of `special`: `scipy.stats` has the same under a plainer name, and takes longer to import than one attack does.
    from scipy.special import bdtrc

    return of > 0 and bool(bdtrc(right - 1, of, min(0.99, max(chance, 0.0))) < BY_CHANCE)


def distinct(sentences: Iterable[str]) -> tuple[str, ...]:
    """Each sentence once, in the order in which they came."""
    return tuple(dict.fromkeys(sentences))
