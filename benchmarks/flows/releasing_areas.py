"""Closing and releasing areas while a million answers of a nation are there: one area, then every area."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.rules import AREA_TABLES
from feedback.releases.actions import approve, close_area_quarter, propose, publish
from feedback.releases.interpretation_actions import leave_open
from feedback.releases.models import AttackReport, ClosedGroup, ClosedWindow, Release
from feedback.releases.released import ONE_WAY
from feedback.releases.tabulation import Plans
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker

QUARTER = invented.QUARTERS[0]
OF_ONE_AREA = 6_667
FEWEST_AREAS = 2
STEPS = ("close", "propose", "publish")


class Clocks:
    """What each step of the work took, by the processor's clock and by the one on the wall."""

    def __init__(self) -> None:
        self.cpu = dict.fromkeys(STEPS, 0.0)
        self.wall = dict.fromkeys(STEPS, 0.0)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Adds what is done inside to a step."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        self.cpu[step] += time.process_time() - cpu
        self.wall[step] += time.perf_counter() - wall


class ReleaseAreas(Flow):
    """An analyst closes a quarter, proposes, and a second person lets it go out: in one area, then in all others.

    Proposing and publishing attack the figures, as an intruder would; that is counted by itself.
    """

    sizes = {Size.TINY: 240, Size.SMALL: 10 * OF_ONE_AREA, Size.LARGE: 150 * OF_ONE_AREA}

    def setup(self, n: int, folder: Path) -> None:
        """Stores a quarter's answers to twenty questions in every area."""
        self.n, many = n, max(FEWEST_AREAS, n // OF_ONE_AREA)
        self.areas = [asking.area(f"area-{number:03}") for number in range(many)]
        edition = asking.edition(*invented.items(), of=self.areas[0])
        for area in self.areas:
            invented.frame(area)
            invented.store_coded_responses(edition, area, n=n // many, quarters=(QUARTER,))
        self.analyst, self.checker = analyst(), checker()

    def run(self) -> Figures:
        """One area under clocks of its own; then the others."""
        self.one, self.all = Clocks(), Clocks()
        self._release(self.areas[0], self.one, Plans())
        before = peak_mb()
        # Whoever closes many at once reads the questions once.
        plans = Plans()
        for area in self.areas[1:]:
            self._release(area, self.all, plans)
        figures = {"areas": len(self.areas), "peak_after_one_mb": before, "peak_after_all_mb": peak_mb()}
        for step in STEPS:
            figures |= {f"one_{step}_cpu": self.one.cpu[step], f"one_{step}_wall": self.one.wall[step]}
            figures |= {f"all_{step}_cpu": self.one.cpu[step] + self.all.cpu[step]}
            figures |= {f"all_{step}_wall": self.one.wall[step] + self.all.wall[step]}
        return figures

    def _release(self, area: Area, clocks: Clocks, plans: Plans) -> None:
        with clocks.on("close"):
            draft = close_area_quarter(area, quarter=QUARTER, by=self.analyst, plans=plans)
            check(draft is not None, f"Nothing of {area.code} closed.")
            leave_open(draft, by=self.analyst)
        with clocks.on("propose"):
            propose(draft, by=self.analyst)
        with clocks.on("publish"):
            approve(draft, by=self.checker)
            publish(draft, by=self.checker)

    def verify(self) -> None:
        """Every area is out, every table of it is there, everybody who may be counted is in it, and it was attacked."""
        published = Release.objects.published().count()
        check(published == len(self.areas), f"{published} of {len(self.areas)} releases are published.")
        asked = ClosedGroup.objects.filter(window__table="overall", window__question="listens")
        counted = CodedResponse.objects.counted().count()
        found = sum(asked.values_list("asked", flat=True))
        check(found == counted > 0.9 * self.n, f"{found} of {counted} are in the figures.")
        tables = set(ClosedWindow.objects.filter(release__area=self.areas[0]).values_list("table", flat=True))
        wanted = {table.value for table in (AREA_TABLES if self.n >= OF_ONE_AREA else ONE_WAY)}
        check(tables == wanted, f"Only these tables closed: {sorted(tables)}.")
        check(AttackReport.objects.exists(), "Nothing was attacked.")

    def work(self, n: int) -> str:
        """How many responses and areas."""
        many = max(FEWEST_AREAS, n // OF_ONE_AREA)
        return f"{n:,} responses, {many} areas, 20 questions"

    def result(self, figures: Mapping[str, float]) -> str:
        """Closing and publishing without and with the attacks, and memory."""
        of = {
            name: ", ".join(f"{step} {figures[f'{name}_{step}_cpu']:.2f} s" for step in STEPS)
            for name in ("one", "all")
        }
        return (
            f"of processor, one area: {of['one']}; {figures['areas']:.0f} areas: {of['all']}; "
            f"{figures['peak_after_one_mb']:.0f} MB after one, {figures['peak_after_all_mb']:.0f} MB after all"
        )


def peak_mb() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
