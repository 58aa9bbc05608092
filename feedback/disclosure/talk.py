"""From when on talk is told, and what may stand beside it: decided on how many took part, never on what they said.

Talk is in no figure, so nothing here is noise. What is protected is that *from an interview* says that somebody was
interviewed: a kind or an age stands beside words only where at least ten people of it took part, and where those
beside whom it is left out are none, or at least ten too (the remainder rule, A2 rule 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback.disclosure.periods import Quarter
from feedback.disclosure.rules import ProtectionRules, line_rule

# How many took part is told as the largest of these that it certainly was.
STEPS = (10, 20, 50, 100)


@dataclass(frozen=True)
class Part:
    """One talk: its kind, and how many of each age band were there at least."""

    kind: str
    people: Mapping[str, int]


@dataclass(frozen=True)
class Tellable:
    """What may be said of the talks of one window: how many took part at least, which kinds, which age bands."""

    at_least: int
    kinds: frozenset[str]
    # By kind, or by a blank for those whose kind is not said.
    bands: frozenset[tuple[str, str]]

    def kind_of(self, kind: str) -> str:
        """The kind, or a blank where it is not said."""
        return kind if kind in self.kinds else ""

    def band_of(self, kind: str, band: str) -> str:
        """The age band beside words from a talk of this kind, or a blank where it is not said."""
        return band if (self.kind_of(kind), band) in self.bands else ""


NOTHING = Tellable(0, frozenset(), frozenset())


def windows(people: Iterable[tuple[Quarter, int]], smallest: int) -> dict[Quarter, Quarter]:
    """In which window the talks of each quarter are told: it closes with the quarter in which enough took part.

    As blocks do, so that nobody learns what one later talk said by taking away what was told before.
    """
    of_quarter: Counter[Quarter] = Counter()
    for quarter, many in people:
        of_quarter[quarter] += many
    found: dict[Quarter, Quarter] = {}
    waiting, together = [], 0
    for quarter in sorted(of_quarter):
        waiting.append(quarter)
        together += of_quarter[quarter]
        if together >= smallest:
            found.update(dict.fromkeys(waiting, quarter))
            waiting, together = [], 0
    return found


def tellable(parts: Sequence[Part], rules: ProtectionRules) -> Tellable:
    """What may be said of the talks of one window."""
    everybody = sum(sum(part.people.values()) for part in parts)
    if everybody < max(rules.smallest_group, STEPS[0]):
        return NOTHING
    by_kind: Counter[str] = Counter()
    for part in parts:
        by_kind[part.kind] += sum(part.people.values())
    kinds = line_rule(by_kind, rules)
    by_band: dict[str, Counter[str]] = {}
    for part in parts:
        by_band.setdefault(part.kind if part.kind in kinds else "", Counter()).update(part.people)
    bands = {(kind, band) for kind, line in by_band.items() for band in line_rule(line, rules)}
    return Tellable(max(step for step in STEPS if step <= everybody), kinds, frozenset(bands))
