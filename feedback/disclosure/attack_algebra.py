"""What follows from sums that are known: by equations alone, and by linear programmes (scipy's HiGHS). Pure.

Atoms that are in the same published lines cannot be told apart by them, so they are one unknown (`merged`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy import sparse

NOTHING = 1e-7
AT_ONCE = 12  # targets in one programme, each with unknowns of its own: asking once costs more than solving


@dataclass(frozen=True)
class Rows:
    """An orthonormal basis of everything that can be added up from the lines, over (atoms,)."""

    basis: np.ndarray

    def follows(self, targets: np.ndarray) -> np.ndarray:
        """Which of the targets (targets, atoms) are a sum or difference of lines: an array of true and false."""
        import numpy as np

        rest = targets - (targets @ self.basis.T) @ self.basis
        return np.abs(rest).max(1, initial=0.0) < NOTHING * 10


def rows_of(lines: np.ndarray) -> Rows:
    """Everything that can be added up from lines (lines, atoms)."""
    import numpy as np

    if not lines.size:
        return Rows(np.zeros((0, lines.shape[1])))
    # Of lines times lines, because there are fewer of them than of atoms.
    sizes, vectors = np.linalg.eigh(lines @ lines.T)
    kept = sizes > NOTHING * max(sizes[-1], 1.0)
    return Rows((vectors[:, kept] / np.sqrt(sizes[kept])).T @ lines)


def weights(lines: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """How targets that follow are added up from lines, with the smallest squares: (targets, lines)."""
    import numpy as np

    return np.linalg.lstsq(lines.T, targets.T, rcond=None)[0].T


def merged(lines: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lines and targets over unknowns, each of which stands for atoms that are in the same of them."""
    import numpy as np

    both = np.vstack([lines, targets])
    kept = both[:, first_of_each(both.T)]
    kept = kept[:, (kept != 0).any(0)]
    return kept[: len(lines)], kept[len(lines) :]


def first_of_each(rows: np.ndarray) -> np.ndarray:
    """Where each different row of noughts and ones is first, in order; told apart by a hash: sorting is slow."""
    import numpy as np

    weights = np.random.default_rng(0).integers(1, 2**63, rows.shape[1], dtype=np.uint64)
    hashed = rows.astype(np.uint64) @ weights  # of whole numbers modulo 2^64, so alike for rows that are alike
    return np.sort(np.unique(hashed, return_index=True)[1])


def empty_and_known(
    lines: np.ndarray, bases: np.ndarray, targets: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which targets follow from the printed numbers of people, which atoms are known to hold nobody, and those sizes.

    Where a sum of nobody follows, each atom in it is empty, because none holds fewer than nobody; so more may follow.
    """
    import numpy as np

    occupied = np.ones(lines.shape[1], dtype=bool)
    while True:
        known = rows_of(lines * occupied).follows(targets * occupied)
        sizes = np.full(len(targets), np.nan)
        if known.any():
            sizes[known] = weights(lines * occupied, targets[known] * occupied) @ bases
        nobody = known & (np.abs(sizes) < 0.01)
        emptied = (targets[nobody] > 0).any(0) & occupied
        if not emptied.any():
            return known, ~occupied, sizes
        occupied &= ~emptied


def bounds(lines: np.ndarray, low: np.ndarray, high: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most each target can be if every line is within low and high and no atom below nought.

    Where no table fits at all, or an atom is in no line, everything is possible: 0 and infinite.
    """
    import numpy as np

    least, most = np.zeros(len(targets)), np.full(len(targets), np.inf)
    lines, unknowns = merged(lines, targets)
    limited = lines[np.isfinite(high)].any(0)
    asked = np.flatnonzero(~(unknowns[:, ~limited] != 0).any(1))
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        least[some], most[some] = _bounds(lines, low, high, unknowns[some])
    return least, most


def _bounds(lines: np.ndarray, low: np.ndarray, high: np.ndarray, some: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np
    from scipy import sparse

    wanted = np.concatenate([some, -some])
    stacked = _side_by_side(sparse.csr_matrix(lines), len(wanted))
    found = _solved(wanted.ravel(), stacked, np.tile(low, len(wanted)), np.tile(high, len(wanted)))
    if found is None:
        return np.zeros(len(some)), np.full(len(some), np.inf)
    reached = (found.reshape(wanted.shape) * wanted).sum(1)
    return reached[: len(some)], -reached[len(some) :]


def _solved(costs: np.ndarray, rows: object, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
    """Where costs are least, with nothing below nought and each row within low and high; None if the solver gives up.

    `milp` without whole numbers: unlike `linprog` it takes both ends of a row at once. Looking for what can be left out
    first takes longer than solving these.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    within = LinearConstraint(rows, low, high)
    found = milp(costs, bounds=Bounds(0, np.inf), constraints=within, options={"presolve": False})
    return found.x if found.status == 0 else None


def _side_by_side(block: sparse.csr_matrix, times: int) -> sparse.csr_matrix:
    """The same block so often along the diagonal: `scipy.sparse.block_diag`, which takes longer than the solving."""
    import numpy as np
    from scipy import sparse

    rows, columns = block.shape
    steps = np.arange(times)
    indices = (block.indices + columns * steps[:, None]).ravel()
    starts = np.append((block.indptr[:-1] + block.nnz * steps[:, None]).ravel(), block.nnz * times)
    return sparse.csr_matrix((np.tile(block.data, times), indices, starts), shape=(rows * times, columns * times))


def least_slack(lines: np.ndarray, values: Sequence[float] | np.ndarray) -> float:
    """The smallest distance within which some table of people fits every value; infinite if the solver gives up."""
    import numpy as np

    lines, _ = merged(lines, lines[:0])
    values, none = np.asarray(values, dtype=float), np.full(len(lines), np.inf)
    column = np.ones((len(lines), 1))
    sides = np.vstack([np.hstack([lines, -column]), np.hstack([lines, column])])
    costs = np.zeros(lines.shape[1] + 1)
    costs[-1] = 1.0
    found = _solved(costs, sides, np.concatenate([-none, values]), np.concatenate([values, none]))
    return float("inf") if found is None else float(found[-1])
