"""Closing and releasing areas while a million answers of a nation are there: one area, then every area."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.rules import AREA_TABLES
from feedback.releases.actions import approve, close_area_quarter, propose, publish
from feedback.releases.each_area import Order, release_each
from feedback.releases.interpretation_actions import leave_open
from feedback.releases.models import AttackReport, ClosedGroup, ClosedWindow, Release
from feedback.releases.released import ONE_WAY
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker

QUARTER = invented.QUARTERS[0]
OF_ONE_AREA = 6_667
FEWEST_AREAS = 2
STEPS = ("close", "propose", "publish")


class Clocks:
    """What each step of the work took, by the processor's clock."""

    def __init__(self) -> None:
        self.cpu = dict.fromkeys(STEPS, 0.0)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Adds what is done inside to a step."""
        cpu = time.process_time()
        yield
        self.cpu[step] += time.process_time() - cpu


def jobs() -> int:
    """How many areas at a time: SQLite has one writer, and a test shows its rows to nobody else."""
    return 1 if connection.vendor == "sqlite" or connection.in_atomic_block else 2


class ReleaseAreas(Flow):
    """An analyst closes a quarter, proposes, and a second person lets it go out at the desk, in one area.

    Then two people release all others with one command, `release --each`. Proposing and publishing attack the figures,
    as an intruder would.
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
        """One area under clocks of its own; then all as the command releases them."""
        one = Clocks()
        self._release(self.areas[0], one)
        before, cpu, began = peak_mb(), _cpu_seconds(), time.perf_counter()
        order = Order(QUARTER, self.analyst.pk, self.checker.pk)
        for outcome in release_each(order, jobs=jobs()):
            check(not outcome.refused, f"{outcome.area} was not released. {outcome.refused}")
        return {
            "areas": len(self.areas),
            "jobs": jobs(),
            "peak_after_one_mb": before,
            "peak_after_all_mb": peak_mb(),
            "peak_of_others_mb": peak_mb(resource.RUSAGE_CHILDREN),
            "others_cpu": _cpu_seconds() - cpu,
            "others_wall": time.perf_counter() - began,
            **{f"one_{step}_cpu": one.cpu[step] for step in STEPS},
        }

    def _release(self, area: Area, clocks: Clocks) -> None:
        with clocks.on("close"):
            draft = close_area_quarter(area, quarter=QUARTER, by=self.analyst)
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
        """What one area and all others took, and memory."""
        one = ", ".join(f"{step} {figures[f'one_{step}_cpu']:.2f} s" for step in STEPS)
        memory = [f"{figures[f'peak_{when}_mb']:.0f} MB" for when in ("after_one", "after_all", "of_others")]
        return (
            f"one area at the desk: {one} of processor; {figures['areas'] - 1:.0f} by the command, "
            f"{figures['jobs']:.0f} at a time: {figures['others_wall']:.1f} s by the clock, "
            f"{figures['others_cpu']:.1f} s of processor; {memory[0]} after one, {memory[1]} after all, {memory[2]} in "
            "each further process"
        )


def _cpu_seconds() -> float:
    """Of this process and of those that it began and that ended."""
    return sum(sum(resource.getrusage(of)[:2]) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def peak_mb(of: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or the largest that it began, has held so far."""
    return resource.getrusage(of).ru_maxrss / 1024
