"""A thousand devices deliver while web server, sweeper, database, disk, line, clock and power fail in turn."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from benchmarks.faults import proof
from benchmarks.faults.site import Site
from benchmarks.faults.trouble import Trouble, faults_of
from benchmarks.flow import Figures, Size
from benchmarks.flows.devices import Devices

MB = 400
ROUNDS = 2
# The last fault comes when so much has arrived.
BEFORE_THE_END = 0.9


class Faults(Devices):
    """Whatever fails meanwhile, every answer is stored once, and swept."""

    sizes = {Size.TINY: 40, Size.SMALL: 1_000, Size.LARGE: 3_000}
    honest_failures = frozenset({503})
    site: Site | None = None

    def lacks(self) -> str:
        """Root and loop devices for a disk that can fail; PostgreSQL's programs where it is the database."""
        return proof.lacks()

    def _start(self, n: int, folder: Path) -> None:
        # Made before the database is moved to where it can fail.
        self.cards = iter(list(self.cards))
        self.site = Site(folder, mb=MB)
        self.server = self.site.server
        self._bring_devices(n)
        faults = faults_of(self.site) * (ROUNDS if n >= self.sizes[Size.SMALL] else 1)
        random.Random("faults").shuffle(faults)
        part = len(self.finished) * BEFORE_THE_END / len(faults)
        replies = self.crowd.heard.receipts
        self.trouble = Trouble(self.site, faults, has_come=lambda number: len(replies) >= number * part,
                               give_up=self.crowd.give_up)  # fmt: skip

    def run(self) -> Figures:
        """Lets them deliver until nothing waits, while everything fails once or twice; then what is left is swept."""
        self.trouble.start()
        self.crowd.run()
        self.trouble.over.set()
        self.trouble.join()
        self.site.sweep_to_the_end()
        peak = self.server.peak_mb()
        self.site.stop_and_look()
        told_to_wait = sum(count for status, count in self.network.statuses.items() if status >= 500)
        return {
            **self._what_went_wrong(),
            **{f"fault_{name}": count for name, count in sorted(self.trouble.happened.items())},
            "faults": self.trouble.happened.total(),
            "told_to_wait": told_to_wait,
            "peak_mb": peak,
        }

    def verify(self) -> None:
        """Every answer is there once, as it was given; every fault happened; every sweep came to its end."""
        proof.check_everything_failed(self.trouble)
        self._check_what_was_told()
        self._check_what_is_stored()
        self._check_cards()
        proof.check_sweeps()

    def _days(self) -> set[date]:
        """Our own clock was a day ahead for a while."""
        return {*super()._days(), timezone.localdate() + timedelta(days=1)}

    def close(self) -> None:
        """Stops everything."""
        if self.site:
            self.site.close()

    def work(self, n: int) -> str:
        """How many devices."""
        return f"{n:,} devices; everything fails"

    def result(self, figures: Mapping[str, float]) -> str:
        """How much failed, and that it made no difference."""
        return (
            f"{figures['answers']:,.0f} answers, each stored once and swept; {figures['faults']:.0f} faults; "
            f"{figures['requests']:,.0f} requests, {figures['told_to_wait']:,.0f} of them told to try again"
        )
