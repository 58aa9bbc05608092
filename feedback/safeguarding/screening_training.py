"""Learns the models' weights from the committed texts, to the byte the same on every machine. Pure but for files."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from feedback.safeguarding.screening_features import BUCKETS, Features, features, pieces
from feedback.safeguarding.screening_model import AT_WORK_FILE, WEIGHTS_FILE, Model
from feedback.safeguarding.screening_text import readable

# Chosen by cross-validation inside the train part; docs/explanation/screening.md says how, and what came of it.
COST = 0.5
ROUNDS = 12
SOON = -0.25
NOW = 0.7
# Of adults at work: the highest at which no worrying text of any set is missed, or read later, for that.
SOON_AT_WORK, NOW_AT_WORK = -0.32, 0.35
# Chosen by cross-validation among the texts about work: each of those is learned so many times.
COST_AT_WORK, TIMES_AT_WORK = 0.25, 3
LINE = 120
TEXTS = Path(__file__).parent / "screening_texts"
AT_WORK = " at work"


@dataclass(frozen=True)
class Labelled:
    """One invented text: whether it worries (1) or not (0), and what it is there to try."""

    text: str
    label: int
    language: str
    kind: str
    part: str


def labelled(part: str) -> list[Labelled]:
    """The committed texts of one part: "train", "held out", or either with "at work" behind it."""
    files = sorted((TEXTS / "at_work" if part.endswith(AT_WORK) else TEXTS).glob("*.jsonl"))
    rows = (json.loads(line) for file in files for line in file.read_text("utf-8").splitlines())
    return [text for text in (Labelled(**row) for row in rows) if text.part == part]


Example = tuple[Features, int]


def learn(examples: Sequence[Example], *, cost: float, rounds: int) -> tuple[list[float], float]:
    """Weights and bias of a linear classifier with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008).

    Only sums, products and quotients of floats in a fixed order: they are the same on every machine, which
    logarithms and a numeric library's sums are not.
    """
    weights, bias = [0.0] * BUCKETS, 0.0
    alphas = [0.0] * len(examples)
    lists = [(list(f.items()), 1.0 if label else -1.0) for f, label in examples]
    diagonal = 0.5 / cost
    squares = [sum(v * v for _, v in items) + 1.0 + diagonal for items, _ in lists]
    order = list(range(len(examples)))
    shuffled = random.Random(6)  # noqa: S311 - an order, not a secret
    for _ in range(rounds):
        shuffled.shuffle(order)
        for at in order:
            items, side = lists[at]
            score = bias
            for bucket, value in items:
                score += weights[bucket] * value
            gradient = side * score - 1.0 + diagonal * alphas[at]
            new = max(0.0, alphas[at] - gradient / squares[at])
            change = (new - alphas[at]) * side
            if change:
                alphas[at] = new
                bias += change
                for bucket, value in items:
                    weights[bucket] += change * value
    return weights, bias


def whole(text: str) -> Features:
    """The features of a labelled text as one piece: its label is about the whole, so it is learned as a whole."""
    return features(tuple(dict.fromkeys(word for piece in pieces(readable(text)) for word in piece)))


def train(texts: Sequence[Labelled], *, cost: float = COST) -> tuple[list[float], float]:
    """Weights and bias from these texts."""
    return learn([(whole(text.text), text.label) for text in texts], cost=cost, rounds=ROUNDS)


def model_of(weights: Sequence[float], bias: float, *, soon: float = SOON, now: float = NOW) -> Model:
    """The model as it is kept: weights between -127 and 127, of which the greatest few are cut off."""
    sizes = sorted(abs(weight) for weight in weights if weight)
    scale = sizes[-1 - len(sizes) // 1000] / 127
    small = [max(-127, min(127, round(weight / scale))) for weight in weights]
    return Model(small, scale, bias, soon, now)


def written(model: Model) -> str:
    """The file of the weights: a line of facts, and the numbers as text."""
    facts = {"bias": model.bias, "now": model.now, "scale": model.scale, "soon": model.soon}
    numbers = b64encode(bytes(weight % 256 for weight in model.weights)).decode()
    lines = [json.dumps(facts), *(numbers[at : at + LINE] for at in range(0, len(numbers), LINE))]
    return "\n".join(lines) + "\n"


def trained() -> str:
    """The weights that the committed texts give, as the text of the file."""
    return written(model_of(*train(labelled("train"))))


def trained_at_work() -> str:
    """The same for what adults write about their work: learned from all texts, and raised from a lower score."""
    texts = labelled("train") + labelled(f"train{AT_WORK}") * TIMES_AT_WORK
    return written(model_of(*train(texts, cost=COST_AT_WORK), soon=SOON_AT_WORK, now=NOW_AT_WORK))


if __name__ == "__main__":
    WEIGHTS_FILE.write_text(trained(), "ascii")
    AT_WORK_FILE.write_text(trained_at_work(), "ascii")
