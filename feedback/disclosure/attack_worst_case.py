"""The worst case: an attacker who knows every other answer, and looks at all printed figures one answer is in. Pure.

For a person who gave answer j, they weigh j against another answer o: each figure of j that the person is in speaks for
j by (2d + 1) / 2, each of o by (1 - 2d) / 2, where d is printed less true (the likelihood ratio of a Gaussian). Both
directions of a pair count the same, so always naming the popular answer scores one half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from feedback.disclosure.attack_claims import TOLD_APART, Z95, Finding
from feedback.disclosure.attack_world import Asked, Population

if TYPE_CHECKING:
    import numpy as np

FEWEST_PEOPLE = 5  # of an answer, to weigh it
FEWEST_QUESTIONS = 5  # whose rates are averaged: the noise of one question is the same for all who answered it
# The noise is taken to be what the rules say, unless it is surely (999 in 1,000) less than three quarters of that.
CLEARLY_LESS, SURELY = 0.75, 0.001


@dataclass
class ToldApart:
    """The rate of each question, and the most different figures one answer is in, as the noise needed against it."""

    rates: list[float] = field(default_factory=list)
    people: int = 0
    looks: int = 0
    best_guess: float = 0.0

    def add(self, population: Population) -> None:
        """Attacks every question of a population."""
        lines = different_lines(population)
        for asked in population.questions:
            looks = _looks(population, asked, lines[asked.question])
            if looks:
                self.looks = max(self.looks, looks)
                self.best_guess = max(self.best_guess, best_guess(looks, asked, _noise(population, asked)))
            rate, people = _rate(population, asked, lines[asked.question])
            if people:
                self.rates.append(rate)
                self.people += people


def best_guess(looks: int, asked: Asked, noise: float) -> float:
    """How often the best guess between two answers is right: Phi(sqrt(cells · looks) / (2 sd)) (specification, A1)."""
    from scipy.special import ndtr

    return float(ndtr(sqrt(asked.method.changes * looks) / (2 * noise))) if noise > 0 else 1.0


def different_lines(population: Population) -> dict[str, np.ndarray]:
    """For each question the lines that are another look: the same people printed alike are one."""
    import numpy as np

    somebody = [row.tobytes() for row in population.shown[:, population.people > 0]]
    found = {}
    for asked in population.questions:
        # Adding nought makes minus nought plain nought, which it is equal to.
        printed = np.nan_to_num(asked.filled, nan=-99.0).round(2) + 0.0
        first: dict[tuple[bytes, bytes], int] = {}
        for number, row in enumerate(printed):
            first.setdefault((somebody[number], row.tobytes()), number)
        found[asked.question] = np.array(list(first.values()), dtype=int)
    return found


def _looks(population: Population, asked: Asked, lines: np.ndarray) -> int:
    inside = population.shown[lines][:, population.is_target & (population.people > 0)]
    return int(inside.sum(0).max(initial=0.0))


def _noise(population: Population, asked: Asked) -> float:
    """The standard deviation of the noise: that of the rules, or what was measured if that is clearly less."""
    import numpy as np
    from scipy.special import gammaincinv

    sd = asked.method.of_cells.sd
    off = asked.filled - population.shown @ asked.true
    whole = asked.is_sure.all(1) & population.is_scored
    free = int(whole.sum()) * (len(asked.options) - (1 if asked.method.adds_up else 0))
    if not free:
        return sd
    # Twice this is the quantile of chi-squared, to the last bit; `scipy.stats` takes longer to import than an attack.
    at_most = float(np.sqrt((off[whole] ** 2).sum() / (2 * gammaincinv(free / 2, SURELY))))
    return at_most if at_most < CLEARLY_LESS * sd else sd


def _rate(population: Population, asked: Asked, lines: np.ndarray) -> tuple[float, int]:
    """How often an answer is told from another, averaged over pairs; and how many people that was tried on."""
    import numpy as np

    lines = lines[population.is_scored[lines]]
    shown = population.shown[lines]
    off = asked.filled[lines] - shown @ asked.true
    usable = asked.is_sure[lines]
    speaks_for = shown.T @ np.where(usable, (2 * off + 1) / 2, 0.0)
    speaks_against = shown.T @ np.where(usable, (1 - 2 * off) / 2, 0.0)
    score = speaks_for[:, :, None] + speaks_against[:, None, :]
    right = (score > 1e-9) + 0.5 * (np.abs(score) <= 1e-9)
    people = np.where(population.is_target[:, None], asked.true, 0.0)
    given = people.sum(0)
    rates = np.einsum("aj,ajo->jo", people, right) / np.maximum(given, 1.0)[:, None]
    enough = given >= FEWEST_PEOPLE
    pairs = [
        (rates[one, other] + rates[other, one]) / 2
        for one in np.flatnonzero(enough)
        for other in np.flatnonzero(enough)
        if one < other
    ]
    return (float(np.mean(pairs)), int(given[enough].sum())) if pairs else (0.0, 0)


def finding(found: ToldApart) -> Finding:
    """Whether an answer is told from another surely more than 85 % of the time, measured or by what was printed."""
    rate = sum(found.rates) / len(found.rates) if found.rates else 0.5
    judged = len(found.rates) >= FEWEST_QUESTIONS
    measured = judged and _lower_end(found.rates) > TOLD_APART
    return Finding(
        name="Knows everybody else",
        tried=(
            "Somebody who knows every other answer looks at all figures one person is in, to tell what that person "
            "answered from another answer."
        ),
        targets=found.people,
        claims=found.people,
        right=round(rate * found.people),
        baseline=(
            f"Without any figure one half. One answer is in {found.looks} different figures at most, so the best guess "
            f"is right {found.best_guess:.0%} of the time at most."
        ),
        limit=f"Told if that, or what was measured over {FEWEST_QUESTIONS} questions, is surely over {TOLD_APART:.0%}.",
        told=measured or found.best_guess > TOLD_APART,
    )


def _lower_end(rates: Sequence[float]) -> float:
    """The lower end of a 95 % interval of their mean, each question one draw."""
    mean = sum(rates) / len(rates)
    variance = sum((rate - mean) ** 2 for rate in rates) / (len(rates) - 1)
    return mean - Z95 * sqrt(variance / len(rates))
