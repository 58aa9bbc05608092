"""The learned model: how much a text looks like invented texts in which a child was in danger. Pure but for a file.

It only raises, like a rule. Where its weights come from: `screening_training.py`; how well it does, and what must not
be done with it: docs/explanation/screening.md.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from feedback.safeguarding.screening_features import BUCKETS, Piece, Word, features, pieces
from feedback.safeguarding.screening_text import Readable

WEIGHTS_FILE = Path(__file__).parent / "screening_weights.txt"
# Learned from the same texts and from what adults write about their work, for what they write.
AT_WORK_FILE = Path(__file__).parent / "screening_weights_at_work.txt"
# Of a very long text only the pieces that look worst are explained, and of each the words that weigh most.
EXPLAINED = 3


@dataclass(frozen=True)
class Model:
    """The weights as small whole numbers, one for each bucket of features, and from which score a text is raised."""

    weights: Sequence[int]
    scale: float
    bias: float
    soon: float
    now: float

    def score(self, piece: Piece) -> float:
        """How much a piece looks worrying: without unit, above `soon` is raised."""
        weights = self.weights
        return self.bias + self.scale * sum([weights[bucket] * share for bucket, share in features(piece).items()])


@dataclass(frozen=True)
class Likeness:
    """A piece that looks worrying: how much, whether so much that it is now, and its weightiest words."""

    score: float
    is_now: bool
    words: tuple[Word, ...]


@lru_cache(maxsize=2)
def the_model(*, at_work: bool = False) -> Model:
    """The committed weights, read once: for children and families, or for adults who write about their work."""
    file = AT_WORK_FILE if at_work else WEIGHTS_FILE
    header, *lines = file.read_text("ascii").splitlines()
    facts = json.loads(header)
    weights = memoryview(b64decode("".join(lines))).cast("b")
    if len(weights) != BUCKETS:
        raise ValueError(f"{file.name} does not fit. Run python -m feedback.safeguarding.screening_training.")
    return Model(weights, facts["scale"], facts["bias"], facts["soon"], facts["now"])


def likenesses(words: Readable, model: Model | None = None) -> list[Likeness]:
    """The pieces of a text that look worrying, the worst first and no more than three."""
    model = model or the_model()
    scored = [(model.score(piece), piece) for piece in pieces(words)]
    raised = sorted((s for s in scored if s[0] > model.soon), key=lambda s: -s[0])[:EXPLAINED]
    return [Likeness(score, score > model.now, _weightiest(piece, score, model)) for score, piece in raised]


def _weightiest(piece: Piece, score: float, model: Model) -> tuple[Word, ...]:
    """The words without which the piece would look least worrying; always at least one."""
    drops = [(score - model.score(piece[:at] + piece[at + 1 :]), at) for at in range(len(piece))]
    heaviest = sorted(drops, key=lambda drop: (-drop[0], drop[1]))[:EXPLAINED]
    kept = [at for drop, at in heaviest if drop > 0] or [heaviest[0][1]]
    return tuple(piece[at] for at in sorted(kept))
