"""Whom an intruder looks for: groups that are withheld, what is left over, and the finest ones. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING

from feedback.disclosure.attack_algebra import first_of_each
from feedback.disclosure.attack_lines import Line
from feedback.disclosure.attack_world import Population
from feedback.disclosure.blocks import Group
from feedback.disclosure.periods import Period

if TYPE_CHECKING:
    import numpy as np

MOST_FINE = 400  # of the finest groups, in a sample with a fixed seed; every other target is tried


def targets_of(population: Population, *, seed: int) -> np.ndarray:
    """The groups to look for, each once: (targets, atoms), 1 where an atom belongs to it.

    Lines that are shown come first in the list of what is tried, then those withheld, what a window or a shorter
    period leaves over, and a sample of the groups of single quarters down to one atom.
    """
    import numpy as np

    coarse = _unique([*_lines(population), *_rests(population), *_later(population)], population)
    fine = _unique([*_of_quarters(population), *_atoms(population)], population)
    chosen = np.random.default_rng(seed).permutation(len(fine))[:MOST_FINE]
    return _unique([*coarse, *fine[np.sort(chosen)]], population)


def _unique(found: list[np.ndarray], population: Population) -> np.ndarray:
    import numpy as np

    rows = np.array(found, dtype=float).reshape(len(found), population.atoms.many)
    rows = rows[rows.any(1) & ~rows[:, ~_is_scored(population)].any(1)]
    return rows[first_of_each(rows)]


def _is_scored(population: Population) -> np.ndarray:
    import numpy as np

    return population.is_target | np.full(population.atoms.many, bool(population.is_scored.all()))


def _mask(population: Population, line: Line) -> np.ndarray:
    return population.atoms.of_line(line)


def _lines(population: Population) -> Iterator[np.ndarray]:
    yield from population.shown.astype(bool)
    for line in population.withheld:
        yield _mask(population, line)


def _rests(population: Population) -> Iterator[np.ndarray]:
    """What each window leaves over, and in the two-way table each of its rows and columns."""
    left: dict[tuple[object, ...], np.ndarray] = {}
    for line in population.withheld:
        mask, window = _mask(population, line), (line.area, line.table, line.period)
        for part in {(None, None), (line.group.stage, None), (None, line.group.audience)}:
            left[*window, part] = left.get((*window, part), False) | mask
    yield from left.values()


def _later(population: Population) -> Iterator[np.ndarray]:
    """What a longer period holds that a shorter one of the same group does not."""
    by_group: dict[tuple[object, ...], list[Line]] = {}
    for line in population.lines:
        by_group.setdefault((line.area, line.group), []).append(line)
    for lines in by_group.values():
        for longer, shorter in permutations(lines, 2):
            if longer.period != shorter.period and longer.period.holds(shorter.period):
                yield _mask(population, longer) & ~_mask(population, shorter)


def _of_quarters(population: Population) -> Iterator[np.ndarray]:
    groups: set[tuple[str | None, Group]] = {(line.area, line.group) for line in population.withheld}
    groups |= {(line.area, line.group) for line in population.lines}
    quarters = {quarter for line in population.lines for quarter in line.period.quarters()}
    for area, group in groups:
        if area is not None:
            for quarter in quarters:
                yield population.atoms.of(area, Period(quarter, quarter), group)


def _atoms(population: Population) -> Iterator[np.ndarray]:
    import numpy as np

    yield from np.eye(population.atoms.many, dtype=bool)[population.is_target]
