"""The statistical attack: the likeliest answers of every group, from all printed figures together. Pure.

An answer of share p is taken to be spread over the atoms like people are, with variance p (1 - p) (b + b² / 10) for an
atom of b people; a printed figure is the sum of its atoms and the noise. The likeliest numbers under that (a Gaussian
posterior) need one matrix of lines by lines, the same for every answer but for p (1 - p), so it is taken apart once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.disclosure.attack_claims import (
    EXACT_SHARE,
    FEWEST_CLAIMS,
    FEWEST_LONE,
    FEWEST_SMALL_CELLS,
    OVER_BASELINE,
    RIGHT_CLAIMS,
    RIGHT_LONE,
    SMALL_CELL,
    SURE,
    Finding,
    is_more_than_chance,
    surely,
)
from feedback.disclosure.attack_world import Asked, Population

if TYPE_CHECKING:
    import numpy as np

LEAST_NOISE = 0.1  # so that a matrix of exact figures can be solved too
UNLIKE_OTHERS = 0.1  # how much groups differ from one another, as a part of b²
ROUNDS = 5  # after so many, masked figures hardly move any more
UNSURE = 4.0  # the variance of a figure that is masked and does not follow


@dataclass
class Guesses:
    """What came of the attack, added up over populations."""

    small: int = 0
    exact: int = 0
    by_baseline: int = 0
    claims: int = 0
    right: int = 0
    lone_claims: int = 0
    lone_right: int = 0

    def add(self, other: Guesses) -> None:
        """Adds what came of another population."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def guess(population: Population, targets: np.ndarray, *, noise: float, knows_who: bool) -> Guesses:
    """Attacks every answer of a population; `noise` is the standard deviation of what was printed less what is true.

    Who `knows_who` answered knows the size of every group; an outsider knows what is printed of it.
    """
    people = population.people if knows_who else _estimated(population)
    spread = people + UNLIKE_OTHERS * people**2
    common = _Common(population, targets, people, spread, noise)
    guesses = Guesses()
    for asked in population.questions:
        guesses.add(_score(asked, targets, common, knows_who=knows_who))
    return guesses


def _estimated(population: Population) -> np.ndarray:
    """Everybody's numbers as an outsider would have them: spread evenly, then moved to fit the printed numbers."""
    import numpy as np

    lines, many = population.shown, population.atoms.many
    even = np.full(many, population.bases.max() / max(lines.sum(1).max(), 1.0))
    gram = lines @ lines.T + 1e-6 * np.eye(len(lines))
    return np.maximum(even + lines.T @ np.linalg.solve(gram, population.bases - lines @ even), 0.01)


class _Common:
    """What is the same for every answer of a population."""

    def __init__(
        self, population: Population, targets: np.ndarray, people: np.ndarray, spread: np.ndarray, noise: float
    ) -> None:
        import numpy as np

        self.noise = max(noise, LEAST_NOISE)
        self.sizes = targets @ people
        self.true_sizes = targets @ population.people
        self.bases = population.bases
        lines = population.shown * spread
        values, self.vectors = np.linalg.eigh(lines @ population.shown.T)
        self.values = np.maximum(values, 0.0)
        self.across = (targets @ lines.T) @ self.vectors
        self.own = targets @ spread


def _score(asked: Asked, targets: np.ndarray, common: _Common, *, knows_who: bool) -> Guesses:
    import numpy as np

    shares = (asked.filled.clip(0, None).sum(0) + 0.5) / (asked.filled.clip(0, None).sum() + 0.5 * len(asked.options))
    if not asked.method.adds_up:
        shares = ((asked.filled.sum(0) + 0.5) / (common.bases.sum() + 1.0)).clip(0.001, 0.999)
    varies = shares * (1 - shares)
    noise = common.noise**2 + UNSURE * (~asked.is_sure).mean(0)
    weight = varies / (varies * common.values[:, None] + noise)  # (lines, options)
    surprise = _surprise(asked, shares, weight, common)
    means = common.sizes[:, None] * shares + common.across @ (weight * surprise)
    variances = varies * common.own[:, None] - (common.across**2) @ (weight * varies)
    truth = targets @ asked.true
    sizes = common.true_sizes if knows_who else np.full(len(targets), np.inf)
    # What anybody would say who knows how many people a group has and how everybody answered.
    true_shares = (asked.true.sum(0) + 0.5) / (asked.true.sum() + 0.5 * len(asked.options))
    if not asked.method.adds_up:
        true_shares = (asked.true.sum(0) + 0.5) / max(common.true_sizes.max(initial=0.0), asked.true.max() + 1.0)
    baseline = np.floor((common.true_sizes[:, None] + 1) * true_shares)
    return _count(means, np.sqrt(variances.clip(1e-6)), truth, sizes, common.true_sizes, baseline)


def _surprise(asked: Asked, shares: np.ndarray, weight: np.ndarray, common: _Common) -> np.ndarray:
    """What the figures say beyond the shares; what is masked is put where all else expects it, again and again."""
    import numpy as np

    expected, figures = common.bases[:, None] * shares, asked.filled
    for _ in range(ROUNDS if not asked.is_sure.all() else 0):
        likely = expected + common.vectors @ (
            common.values[:, None] * weight * (common.vectors.T @ (figures - expected))
        )
        figures = np.where(asked.is_sure, asked.filled, likely.clip(0, common.bases[:, None]))
    return common.vectors.T @ (figures - expected)


def _count(
    means: np.ndarray,
    deviations: np.ndarray,
    truth: np.ndarray,
    sizes: np.ndarray,
    true_sizes: np.ndarray,
    baseline: np.ndarray,
) -> Guesses:
    import numpy as np

    best = np.rint(np.clip(means, 0, sizes[:, None]))
    sure = _probability(best, means, deviations, sizes) >= SURE
    somebody = (true_sizes > 0)[:, None]
    small = somebody & (truth >= 1) & (truth < SMALL_CELL)
    claims = somebody & sure & (best >= 1) & (best < SMALL_CELL) & (best != baseline)
    lone = claims & (true_sizes == 1)[:, None] & (best == 1)
    right = best == truth
    return Guesses(
        small=int(small.sum()),
        exact=int((small & right).sum()),
        by_baseline=int((small & (baseline == truth)).sum()),
        claims=int(claims.sum()),
        right=int((claims & right).sum()),
        lone_claims=int(lone.sum()),
        lone_right=int((lone & right).sum()),
    )


def _probability(best: np.ndarray, means: np.ndarray, deviations: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """How likely the best whole number is among those from nobody to everybody."""
    import numpy as np
    from scipy.special import ndtr

    def below(number: np.ndarray) -> np.ndarray:
        return ndtr((number - means) / deviations)

    possible = below(np.broadcast_to(sizes[:, None] + 0.5, means.shape)) - below(np.full(means.shape, -0.5))
    return (below(best + 0.5) - below(best - 0.5)) / np.maximum(possible, 1e-300)


def finding(guesses: Guesses, *, knows_who: bool) -> Finding:
    """The three limits: best guesses of small answers, confident claims, and what one alone in a group answered."""
    exact = guesses.exact / guesses.small if guesses.small else 0.0
    baseline = guesses.by_baseline / guesses.small if guesses.small else 0.0
    limit = max(baseline + OVER_BASELINE, EXACT_SHARE)
    often = bool(
        guesses.small >= FEWEST_SMALL_CELLS
        and exact > limit
        and is_more_than_chance(guesses.exact, guesses.small, max(baseline, EXACT_SHARE))
    )
    claims = guesses.claims >= FEWEST_CLAIMS and surely(guesses.right, guesses.claims) > RIGHT_CLAIMS
    lone = guesses.lone_claims >= FEWEST_LONE and surely(guesses.lone_right, guesses.lone_claims) > RIGHT_LONE
    who = "who knows who answered" if knows_who else "who knows only what is printed"
    return Finding(
        name="Likeliest numbers, insider" if knows_who else "Likeliest numbers, outsider",
        tried=(
            f"Somebody {who} works out the likeliest number behind every small answer, from all figures together, and "
            f"claims those that look {SURE:.0%} certain and are not what anybody would guess."
        ),
        targets=guesses.small,
        claims=guesses.claims,
        right=guesses.right,
        baseline=(
            f"The best guess of a small answer is exact {exact:.0%} of the time; knowing only sizes and what is usual, "
            f"{baseline:.0%}."
        ),
        limit=(
            f"Told if claims are surely more than {RIGHT_CLAIMS:.0%} right (from {FEWEST_CLAIMS} on), if best guesses "
            f"are exact over {limit:.0%} of the time, or if what one alone in a group answered is claimed and surely "
            f"right more than {RIGHT_LONE:.0%} of the time (from {FEWEST_LONE} on)."
        ),
        told=often or claims or lone,
    )
