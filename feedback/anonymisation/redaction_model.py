"""The learned layer: which words that no rule marked stand where names, places and ages stand. Pure but for a file.

It only adds marks, and takes none away. Where its weights come from: `redaction_training.py`; how well it does, and
what must not be done with it: docs/explanation/redaction.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from feedback.anonymisation.redaction_features import features
from feedback.anonymisation.redaction_lists import Lists
from feedback.anonymisation.redaction_text import Word
from feedback.anonymisation.redaction_words import CLOSED, NUMBERS

WEIGHTS_FILE = Path(__file__).parent / "redaction_weights.txt"
# Weights are whole numbers, thousandths of what was learned.
SCALE = 1000
# A word is marked from this score: chosen by cross-validation on texts for tuning, for under 3 % of ordinary words.
RAISED = -400
# A number is an amount more often than an age.
NUMBER_RAISED = 0
LABELS = ("PERSON", "PLACE", "SCHOOL", "ORG", "ADDRESS", "DOB_AGE", "DATE")


@dataclass(frozen=True)
class Model:
    """What each feature weighs for "identifies", and for each of LABELS once it does."""

    identifies: Mapping[str, int]
    labels: Mapping[str, tuple[int, ...]]

    def score(self, found: Sequence[str]) -> int:
        """How much a word looks like something that identifies: thousandths, without unit."""
        weigh = self.identifies.get
        return sum([weigh(feature, 0) for feature in found])

    def label(self, found: Sequence[str]) -> str:
        """What it is most likely to be; a name where nothing says otherwise."""
        weights = [self.labels[feature] for feature in found if feature in self.labels]
        sums = [sum(column) for column in zip(*weights, strict=True)] or [0]
        return LABELS[sums.index(max(sums))]


@lru_cache(maxsize=1)
def the_model() -> Model:
    """The committed weights, read once."""
    identifies: dict[str, int] = {}
    labels: dict[str, tuple[int, ...]] = {}
    for line in WEIGHTS_FILE.read_text("utf-8").splitlines():
        feature, weight, *by_label = line.split("\t")
        if int(weight):
            identifies[feature] = int(weight)
        if by_label:
            labels[feature] = tuple(map(int, by_label))
    return Model(identifies, labels)


def mark_the_rest(words: Sequence[Word], lists: Lists, model: Model | None = None) -> None:
    """Marks the words that no rule marked and that stand where something that identifies stands."""
    model = model or the_model()
    marks: dict[int, str] = {}
    for at, (word, found) in enumerate(zip(words, features(words, lists), strict=True)):
        if not word.label and not word.is_joined and model.score(found) > _from(word):
            marks[at] = model.label(found)
    for at, label in marks.items():
        if words[at].low not in CLOSED or _is_amid(words, at, marks):
            words[at].label = label


def _from(word: Word) -> int:
    return NUMBER_RAISED if word.low[:1].isdigit() or word.low in NUMBERS else RAISED


def _is_amid(words: Sequence[Word], at: int, marks: Mapping[int, str]) -> bool:
    """Whether a word beside it, in the same sentence, is marked and does more than hold sentences together."""
    beside = [at - 1] * (not words[at].opens) + [at + 1] * (at + 1 < len(words) and not words[at + 1].opens)
    return any(words[one].low not in CLOSED and (one in marks or words[one].label in LABELS) for one in beside)
