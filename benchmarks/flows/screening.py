"""Screening texts: what the sweep does with each text before anybody sees it, and with one of a megabyte."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import cycle, islice
from pathlib import Path

from benchmarks.flow import Figures, Flow, Size, check
from feedback.safeguarding.screening import Screening, screen
from feedback.safeguarding.screening_training import labelled

# Of what worries in the texts that were learned from, at least so much is raised: a run that raises less skipped work.
FEWEST_RAISED = 0.9
MEGABYTE = 1_000_000


class Screen(Flow):
    """Invented texts in eight languages, one after another, and all of them as one text of a megabyte."""

    sizes = {Size.TINY: 50, Size.SMALL: 1_000, Size.LARGE: 10_000}

    def setup(self, n: int, folder: Path) -> None:
        """Reads the texts and the weights, which a process does once."""
        learned = labelled("train")
        self.texts = list(islice(cycle(learned[:: max(1, len(learned) // n)]), n))
        self.longest = " ".join(islice(cycle(text.text for text in learned), n * 25))[:MEGABYTE]
        screen("")

    def run(self) -> Figures:
        """Screens them all."""
        began = time.process_time()
        self.found: list[Screening] = [screen(text.text, language=text.language) for text in self.texts]
        between = time.process_time()
        self.of_longest = screen(self.longest)
        ended = time.process_time()
        letters = len(self.longest) / MEGABYTE
        return {"milliseconds": 1000 * (between - began) / len(self.texts), "seconds": (ended - between) / letters}

    def verify(self) -> None:
        """Most of what worries is raised, and so is the long text."""
        worrying = [found for text, found in zip(self.texts, self.found, strict=True) if text.label]
        raised = sum(found.needs_a_person_first for found in worrying)
        check(raised >= FEWEST_RAISED * len(worrying), f"Only {raised} of {len(worrying)} worrying texts were raised.")
        check(self.of_longest.needs_a_person_first, "The long text was not raised.")

    def work(self, n: int) -> str:
        """How many texts."""
        return f"{n} texts and a long one"

    def result(self, figures: Mapping[str, float]) -> str:
        """Time for each, and for a million letters."""
        return f"{figures['milliseconds']:.2f} ms of processor a text, {figures['seconds']:.1f} s a megabyte"
