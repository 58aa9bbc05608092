"""Redacting comments: what a sweep does with each text before a moderator sees it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import cycle, islice
from pathlib import Path

from benchmarks.flow import Figures, Flow, Size, check
from feedback.anonymisation.redaction import Redaction, redact
from tests.unit.anonymisation.labelled import labelled

TEXTS = ("held_out.txt", "tuned.txt", "later.txt", "third.txt")
# Of what identifies in these texts, at least so much is found: a fast run that finds less did not do the work.
FEWEST_FOUND = 0.9


class Redact(Flow):
    """Texts of our own, one after another; how much of a processor each takes."""

    sizes = {Size.TINY: 50, Size.SMALL: 1_000, Size.LARGE: 20_000}

    def setup(self, n: int, folder: Path) -> None:
        """Reads the texts and the lists, which a process does once."""
        found = [pair for file in TEXTS for pair in labelled(file)]
        self.texts = list(islice(cycle(found), n))
        redact("")

    def run(self) -> Figures:
        """Redacts them all."""
        began = time.process_time()
        self.found: list[Redaction] = [redact(text) for text, _ in self.texts]
        return {"milliseconds": 1000 * (time.process_time() - began) / len(self.texts)}

    def verify(self) -> None:
        """Most of what identifies is touched by something that was found."""
        there = touched = 0
        for (_, spans), found in zip(self.texts, self.found, strict=True):
            there += len(spans)
            touched += sum(any(one.start < span.end and span.start < one.end for one in found.spans) for span in spans)
        check(touched >= FEWEST_FOUND * there, f"Only {touched} of {there} identifiers were found.")

    def work(self, n: int) -> str:
        """How many texts."""
        return f"{n} texts"

    def result(self, figures: Mapping[str, float]) -> str:
        """Time for each."""
        return f"{figures['milliseconds']:.2f} ms of processor a text"
