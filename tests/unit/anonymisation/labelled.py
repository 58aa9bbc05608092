"""Labelled texts of our own, and how many of what identifies in them is removed."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from feedback.anonymisation import redaction_training, redaction_words
from feedback.anonymisation.redaction import redact

HERE = Path(__file__).resolve().parent
GENERIC = redaction_words.GENERIC
WORD = redaction_training.WORD


def labelled(file):
    """The texts of a file of ours, used for tuning or (frozen.txt, beside this) never, and what identifies in each."""
    yield from redaction_training.labelled(HERE / file if (HERE / file).exists() else redaction_training.TEXTS / file)


@dataclass
class Score:
    """What was to be removed and was, by label; what was removed and should not have been."""

    there: Counter = field(default_factory=Counter)
    removed: Counter = field(default_factory=Counter)
    texts: int = 0
    leaking: int = 0
    ordinary: int = 0
    lost: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self):
        return sum(self.removed.values()) / (sum(self.there.values()) or 1)

    @property
    def over(self):
        return self.lost / self.ordinary


def score(texts):
    """How redaction does on these texts. A piece is removed where each of its telling words is."""
    result = Score()
    for text, spans in texts:
        found = redact(text).spans
        result.texts += 1
        missed = [span for span in spans if not _is_removed(text, span, found)]
        for span in spans:
            result.there[span.label] += 1
            result.removed[span.label] += span not in missed
        result.leaking += bool(missed)
        result.missed += [text[span.start : span.end] for span in missed]
        for word in WORD.finditer(text):
            if not _is_covered(word, spans):
                result.ordinary += 1
                result.lost += _is_covered(word, found)
    return result


def _is_covered(word, spans):
    return any(span.start < word.end() and word.start() < span.end for span in spans)


def _is_removed(text, span, found):
    words = [word for word in WORD.finditer(text) if span.start <= word.start() and word.end() <= span.end]
    telling = [word for word in words if word.group().lower() not in GENERIC] or words
    return all(_is_covered(word, found) for word in telling)
