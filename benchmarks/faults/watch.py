"""Looks at a site all the while: what its programs hold in memory, and what they write that nobody asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.faults.site import Site
from benchmarks.server import held_mb

# What a program has not learned and loaded by then, it keeps for each of what it does.
SETTLED = 30.0
PER = 10_000


@dataclass
class Life:
    """One program from its start to its end: what it held, and how many answers had come by then."""

    began: float
    seen: list[tuple[float, int, float]] = field(default_factory=list)

    def growth(self) -> tuple[float, int]:
        """How much more it held at last than once it had settled, in MB, and how many answers came between."""
        settled = [one for one in self.seen if one[0] - self.began >= SETTLED]
        if len(settled) < 2:
            return 0.0, 0
        return settled[-1][2] - settled[0][2], settled[-1][1] - settled[0][1]

    def more(self) -> float:
        """How much more it ever held than once it had settled, in MB."""
        settled = [mb for at, _, mb in self.seen if at - self.began >= SETTLED]
        return max(settled) - settled[0] if settled else 0.0


class Watch(threading.Thread):
    """Looks every few seconds, until it is over."""

    def __init__(self, site: Site, *, answers: Callable[[], int], clock: Callable[[], float], every: float) -> None:
        super().__init__(daemon=True)
        self.site, self.answers, self.clock, self.every = site, answers, clock, every
        self.over = threading.Event()
        self.lives: dict[str, dict[int, Life]] = {"web": {}, "sweeper": {}}
        self.largest: dict[str, float] = {"web": 0.0, "sweeper": 0.0, "journal": 0.0}

    def run(self) -> None:
        """Looks, and never stops what it looks at."""
        while not self.over.wait(self.every):
            at, answers = self.clock(), self.answers()
            for name, pid, mb in self._programs():
                if mb:
                    self.lives[name].setdefault(pid, Life(at)).seen.append((at, answers, mb))
                    self.largest[name] = max(self.largest[name], mb)
            self.largest["journal"] = max(self.largest["journal"], self._journal_mb())

    def _programs(self) -> Iterator[tuple[str, int, float]]:
        server, sweeper = self.site.server, self.site.sweeper.pid
        yield "web", server.process.pid, server.held_mb()
        yield "sweeper", sweeper, held_mb(sweeper)

    def _journal_mb(self) -> float:
        """What SQLite has not yet put where it belongs."""
        return sum(_size(file) for file in self.site.disk.place.glob("*-wal")) / 1024 / 1024

    def growth(self, name: str) -> float:
        """By how much a program grows for so many answers, in MB, over all its lives together."""
        grown = [life.growth() for life in self.lives[name].values()]
        answers = sum(many for _, many in grown)
        return PER * sum(mb for mb, _ in grown) / answers if answers else 0.0

    def most_more(self, name: str) -> float:
        """How much more a program ever came to hold than once it had settled, in its worst life, in MB."""
        return max((life.more() for life in self.lives[name].values()), default=0.0)

    def logs_mb(self) -> float:
        """What its programs have said."""
        return sum(_size(self.site.folder / name) for name in ("web.txt", "sweeper.txt")) / 1024 / 1024


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
