"""Learns the weights of the learned layer, to the byte the same on every machine. Pure but for files.

    python -m feedback.anonymisation.redaction_training

Texts: those of redaction_texts/, all invented and labelled by hand, each also a few times with other names and places
in the same places; and the invented texts of the screening model's train part in which the rules find nothing, as
ordinary ones.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from feedback.anonymisation.redaction import Span, redact, words_and_marks
from feedback.anonymisation.redaction_features import features
from feedback.anonymisation.redaction_lists import Lists, lists
from feedback.anonymisation.redaction_model import LABELS, SCALE, WEIGHTS_FILE
from feedback.anonymisation.redaction_words import GENERIC, NATURE, WORD_NAMES

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "redaction_texts"
FILES = ("held_out.txt", "tuned.txt", "later.txt", "third.txt", "voices.txt", "ordinary.txt")
ORDINARY_TEXTS = HERE.parent / "safeguarding" / "screening_texts"
# Chosen by cross-validation; docs/explanation/redaction.md says how, and what came of it.
COST, ROUNDS, COPIES, FEWEST = 0.05, 8, 4, 2
SEED = 7
SMALL_LETTERS, CAPITALS, OPENED = 0.4, 0.45, 0.6
LEAST = 10
KNOWN_LABELS = {
    "P": "PERSON", "L": "PLACE", "S": "SCHOOL", "O": "ORG", "T": "PHONE", "E": "EMAIL", "H": "HANDLE",
    "C": "POSTCODE", "A": "ADDRESS", "G": "DOB_AGE", "D": "DATE", "U": "URL",
}  # fmt: skip
MARK = re.compile(r"\{([A-Z]) ([^}]*)\}")
WORD = re.compile(r"[^\W_]+")
Labelled = tuple[str, list[Span]]
Example = tuple[list[str], str]


def labelled(path: Path) -> Iterator[Labelled]:
    """The texts of a file, and what identifies in each: it stands in braces, after a letter for what it is."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield read_marks(line)


def read_marks(line: str) -> Labelled:
    """One line without its braces, and the pieces that stood in them."""
    text, spans, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2]), KNOWN_LABELS[mark[1]]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], spans


def ordinary_texts() -> Iterator[Labelled]:
    """English texts of the screening model's train part in which the rules alone find nothing."""
    for file in sorted(ORDINARY_TEXTS.glob("english_*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["part"] == "train" and not redact(row["text"], learned=False).spans:
                yield row["text"], []


class Swaps:
    """Other words in the place of those that identify, so that the place is learned and not the word."""

    def __init__(self, known: Lists) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - a choice of words, not a secret
        self.names, self.places = sorted(known.names), sorted(known.places)
        self.words, self.word_names = sorted(known.frequent & known.ordinary), sorted(WORD_NAMES)
        self.nature = sorted(NATURE)

    def another(self, text: str, spans: Sequence[Span]) -> Labelled:
        """The text with other words in the labelled pieces, often in small letters or in capitals."""
        parts, pieces, at, length = [], [], 0, 0
        for span in spans:
            new = WORD.sub(lambda word, label=span.label: self._word(word[0], label), text[span.start : span.end])
            start = length + span.start - at
            length = start + len(new)
            parts += [text[at : span.start], new]
            pieces.append(Span(start, length, span.label))
            at = span.end
        return self._spelt("".join([*parts, text[at:]])), pieces

    def _spelt(self, text: str) -> str:
        chance = self.random.random()
        new = text.lower() if chance < SMALL_LETTERS else text.upper() if chance < CAPITALS else text
        if CAPITALS <= chance < OPENED:
            new = text[:1].upper() + text[1:]
        return new if len(new) == len(text) else text

    def _word(self, old: str, label: str) -> str:
        if old.lower() in GENERIC or old.isdigit():
            return old
        new = self._choice(label, old)
        return new.capitalize() if old[:1].isupper() else new

    def _choice(self, label: str, old: str) -> str:
        """Shares in hundredths, the rest as it was: above all words that lists cannot tell."""
        among: dict[str, tuple[tuple[int, Sequence[str]], ...]] = {
            "PERSON": ((35, self.word_names), (50, self.words), (70, ()), (90, self.names)),
            "PLACE": ((60, self.places), (80, self.words)),
            "SCHOOL": ((20, self.nature), (50, self.words), (65, self.places)),
            "ORG": ((20, self.nature), (50, self.words), (65, self.places)),
            "ADDRESS": ((30, self.words), (50, self.places)),
        }
        chance = self.random.randrange(100)
        for share, words in among.get(label, ()):
            if chance < share:
                return self.random.choice(words) if words else self._misspelt(self.random.choice(self.names))
        return old

    def _misspelt(self, name: str) -> str:
        if len(name) < len("abcd"):
            return name
        at, how = self.random.randrange(1, len(name) - 1), self.random.randrange(3)
        middle = ("", name[at] * 2, name[at + 1] + name[at])[how]
        return name[:at] + middle + name[at + (2 if how == 2 else 1) :]


def examples(texts: Iterable[Labelled], known: Lists, copies: int = COPIES) -> Iterator[Example]:
    """The features of every word and its label, none where it is ordinary; of a text also some with other words."""
    swaps = Swaps(known)
    for text, spans in texts:
        yield from _of_text(text, spans, known)
        for _ in range(copies if spans else 1):
            yield from _of_text(*swaps.another(text, spans), known)


def _of_text(text: str, spans: Sequence[Span], known: Lists) -> Iterator[Example]:
    read, words, _ = words_and_marks(text, known)
    for word, found in zip(words, features(words, known), strict=True):
        start, end = read.original(word.start, word.end)
        label = next((span.label for span in spans if span.start < end and start < span.end), "")
        if not (label and word.low in GENERIC):
            yield found, label


def learn(rows: Sequence[tuple[list[int], bool]], size: int) -> list[float]:
    """Weights of a linear classifier with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008).

    Only sums, products and quotients of floats in a fixed order: they are the same on every machine.
    """
    weights, alphas, diagonal = [0.0] * size, [0.0] * len(rows), 0.5 / COST
    order = list(range(len(rows)))
    shuffled = random.Random(SEED)  # noqa: S311 - an order, not a secret
    for _ in range(ROUNDS):
        shuffled.shuffle(order)
        for at in order:
            found, is_one = rows[at]
            side, score = 1.0 if is_one else -1.0, 0.0
            for feature in found:
                score += weights[feature]
            gradient = side * score - 1.0 + diagonal * alphas[at]
            new = max(0.0, alphas[at] - gradient / (len(found) + diagonal))
            change = (new - alphas[at]) * side
            if change:
                alphas[at] = new
                for feature in found:
                    weights[feature] += change
    return weights


def trained(texts: Iterable[Labelled], known: Lists) -> list[str]:
    """The lines of the weights file: a feature, its weight, and its weights by label where it has some."""
    seen = list(examples(texts, known))
    counts = Counter(feature for found, _ in seen for feature in found)
    kept = sorted(feature for feature, times in counts.items() if times >= FEWEST)
    number = {feature: at for at, feature in enumerate(kept)}
    rows = [([number[f] for f in found if f in number], label) for found, label in seen]
    whole = _rounded(learn([(found, bool(label)) for found, label in rows], len(kept)))
    told = [(found, label) for found, label in rows if label in LABELS]
    each = [_rounded(learn([(f, label == one) for f, label in told], len(kept))) for one in LABELS]
    lines = []
    for at, feature in enumerate(kept):
        by_label = [weights[at] for weights in each]
        if whole[at] or any(by_label):
            lines.append("\t".join([feature, str(whole[at]), *(map(str, by_label) if any(by_label) else ())]))
    return lines


def _rounded(weights: Iterable[float]) -> list[int]:
    """Whole thousandths; what is next to nothing is nothing."""
    return [whole if abs(whole) >= LEAST else 0 for whole in (round(weight * SCALE) for weight in weights)]


def all_texts() -> list[Labelled]:
    """Everything that may be learned from."""
    return [text for file in FILES for text in labelled(TEXTS / file)] + list(ordinary_texts())


if __name__ == "__main__":
    WEIGHTS_FILE.write_text("\n".join(trained(all_texts(), lists())) + "\n", encoding="utf-8")
