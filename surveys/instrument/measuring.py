"""How often the linter is right, on questions that were labelled before it was written.

All of them are our own words. A third, chosen by a hash of the words, was held out: its figures were looked at after
the rules were finished. Whoever wrote the rules had written those questions too, so the figures flatter.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.linter import lint
from surveys.instrument.linter_rules import JUDGED, RULES
from surveys.instrument.wording import Audience

FILE = Path(__file__).with_name("labelled_questions.csv")
TUNED, HELD_OUT = "tuned", "held_out"


@dataclass(frozen=True)
class Labelled:
    """A question with the rules it breaks, as a person sees it."""

    part: str
    audience: Audience
    labels: tuple[str, ...]
    breaks: frozenset[str]
    text: str

    def found(self) -> frozenset[str]:
        """The rules that the linter says it breaks."""
        options = tuple(Option(f"o{place}", {"en": label}) for place, label in enumerate(self.labels))
        item = Item("q", Kind.CHOICE if options else Kind.TEXT, {"en": self.text}, options)
        return frozenset(finding.rule for finding in lint(item, self.audience))

    @property
    def applicable(self) -> frozenset[str]:
        """The judging rules that are looked for with this audience."""
        return frozenset(name for name in JUDGED if self.audience in RULES[name].severity)


@dataclass(frozen=True)
class Score:
    """How many were found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found, the share that is there; 1 if nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, the share that was found; 1 if there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def labelled(part: str = "") -> list[Labelled]:
    """The labelled questions, of one part or all."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [_read(row) for row in csv.DictReader(file)]
    return [row for row in rows if part in ("", row.part)]


def _read(row: dict[str, str]) -> Labelled:
    labels = tuple(row["answers"].split("/")) if row["answers"] else ()
    return Labelled(row["part"], Audience(row["audience"]), labels, frozenset(row["rules"].split()), row["text"])


def score(questions: Iterable[Labelled]) -> dict[str, Score]:
    """The score of each judging rule, and of all together under an empty name."""
    pairs = [(one.breaks, one.found() & one.applicable) for one in questions]
    scores = {name: _score(pairs, (name,)) for name in JUDGED}
    return {**scores, "": _score(pairs, JUDGED)}


def _score(pairs: list[tuple[frozenset[str], frozenset[str]]], names: Iterable[str]) -> Score:
    each = [(name in breaks, name in found) for breaks, found in pairs for name in names]
    return Score(each.count((True, True)), each.count((False, True)), each.count((True, False)))


def told_apart(questions: Iterable[Labelled]) -> Score:
    """The score of the plain decision: has this question any fault?"""
    each = [(bool(one.breaks), bool(one.found() & one.applicable)) for one in questions]
    return Score(each.count((True, True)), each.count((False, True)), each.count((True, False)))
