"""What must be true of small answers, whatever the luck: certain claims, narrow ones, the smallest noise. Pure.

The intruder is told how far printed figures are from the truth at most (a generous gift: the largest distance there is
in what was published). Exact figures are then equations; others give bounds, found by linear programmes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from feedback.disclosure.attack_algebra import bounds, least_slack, rows_of, weights
from feedback.disclosure.attack_claims import (
    FEWEST_NEAR,
    FEWEST_POINTS,
    NEAR_SHARE,
    RIGHT_POINTS,
    SMALL_CELL,
    Finding,
    surely,
)
from feedback.disclosure.attack_world import Asked, Population

if TYPE_CHECKING:
    import numpy as np

EXACT = 0.02  # figures are printed with two decimals
MOSTLY = 0.98
PROGRAMMES = 24  # targets of certain claims for which a programme is solved, in a release
NOISE_ANSWERS, NOISE_TARGETS = 3, 6  # answers for which the smallest noise is sought, and targets of each


@dataclass
class Distances:
    """How far what was printed is from what is true, over every figure whose value is known exactly."""

    all_of_them: list[np.ndarray] = field(default_factory=list)

    def add(self, population: Population) -> None:
        """Counts a population in."""
        for asked in population.questions:
            off = asked.filled - population.shown @ asked.true
            self.all_of_them.append(off[asked.is_sure & population.is_scored[:, None]])

    def joined(self) -> np.ndarray:
        """All of them, in respondents."""
        import numpy as np

        return np.concatenate(self.all_of_them) if self.all_of_them else np.zeros(0)

    @property
    def are_exact(self) -> bool:
        """Whether figures are simply printed as they are."""
        off = self.joined()
        return bool(len(off) and (abs(off) < EXACT).mean() > MOSTLY)

    @property
    def largest(self) -> float:
        """The largest distance."""
        return float(abs(self.joined()).max(initial=0.0))

    @property
    def usual(self) -> float:
        """Their standard deviation about nought."""
        off = self.joined()
        return float((off**2).mean() ** 0.5) if len(off) else 0.0


@dataclass
class Certain:
    """What came of it."""

    small: int = 0
    tried: int = 0
    points: int = 0
    right: int = 0
    near: int = 0
    near_tried: int = 0
    noise_tried: int = 0
    noise_points: int = 0
    noise_right: int = 0


@dataclass(frozen=True)
class Aim:
    """One answer of a population, and the targets whose number of it is small."""

    population: Population
    asked: Asked
    option: int
    targets: np.ndarray
    truth: np.ndarray

    @property
    def lines(self) -> np.ndarray:
        """The lines of which the figure is known exactly: the atoms in them."""
        return self.population.shown[self.asked.is_sure[:, self.option]]

    @property
    def values(self) -> np.ndarray:
        """Those figures."""
        return self.asked.filled[self.asked.is_sure[:, self.option], self.option]


def aims_of(population: Population, targets: np.ndarray) -> Iterator[Aim]:
    """Every answer that a few people of some target gave."""
    for asked in population.questions:
        truth = targets @ asked.true
        for option in range(len(asked.options)):
            small = (truth[:, option] >= 1) & (truth[:, option] < SMALL_CELL)
            if small.any():
                yield Aim(population, asked, option, targets[small], truth[small, option])


def certain(aims: Sequence[Aim], distances: Distances, rng: np.random.Generator) -> Certain:
    """Looks for small answers that are certain: by equations if figures are exact, else by programmes for a sample."""
    found = Certain(small=sum(len(aim.targets) for aim in aims))
    if distances.are_exact:
        for aim in aims:
            _by_equations(aim, found)
        return found
    for aim in _some(aims, rng, PROGRAMMES // 4):
        _by_programmes(aim, found, distances.largest + EXACT, rng)
    for aim in _some(aims, rng, NOISE_ANSWERS):
        _by_smallest_noise(aim, found, rng)
    return found


def _some(aims: Sequence[Aim], rng: np.random.Generator, many: int) -> list[Aim]:
    usable = [aim for aim in aims if len(aim.lines)]
    return [usable[n] for n in rng.permutation(len(usable))[:many]]


def _by_equations(aim: Aim, found: Certain) -> None:
    """A target that is a sum of exact lines is known; only whole numbers can be."""
    import numpy as np

    if not len(aim.lines):
        return
    follows = rows_of(aim.lines).follows(aim.targets)
    found.tried += len(aim.targets)
    if follows.any():
        claimed = np.rint(weights(aim.lines, aim.targets[follows]) @ aim.values)
        found.points += len(claimed)
        found.right += int((claimed == aim.truth[follows]).sum())


def _narrowest(aim: Aim, rng: np.random.Generator, many: int) -> np.ndarray:
    """Half of them at random, and those in the smallest lines, which are bounded best."""
    import numpy as np

    covered = (aim.targets @ aim.lines.T) == aim.targets.sum(1, keepdims=True)
    width = np.where(covered, aim.values, np.inf).min(1)
    best = np.argsort(width, kind="stable")[: many // 2]
    return np.unique(np.concatenate([best, rng.permutation(len(aim.targets))[: many - many // 2]]))


def _whole_bounds(aim: Aim, slack: float, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    least, most = bounds(aim.lines, aim.values - slack, aim.values + slack, aim.targets[chosen])
    return np.ceil(least - 1e-5), np.floor(most + 1e-5)


def _by_programmes(aim: Aim, found: Certain, slack: float, rng: np.random.Generator) -> None:
    chosen = _narrowest(aim, rng, 4)
    least, most = _whole_bounds(aim, slack, chosen)
    truth = aim.truth[chosen]
    points = (least == most) & (least >= 1)
    found.tried += len(chosen)
    found.points += int(points.sum())
    found.right += int((points & (least == truth)).sum())
    found.near_tried += len(chosen)
    found.near += int(((most - least <= 2) & (least <= truth) & (truth <= most) & ~points).sum())


def _by_smallest_noise(aim: Aim, found: Certain, rng: np.random.Generator) -> None:
    slack = least_slack(aim.lines, aim.values)
    chosen = _narrowest(aim, rng, NOISE_TARGETS)
    least, most = _whole_bounds(aim, ceil(slack) or 1, chosen)
    points = (least == most) & (least >= 1) & (least < SMALL_CELL)
    found.noise_tried += len(chosen)
    found.noise_points += int(points.sum())
    found.noise_right += int((points & (least == aim.truth[chosen])).sum())


def findings(found: Certain, distances: Distances) -> tuple[Finding, ...]:
    """Three findings: what is certain, what is nearly, and what would follow from the smallest noise."""
    reading = "figures are exact" if distances.are_exact else f"none is off by more than {distances.largest:.1f}"
    allowed_near = max(FEWEST_NEAR, ceil(NEAR_SHARE * found.near_tried))
    return (
        Finding(
            name="Certain",
            tried=f"Solving everything printed for answers of 1 to {SMALL_CELL - 1} people, told that {reading}.",
            targets=found.tried,
            claims=found.points,
            right=found.right,
            baseline="None may be certain.",
            limit="Told at the first claim that is right.",
            told=found.right > 0,
        ),
        Finding(
            name="Within one",
            tried="The same, for answers that must be one of three neighbouring numbers at most.",
            targets=found.near_tried,
            claims=found.near,
            right=found.near,
            baseline="None expected.",
            limit=f"Told from {FEWEST_NEAR} on, if that is one in a hundred of those tried.",
            told=found.near >= allowed_near,
        ),
        Finding(
            name="Smallest noise",
            tried="Taking the noise to be the smallest that fits everything printed, and claiming what then must be.",
            targets=found.noise_tried,
            claims=found.noise_points,
            right=found.noise_right,
            baseline="Such claims are often wrong, because noise is larger than it need be.",
            limit=f"Told if {FEWEST_POINTS} are right, surely more than {RIGHT_POINTS:.0%}.",
            told=found.noise_right >= FEWEST_POINTS and surely(found.noise_right, found.noise_points) > RIGHT_POINTS,
        ),
    )
