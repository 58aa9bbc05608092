"""Sealing words: what the key ring costs for each response that is stored, and again for each that is read."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.flow import Figures, Flow, Size, check
from surveys.responses.words_keys import opened, seal

TEXT = "I like it when my worker comes on time and listens. "


class Seal(Flow):
    """Answers of ordinary length, each sealed for its row and opened again; beside writing and reading them plain."""

    sizes = {Size.TINY: 50, Size.SMALL: 10_000, Size.LARGE: 100_000}

    def setup(self, n: int, folder: Path) -> None:
        """Answers to 25 questions, one of them in words."""
        chosen = {f"question_{number}": "sometimes" for number in range(25)}
        self.answers = [{**chosen, "words": f"{number} {TEXT * 3}"} for number in range(n)]

    def run(self) -> Figures:
        """All of them, one after another, as nothing but a sweep would do it."""
        plain = _took(lambda: [json.loads(json.dumps(one)) for one in self.answers])
        began = time.process_time()
        self.sealed = [seal(json.dumps(one).encode(), place=b"%d" % at) for at, one in enumerate(self.answers)]
        sealing = time.process_time() - began
        began = time.process_time()
        self.opened = [json.loads(opened(one, place=b"%d" % at)) for at, one in enumerate(self.sealed)]
        opening = time.process_time() - began
        each = 1000 / len(self.answers)
        return {"sealing": sealing * each, "opening": opening * each, "ratio": (sealing + opening) / plain}

    def verify(self) -> None:
        """Each came back as it was, and no word stood in what is stored."""
        check(self.opened == self.answers, "Something did not come back as it was.")
        check(not any("worker" in one for one in self.sealed), "A word stood in what is stored.")

    def work(self, n: int) -> str:
        """How many responses."""
        return f"{n} responses"

    def result(self, figures: Mapping[str, float]) -> str:
        """Time for each, and how many times as much as without."""
        return (
            f"{figures['sealing']:.3f} ms to seal and {figures['opening']:.3f} ms to open a response, "
            f"{figures['ratio']:.1f} times plain JSON"
        )


def _took(do) -> float:
    began = time.process_time()
    do()
    return max(time.process_time() - began, 1e-6)
