"""Loading a file of answers given elsewhere."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping
from pathlib import Path

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from surveys.responses.imports import import_responses
from surveys.responses.models import Response
from tests.factories import asking

MONTHS = ("2025-01", "2025-02", "2025-03")


class Import(Flow):
    """An officer loads paper booklets: rows a second of `import_responses`, twenty questions a row."""

    sizes = {Size.TINY: 20, Size.SMALL: 1_000, Size.LARGE: 13_000}

    def setup(self, n: int, folder: Path) -> None:
        """Writes the file, and opens a wave for it."""
        area = asking.area("thistledown")
        invented.frame(area)
        self.items = invented.items()
        self.wave = asking.open_wave(*self.items, of=area, code="booklets")
        self.file = folder / "booklets.csv"
        self.written = self._write(n)

    def _write(self, n: int) -> list[dict]:
        dice = random.Random("booklets")
        written = [invented.answers(self.items, dice) for _ in range(n)]
        columns = ["row_id", "area", "service", "stage", "audience", "month", *(item.code for item in self.items)]
        with self.file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, columns, restval="")
            writer.writeheader()
            writer.writerows(_row(number, answers, dice) for number, answers in enumerate(written))
        return written

    def run(self) -> Figures:
        """Loads the file."""
        self.done = import_responses(self.file, wave=self.wave)
        return {"rows": self.done.accepted}

    def verify(self) -> None:
        """Every row is stored once, with the answers that were written, and a second run adds nothing."""
        stored = [response.answers for response in Response.objects.filter(wave=self.wave)]
        check(len(stored) == len(self.written), f"{len(stored)} of {len(self.written)} rows are stored.")
        check(sorted(map(_plain, stored)) == sorted(map(_plain, self.written)), "The answers are not those written.")
        again = import_responses(self.file, wave=self.wave)
        check((again.accepted, again.already_present) == (0, len(stored)), "A second run stored rows again.")

    def work(self, n: int) -> str:
        """How many rows."""
        return f"{n:,} rows × {len(invented.WORDINGS)} questions"

    def result(self, figures: Mapping[str, float]) -> str:
        """Rows a second."""
        return f"{figures['rows'] / figures['seconds']:,.0f} rows/s"


def _row(number: int, answers: dict, dice: random.Random) -> dict[str, str]:
    joined = {code: ";".join(value) if isinstance(value, list) else value for code, value in answers.items()}
    return {
        "row_id": f"booklet-{number}",
        "area": "thistledown",
        "service": dice.choice(invented.SERVICES),
        "stage": dice.choice(invented.STAGES),
        "audience": "AGE_8_11",
        "month": dice.choice(MONTHS),
        **joined,
    }


def _plain(answers: Mapping) -> str:
    return repr(sorted(answers.items()))
