"""Coding and counting: what one response costs between the vault and the sums that figures are made of."""

from __future__ import annotations

import random
import time
import tracemalloc
import uuid
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from feedback.anonymisation.actions import code_cleared
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Quarter
from feedback.releases.proving import prove
from feedback.releases.tabulation import Plans, people, tabulate
from surveys.frame.models import Area
from surveys.responses.actions import Place, new_response
from surveys.responses.models import Response
from tests.factories import asking

BATCH = 1000
UNTIL = Quarter(9999, 4)
QUESTIONS = sum(item.is_closed for item in invented.items())


class Tally(Flow):
    """The sweep codes what was cleared; then it is counted, and proved against the vault."""

    sizes = {Size.TINY: 60, Size.SMALL: 2_000, Size.LARGE: 10_000}

    def setup(self, n: int, folder: Path) -> None:
        """Stores responses that are past safeguarding."""
        self.n = n
        self.area = asking.area("north")
        self.closed = [item for item in invented.items() if item.is_closed]
        self.wave = asking.open_wave(*self.closed, of=self.area)
        responses = self._responses()
        while batch := list(islice(responses, BATCH)):
            Response.objects.bulk_create(batch)

    def _responses(self) -> Iterator[Response]:
        dice = random.Random(7)
        for _ in range(self.n):
            response = new_response(
                uuid.UUID(int=dice.getrandbits(128), version=4), wave=self.wave, edition=self.wave.edition,
                place=Place(self.area.pk), answers=invented.answers(self.closed, dice), language="en", helper="alone",
            )  # fmt: skip
            response.status = Response.Status.CLEARED
            yield response

    def run(self) -> Figures:
        """Codes, counts, and proves; each under a clock of its own."""
        clocks = [time.process_time()]
        self.coded = code_cleared()
        clocks.append(time.process_time())
        plans = Plans()
        self.table = tabulate(Area.objects.get(), until=UNTIL, plans=plans)
        clocks.append(time.process_time())
        self.proofs = prove(self.area, plans)
        clocks.append(time.process_time())
        names = ("coding_ms", "counting_ms", "proving_ms")
        each = {
            name: 1000 * (end - begin) / self.n for name, begin, end in zip(names, clocks, clocks[1:], strict=False)
        }
        return {**each, "counting_mb": self._memory(plans)}

    def _memory(self, plans: Plans) -> float:
        """The most that counting holds at once, beside what was there before."""
        tracemalloc.start()
        tabulate(self.area, until=UNTIL, plans=plans)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak / 2**20

    def verify(self) -> None:
        """Each is coded once, each is counted in every question that all were asked, and the proof holds."""
        check(self.coded == CodedResponse.objects.count() == self.n, f"{self.coded} of {self.n} are coded.")
        counted = {sum(map(people, cells.values())) for cells in self.table.cells["respect"].values()}
        check(counted == {self.n}, f"{counted} of {self.n} are counted.")
        check(bool(self.proofs) and all(proof.holds for proof in self.proofs), "The proof does not hold.")

    def work(self, n: int) -> str:
        """How many responses."""
        return f"{n:,} responses × {QUESTIONS} questions"

    def result(self, figures: Mapping[str, float]) -> str:
        """Processor time of each step, of one response."""
        return (
            f"of processor a response: coding {figures['coding_ms']:.2f} ms, counting {figures['counting_ms']:.3f} ms, "
            f"proving {figures['proving_ms']:.2f} ms; counting holds {figures['counting_mb']:.1f} MB"
        )
