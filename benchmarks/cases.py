"""Which cases there are, and how each is run: in its own process, on its own database."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.catalogue import FLOWS
from benchmarks.commands import CommandFailed, python
from benchmarks.databases import Databases
from benchmarks.flow import Engine, Figures, Size

NO_POSTGRES = "set BENCH_POSTGRES_URL to the address of a PostgreSQL where databases may be made"


@dataclass(frozen=True)
class Case:
    """One flow in one size on one kind of database."""

    flow: str
    size: Size
    engine: Engine

    def __str__(self) -> str:
        return f"{self.flow} ({self.size}, {self.engine})"

    def as_json(self) -> dict[str, str]:
        """Its three names."""
        return {"flow": self.flow, "size": str(self.size), "database": str(self.engine)}


@dataclass(frozen=True)
class Outcome:
    """What became of a case: figures of each repeat, or why there are none."""

    case: Case
    repeats: tuple[Figures, ...] = ()
    skipped: str = ""
    failed: str = ""

    @property
    def has_failed(self) -> bool:
        """Whether it was run and its work was not done."""
        return bool(self.failed)

    def middle(self) -> Figures:
        """The median of each figure."""
        names = self.repeats[0] if self.repeats else ()
        return {name: median(figures[name] for figures in self.repeats) for name in names}


def cases(flows: Iterable[str], sizes: Iterable[Size]) -> Iterator[Case]:
    """Every case of these flows, small before large."""
    sizes = list(sizes)
    for flow in flows:
        for engine in FLOWS[flow]().engines:
            yield from (Case(flow, size, engine) for size in sizes)


def outcome(case: Case, databases: Databases | None, folder: Path, *, repeat: int) -> Outcome:
    """What becomes of a case on this machine: its figures, or why there are none."""
    if lacks := FLOWS[case.flow]().lacks():
        return Outcome(case, skipped=lacks)
    if databases is None:
        return Outcome(case, skipped=NO_POSTGRES)
    try:
        return Outcome(case, repeats=measure(case, databases, folder, repeat=repeat))
    except CommandFailed as problem:
        return Outcome(case, failed=str(problem))


def measure(case: Case, databases: Databases, folder: Path, *, repeat: int) -> tuple[Figures, ...]:
    """Runs a case so many times, each on a fresh database."""
    return tuple(_once(case, databases, folder) for _ in range(repeat))


def _once(case: Case, databases: Databases, folder: Path) -> Figures:
    began = time.monotonic()
    print(f"{case} …", end=" ", file=sys.stderr, flush=True)
    with databases.fresh() as address:
        printed = python("-m", "benchmarks.case", case.flow, case.size, str(folder), folder=folder, database=address)
    print(f"{time.monotonic() - began:.1f} s with its preparation", file=sys.stderr)
    return json.loads(printed)
