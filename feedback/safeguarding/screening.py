"""Rules that move a text to the top of the queue of those who read every text. Pure.

Rules only raise: no rule, and no absence of one, ever marks a text as fine, moves it down or closes it. Phrase rules
do not carry over well to children they were not tuned on (docs/explanation/screening.md has the figures), so a person
reads every text, and this only decides which they read first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedback.safeguarding.screening_model import likenesses
from feedback.safeguarding.screening_rules import NOW, RULES, TRANSLATED, WordRule
from feedback.safeguarding.screening_text import Readable, readable


class Severity(StrEnum):
    """How soon a person should look: now if somebody may be in danger today, else soon."""

    NOW = "now"
    SOON = "soon"


@dataclass(frozen=True)
class Signal:
    """One match of a rule: where in the text (code points), how soon, and why, for the lead who reads it."""

    rule: str
    severity: Severity
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Screening:
    """All signals of one text, in the order in which they stand."""

    signals: tuple[Signal, ...]

    @property
    def needs_a_person_first(self) -> bool:
        """Whether the text goes to the top of the queue."""
        return bool(self.signals)

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the signals; None without any, which does not mean that all is well."""
        found = {signal.severity for signal in self.signals}
        if Severity.NOW in found:
            return Severity.NOW
        return Severity.SOON if found else None


def screen(text: str, *, language: str = "en") -> Screening:
    """The signals in a text of any length.

    Every language is searched with the English rules, as children mix languages, and with the few words known of
    their own; other languages than English are covered thinly. Offsets are code points of the text as it came.
    """
    words = readable(text)
    rules = [*RULES, *TRANSLATED.get(language, ())]
    found = {signal for rule in rules for signal in _signals(rule, words)} | _looks_like(words)
    return Screening(tuple(sorted(found, key=lambda signal: (signal.start, signal.end, signal.rule))))


def _signals(rule: WordRule, words: Readable) -> list[Signal]:
    severity = Severity.NOW if rule.severity == NOW else Severity.SOON
    return [
        Signal(rule.name, severity, words.places[match.start()], words.places[match.end() - 1] + 1, rule.reason)
        for match in rule.pattern.finditer(words.text)
        if match.end() > match.start()
    ]


SIMILAR = "model.similar"
LOOKS_LIKE = "Looks like texts in which a child was in danger; this is one of the words that weighed most."


def _looks_like(words: Readable) -> set[Signal]:
    return {
        Signal(
            SIMILAR, Severity.NOW if like.is_now else Severity.SOON, *_place(words, word.start, word.end), LOOKS_LIKE
        )
        for like in likenesses(words)
        for word in like.words
    }


def _place(words: Readable, start: int, end: int) -> tuple[int, int]:
    return words.places[start], words.places[end - 1] + 1
