"""Rules that move a text to the top of the queue of those who read every text. Pure.

Rules only raise: no rule, and no absence of one, ever marks a text as fine, moves it down or closes it. Phrase rules
do not carry over well to children they were not tuned on (docs/explanation/screening.md has the figures), so a person
reads every text, and this only decides which they read first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from feedback.safeguarding.screening_languages import can_be_screened
from feedback.safeguarding.screening_model import Likeness, likenesses, the_model
from feedback.safeguarding.screening_rules import ALL_RULES, NOW, WordRule
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
    def was_screened(self) -> bool:
        """Whether there was something to screen it with, and it worked."""
        return all(signal.rule != NOT_SCREENED for signal in self.signals)

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the signals; None without any, which does not mean that all is well."""
        found = {signal.severity for signal in self.signals}
        if Severity.NOW in found:
            return Severity.NOW
        return Severity.SOON if found else None


# So many matches of one rule are enough to read a text first, however long it is.
MOST = 50
NOT_SCREENED = "not-screened"
COULD_NOT = "Not screened: there are no rules for this language or script, or screening failed. A person must read it."
SIMILAR = "model.similar"
LOOKS_LIKE = "Looks like texts in which a child was in danger; these words weighed most."
# As much of what was noticed is quoted beside a reason; the whole of it stands in the text.
LONGEST_QUOTED = 60


def screen(text: str, *, language: str = "en", at_work: bool = False) -> Screening:
    """The signals in a text of any length; `at_work` says that an adult was asked about their work.

    Every text is searched with the rules of all languages, as children mix them. A text of another language or script
    has a signal that says so: it is never taken for one in which nothing was found. Offsets are code points.
    """
    words = readable(text)
    found = {signal for rule in ALL_RULES for signal in _signals(rule, words)} | _looks_like(words, at_work=at_work)
    if text.strip() and not can_be_screened(words.text, language):
        found.add(_not_screened(text))
    return Screening(tuple(sorted(found, key=lambda signal: (signal.start, signal.end, signal.rule))))


def screened_or_not(text: str, *, language: str = "en", at_work: bool = False) -> Screening:
    """The same, and never an error: a text on which screening itself fails is one that a person must read."""
    try:
        return screen(text, language=language, at_work=at_work)
    except Exception:
        return not_screened(text)


def not_screened(text: str) -> Screening:
    """What is said of a text that could not be screened."""
    return Screening((_not_screened(text),))


@dataclass(frozen=True)
class Noticed:
    """One reason to read a text first, and the words of the text that gave it, as they were written."""

    reason: str
    words: tuple[str, ...]


def noticed_in(text: str, signals: tuple[Signal, ...]) -> tuple[Noticed, ...]:
    """What was noticed in a text, each reason once, in the order of the text, for the lead who reads it."""
    found: dict[str, dict[str, None]] = {}
    for signal in signals:
        words = found.setdefault(signal.reason, {})
        if signal.rule != NOT_SCREENED:
            words[text[signal.start : min(signal.end, signal.start + LONGEST_QUOTED)].strip()] = None
    return tuple(Noticed(reason, tuple(words)) for reason, words in found.items())


def _not_screened(text: str) -> Signal:
    return Signal(NOT_SCREENED, Severity.SOON, 0, max(1, len(text)), COULD_NOT)


def _signals(rule: WordRule, words: Readable) -> list[Signal]:
    severity = Severity.NOW if rule.severity == NOW else Severity.SOON
    return [
        Signal(rule.name, severity, words.places[match.start()], words.places[match.end() - 1] + 1, rule.reason)
        for match in islice(rule.pattern.finditer(words.text), MOST)
        if match.end() > match.start()
    ]


def _looks_like(words: Readable, *, at_work: bool) -> set[Signal]:
    return {
        Signal(SIMILAR, _how_soon(like), words.places[word.start], words.places[word.end - 1] + 1, LOOKS_LIKE)
        for like in likenesses(words, the_model(at_work=at_work))
        for word in like.words
    }


def _how_soon(like: Likeness) -> Severity:
    return Severity.NOW if like.is_now else Severity.SOON
