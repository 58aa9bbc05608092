"""Rules that move a text up the queue of those who read every text. They never mark anything as fine (provisional)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How soon a person should look."""

    NOW = "now"
    SOON = "soon"


@dataclass(frozen=True)
class Signal:
    """One match of a screening rule: where in the text, how soon, and why, for the lead who reads it."""

    rule: str
    severity: Severity
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Screening:
    """All signals of one text."""

    signals: tuple[Signal, ...]

    @property
    def needs_a_person_first(self) -> bool:
        """Whether it goes to the top of the queue."""
        return bool(self.signals)

    @property
    def severity(self) -> Severity | None:
        """The worst severity, if there is any signal."""
        found = {signal.severity for signal in self.signals}
        return Severity.NOW if Severity.NOW in found else Severity.SOON if found else None


_RULES = (
    (
        "harm.hits",
        Severity.NOW,
        r"\b(?:hit|hits|hitting|punch\w*|slap\w*|kick\w*|chok\w*|strangl\w*|hurt(?:s|ing)?)\b",
        "Someone may be hurting them.",
    ),
    (
        "self.die",
        Severity.NOW,
        r"\b(?:kill my\s?self|want to die|wanna die|suicid\w*|end it all)\b",
        "They may want to die.",
    ),
)


def screen(text: str, *, language: str = "en") -> Screening:
    """The signals of a text."""
    found = [
        Signal(rule, severity, match.start(), match.end(), reason)
        for rule, severity, pattern, reason in _RULES
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    return Screening(tuple(found))
