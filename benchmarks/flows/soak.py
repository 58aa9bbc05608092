"""An hour at half of what the site can take, with a random fault every minute."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils import timezone

from benchmarks.faults import proof
from benchmarks.faults.site import Site
from benchmarks.faults.trouble import Trouble, faults_of
from benchmarks.faults.watch import Watch
from benchmarks.fed import Feeding
from benchmarks.feeding import digest, line_of
from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.flows.peers import items
from surveys.responses.models import Response
from tests.factories import asking

MB = 12_000
# What is left of a minute, and of the time to find out how much it can take, when the catalogue itself is tested.
MINUTE, SHORT_MINUTE = 60.0, 2.0
MEASURED, SHORT_MEASURED = 20.0, 2.0
PART = 0.5
# What each thread of the web server may keep of the database (the cache of SQLite), and some room beside it.
THREADS, CACHE_MB, ROOM_MB = 4, 20, 32
MOST_LOG_BYTES = 100  # for each answer, reports of faults included
MOST_JOURNAL_MB = 256
BATCH = 2_000
LINE = len(line_of(UUID(int=0), {}))


class Soak(Flow):
    """However long it goes on and whatever fails: stored once, swept, and nothing grows."""

    # In minutes; each has one fault.
    sizes = {Size.TINY: 5, Size.SMALL: 10, Size.LARGE: 60}
    site: Site | None = None
    feeding: Feeding | None = None

    def lacks(self) -> str:
        """Root and loop devices for a disk that can fail; PostgreSQL's programs where it is the database."""
        return proof.lacks()

    def setup(self, n: int, folder: Path) -> None:
        """Opens a wave on a site that can fail."""
        self.n, self.folder = n, folder
        is_short = n <= self.sizes[Size.TINY]
        self.minute, self.measured = (SHORT_MINUTE, SHORT_MEASURED) if is_short else (MINUTE, MEASURED)
        self.wave = asking.open_wave(*items(), of=asking.area("thistledown"), code="soak")
        self.edition = self.wave.edition.digest
        self.acknowledged = folder / "acknowledged.txt"
        self.acknowledged.touch()
        connection.close()
        self.site = Site(folder, mb=MB)

    def _feed(self, *, rate: float, first: int) -> Feeding:
        self.feeding = Feeding(
            {
                "port": self.site.server.port, "path": f"/a/{self.wave.code}/", "edition": self.edition, "rate": rate,
                "first": first, "file": str(self.acknowledged),
            },
            self.folder,
        )  # fmt: skip
        return self.feeding

    def run(self) -> Figures:
        """Finds out how much it can take, then feeds half of it, minute by minute."""
        before = time.perf_counter()
        feeding = self._feed(rate=0, first=1)
        time.sleep(self.measured)
        fastest = feeding.stop()["acknowledged"] / (time.perf_counter() - before)
        began, feeding = time.monotonic(), self._feed(rate=fastest * PART, first=10**9)
        faults = random.Random("soak").choices(faults_of(self.site), k=self.n)
        # The fault comes in the middle of its minute.
        self.trouble = Trouble(
            self.site, faults, give_up=feeding.kill,
            has_come=lambda number: time.monotonic() >= began + (number + 0.5) * self.minute,
        )  # fmt: skip
        self.watch = Watch(self.site, answers=self._fed, clock=time.monotonic, every=self.minute / 12)
        self.trouble.start()
        self.watch.start()
        self._wait_until(began + self.n * self.minute)
        self.told = feeding.stop()
        hours = (time.monotonic() - began) / 3600
        self.trouble.over.set()
        self.trouble.join()
        self.watch.over.set()
        self.watch.join()
        return self._swept(fastest, hours)

    def _wait_until(self, end: float) -> None:
        while time.monotonic() < end and not self.trouble.failed:
            time.sleep(min(1.0, max(0.0, end - time.monotonic())))

    def _fed(self) -> int:
        return self.acknowledged.stat().st_size // LINE

    def _swept(self, fastest: float, hours: float) -> Figures:
        before = time.monotonic()
        self.site.sweep_to_the_end()
        peak = self.site.server.peak_mb()
        self.site.stop_and_look()
        told = self.told["told"]
        return {
            "fastest_rate": fastest,
            "answers": self.told["acknowledged"],
            "rate": self.told["acknowledged"] / hours / 3600,
            "p50_ms": self.told["p50_ms"],
            "p95_ms": self.told["p95_ms"],
            "longest_seconds": self.told["longest_seconds"],
            "no_answer": told.get("no answer", 0),
            "told_to_wait": told.get("told to come again", 0),
            **{f"fault_{name}": count for name, count in sorted(self.trouble.happened.items())},
            "faults": self.trouble.happened.total(),
            "seconds_to_sweep": time.monotonic() - before,
            "web_growth_mb": self.watch.growth("web"),
            "sweeper_growth_mb": self.watch.growth("sweeper"),
            "web_more_mb": self.watch.most_more("web"),
            "sweeper_more_mb": self.watch.most_more("sweeper"),
            "web_mb": self.watch.largest["web"],
            "sweeper_mb": self.watch.largest["sweeper"],
            "journal_mb": self.watch.largest["journal"],
            "logs_mb": self.watch.logs_mb(),
            "peak_mb": peak,
        }

    def verify(self) -> None:
        """Every answer that was acknowledged is there once, as it was given; swept; and nothing has grown."""
        proof.check_everything_failed(self.trouble)
        check(not self.told["refused"], f"Refused: {self.told['refused']}.")
        self._check_what_was_told()
        self._check_what_is_stored()
        proof.check_sweeps()
        self._check_nothing_grows()

    def _check_what_was_told(self) -> None:
        """Only who sent it before, and heard nothing or asks again, is told that it is known already."""
        told = Counter(self.told["told"])
        before = told["again"] + told["hung up"] + told["no answer"] + told["told to come again"]
        check(told["told 200"] <= before, f"{told['told 200'] - before} answers met another one with their id.")

    def _check_what_is_stored(self) -> None:
        sent = dict(line.split() for line in self.acknowledged.read_text().splitlines())
        check(len(sent) > 0, "Nothing was acknowledged.")
        days = {timezone.localdate() + timedelta(days=off) for off in (-1, 0, 1)}
        changed, seen = 0, 0
        for row in Response.objects.filter(wave=self.wave).iterator(chunk_size=BATCH):
            expected = sent.pop(row.pk.hex, None)
            check(expected is not None, "Something is stored that nobody was thanked for.")
            changed += expected != digest(row.answers) or row.received_on not in days
            seen += 1
        check(not sent, f"{len(sent)} of {len(sent) + seen} acknowledged answers are lost.")
        check(not changed, f"{changed} answers are not stored as they were given.")

    def _check_nothing_grows(self) -> None:
        for name, caches in (("web", THREADS * CACHE_MB), ("sweeper", CACHE_MB)):
            more = self.watch.most_more(name)
            check(more <= caches + ROOM_MB, f"The {name} came to hold {more:.0f} MB more than once it had begun.")
        each = self.watch.logs_mb() * 1024 * 1024 / max(self.told["acknowledged"], 1)
        check(self.n <= self.sizes[Size.TINY] or each <= MOST_LOG_BYTES, f"{each:.0f} bytes of log for each answer.")
        journal = self.watch.largest["journal"]
        check(journal <= MOST_JOURNAL_MB, f"{journal:.0f} MB of SQLite's journal were never put where they belong.")

    def close(self) -> None:
        """Stops everything."""
        if self.feeding:
            self.feeding.kill()
        if self.site:
            self.site.close()

    def work(self, n: int) -> str:
        """How long, and how often something fails."""
        return f"{n} minutes at half of what it can take, {n} faults"

    def result(self, figures: Mapping[str, float]) -> str:
        """How much was stored and failed, and what grew."""
        return (
            f"{figures['answers']:,.0f} answers, {figures['rate']:.0f} a second of {figures['fastest_rate']:.0f}, each "
            f"stored once and swept; {figures['faults']:.0f} faults; p95 {figures['p95_ms']:.0f} ms, the longest "
            f"{figures['longest_seconds']:.0f} s; the web server came to hold {figures['web_more_mb']:.0f} MB more "
            f"than at first, the sweeper {figures['sweeper_more_mb']:.0f} MB; logs {figures['logs_mb']:.1f} MB"
        )
