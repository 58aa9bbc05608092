"""Groups of a few people that follow from the printed numbers of people, and what their answers would be. Pure.

Numbers of people are exact, so this needs no luck: a sum or difference of lines gives a group, and the same sum of the
printed figures gives its answers, moved by the noise of all lines in it (the differencing attack).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import TYPE_CHECKING

from feedback.disclosure.attack_algebra import empty_and_known, rows_of, weights
from feedback.disclosure.attack_claims import FEWEST_REMAINDERS, OVER_BASELINE, Finding, is_more_than_chance
from feedback.disclosure.attack_world import Asked, Population
from feedback.disclosure.blocks import Group
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.rules import Table

if TYPE_CHECKING:
    import numpy as np


@dataclass
class Small:
    """Groups of too few people that follow in one population: (groups, atoms), their sizes, and whether lines do it.

    `by_lines` is false where the intruder must also see that some group holds nobody.
    """

    targets: np.ndarray
    sizes: np.ndarray
    by_lines: np.ndarray
    empty: np.ndarray
    tried: int


def small_groups(population: Population, targets: np.ndarray, *, smallest: int) -> Small:
    """The groups of 1 to `smallest` - 1 people that follow, and are not themselves printed."""
    import numpy as np

    known, empty, sizes = empty_and_known(population.shown, population.bases, targets)
    few = known & (np.nan_to_num(sizes) > 0.5) & (np.nan_to_num(sizes) < smallest - 0.5)
    by_lines = rows_of(population.shown).follows(targets[few])
    return Small(targets[few], np.rint(sizes[few]), by_lines, empty, len(targets))


def sizes_finding(found: Iterable[Small], smallest: int) -> Finding:
    """Whether a group of too few follows from lines alone; any one is too many."""
    found = list(found)
    told = sum(int(small.by_lines.sum()) for small in found)
    return Finding(
        name="Groups of a few",
        tried=(
            f"Adding printed numbers of people up and taking them away, to find a group of 1 to {smallest - 1} people "
            "that nothing printed shows."
        ),
        targets=sum(small.tried for small in found),
        claims=told,
        right=told,
        baseline="None may follow.",
        limit="Told at the first group that follows.",
        told=told > 0,
    )


@dataclass
class Score:
    """How many remainders were read off, how many rightly, and how many would be by guessing the likeliest answers."""

    tried: int = 0
    claims: int = 0
    right: int = 0
    by_chance: float = 0.0


def differencing(population: Population, small: Small) -> Score:
    """Reads the answers of each small group off the same sum of printed figures, rounded to whole people."""
    score = Score(tried=len(small.targets) * len(population.questions))
    if not len(small.targets):
        return score
    occupied = ~small.empty
    sums = weights(population.shown * occupied, small.targets * occupied)
    for asked in population.questions:
        shares = asked.true.sum(0) + 0.5
        shares = shares / shares.sum()
        guesses, truths = sums @ asked.filled, small.targets @ asked.true
        for guess, truth, size in zip(guesses, truths, small.sizes, strict=True):
            _judge(score, asked, guess, truth, int(size), shares)
    return score


def _judge(score: Score, asked: Asked, guess: np.ndarray, truth: np.ndarray, size: int, shares: np.ndarray) -> None:
    claimed = _whole(guess, size) if asked.method.adds_up else guess.clip(0, size).round()
    score.claims += 1
    score.right += bool((claimed == truth).all())
    score.by_chance += _likeliest(size, shares) if asked.method.adds_up else 1 / (size + 1)


def _whole(guess: np.ndarray, size: int) -> np.ndarray:
    """The nearest whole people, none below nought, that are so many together."""
    import numpy as np

    low = np.floor(guess.clip(0, None))
    for _ in range(int(abs(size - low.sum()))):
        if low.sum() < size:
            low[np.argmax(guess - low)] += 1
        else:
            low[np.argmin(np.where(low > 0, guess - low, np.inf))] -= 1
    return low


def _likeliest(size: int, shares: np.ndarray) -> float:
    """How often the likeliest answers of so many people, if everybody answered like the whole, are their answers."""
    likely = _whole(shares * size, size)
    return exp(lgamma(size + 1) + sum(n * log(p) - lgamma(n + 1) for n, p in zip(likely, shares.tolist(), strict=True)))


def differencing_finding(scores: Sequence[Score], smallest: int) -> Finding:
    """Whether what is read off is right far more often than the likeliest answers would be."""
    claims, right = sum(s.claims for s in scores), sum(s.right for s in scores)
    chance = sum(s.by_chance for s in scores) / claims if claims else 0.0
    more = bool(
        right >= FEWEST_REMAINDERS
        and right / claims > chance + OVER_BASELINE
        and is_more_than_chance(right, claims, chance)
    )
    all_of_few = 0 < right == claims < FEWEST_REMAINDERS
    return Finding(
        name="Taking away",
        tried=(
            f"Reading off how 1 to {smallest - 1} people answered, by taking printed figures away from one another, "
            "also where a group was found to be empty."
        ),
        targets=sum(s.tried for s in scores),
        claims=claims,
        right=right,
        baseline=f"Guessing the likeliest answers: {chance:.0%}." if claims else "Nobody could be taken away.",
        limit="Told if right 15 points more often than such a guess, and not by chance.",
        told=more or all_of_few,
    )


@dataclass(frozen=True)
class Bases:
    """One printed number of people, of an area or of all areas (None)."""

    area: str | None
    question: str
    table: Table
    period: Period
    group: Group
    people: float


def areas_taken_away(bases: Iterable[Bases], *, smallest: int) -> Finding:
    """Every run of national windows less the areas' own within it: whether that leaves a few people."""
    of_group: dict[tuple[object, ...], list[Bases]] = {}
    for one in bases:
        of_group.setdefault((one.question, one.table, one.group), []).append(one)
    left = [number for of_it in of_group.values() for number in _left_of_runs(of_it)]
    told = sum(0.5 < number < smallest - 0.5 for number in left)
    return Finding(
        name="Areas taken away",
        tried=f"Taking the areas' printed numbers away from those of all areas, to find 1 to {smallest - 1} people.",
        targets=len(left),
        claims=told,
        right=told,
        baseline="None may follow.",
        limit="Told at the first group that follows.",
        told=told > 0,
    )


def _left_of_runs(bases: Sequence[Bases]) -> Iterator[float]:
    nation = sorted((b for b in bases if b.area is None), key=lambda b: b.period)
    areas = sorted((b for b in bases if b.area is not None), key=lambda b: (b.period.first, b.period.last))
    for start in range(len(nation)):
        people, end = 0.0, nation[start].period.first
        for one in nation[start:]:
            if one.period.first != end:
                break
            people, end = people + one.people, one.period.last.next()
            yield people - _own(areas, Period(nation[start].period.first, one.period.last))


def _own(areas: Iterable[Bases], period: Period) -> float:
    """What the areas print of a period themselves; of two windows that share a quarter the first is meant."""
    total, until = 0.0, dict[str | None, Quarter]()
    for one in areas:
        if period.holds(one.period) and not (one.area in until and one.period.first <= until[one.area]):
            total, until[one.area] = total + one.people, one.period.last
    return total
