"""Labelled texts of our own, and how many of what identifies in them is removed."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from feedback.anonymisation.redaction import Span, redact

HERE = Path(__file__).resolve().parent
LABELS = {
    "P": "PERSON", "L": "PLACE", "S": "SCHOOL", "O": "ORG", "T": "PHONE", "E": "EMAIL", "H": "HANDLE",
    "C": "POSTCODE", "A": "ADDRESS", "G": "DOB_AGE", "D": "DATE", "U": "URL",
}  # fmt: skip
MARK = re.compile(r"\{([A-Z]) ([^}]*)\}")
WORD = re.compile(r"[^\W_]+")
# May stay: who they are to the child, and what kind of place it is.
GENERIC = set(re.findall(r"\w+", """
    mr mrs miss ms dr sir nan nana nanna nanny gran grandad uncle auntie aunty aunt nurse pc coach pastor imam
    sheikh judge sister big councillor mama baby the school primary juniors junior infants high academy college
    house lodge unit hub family project centre team home youth club nursery street road rd st lane close grove
    avenue drive crescent terrace flat room number estate park surgery cottage trust late august in of and a at
"""))  # fmt: skip


def labelled(file):
    """The texts of a file, and what identifies in each."""
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield _read(line)


def _read(line):
    text, spans, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2]), LABELS[mark[1]]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], spans


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
        return sum(self.removed.values()) / sum(self.there.values())

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
