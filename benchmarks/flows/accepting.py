"""Storing answers that phones deliver, against a real web server."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.server import ROOT, Server
from surveys.responses.models import Response
from tests.factories import asking

WARMING = 16


class Accept(Flow):
    """A school answers at once: accepted surveys a second, and how long a phone waits for its thanks."""

    sizes = {Size.TINY: 40, Size.SMALL: 1_000, Size.LARGE: 8_000}
    server: Server | None = None

    def __init__(self, *, clients: int) -> None:
        self.clients = clients

    def setup(self, n: int, folder: Path) -> None:
        """Opens a wave, writes what will be delivered, and starts the server."""
        area = asking.area("thistledown")
        self.wave = asking.open_wave(*invented.items(), of=area, code="afternoon")
        self.sent = self._invent(n)
        self.file = folder / "deliveries.txt"
        self.file.write_text("".join(f"{self._path(one)}\t{self._body(one)}\n" for one in self.sent))
        self.server = Server()
        for _ in range(WARMING):
            self.server.get(f"/a/{self.wave.code}/")

    def _invent(self, n: int) -> dict[uuid.UUID, dict]:
        dice, asked = random.Random("afternoon"), invented.items()
        return {uuid.UUID(int=dice.getrandbits(128), version=4): invented.answers(asked, dice) for _ in range(n)}

    def _path(self, one: uuid.UUID) -> str:
        return f"/a/{self.wave.code}/responses/{one}/"

    def _body(self, one: uuid.UUID) -> str:
        said = {"edition": self.wave.edition.digest, "language": "en", "code": None, "helper": "alone"}
        return json.dumps({**said, "answers": self.sent[one]})

    def run(self) -> Figures:
        """Lets the phones deliver."""
        before = self.server.cpu_seconds()
        command = [sys.executable, "-m", "benchmarks.deliveries", str(self.server.port), str(self.clients), self.file]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        self.told = json.loads(done.stdout)
        times = self.told["times"]
        return {
            "surveys": len(self.told["acknowledged"]),
            "seconds": self.told["seconds"],
            "p50_ms": 1000 * times[len(times) // 2],
            "p95_ms": 1000 * times[len(times) * 95 // 100],
            "server_cpu_ms": 1000 * (self.server.cpu_seconds() - before) / len(times),
            "client_cpu_ms": 1000 * self.told["client_cpu_seconds"] / len(times),
            "peak_mb": self.server.peak_mb(),
            "connections_lost": self.told["lost"],
        }

    def verify(self) -> None:
        """Everything was acknowledged, and what was acknowledged is stored once, as it was sent."""
        check(not self.told["refused"], f"Refused with status {sorted(set(self.told['refused']))}.")
        acknowledged = self.told["acknowledged"]
        check(sorted(acknowledged) == sorted(map(self._path, self.sent)), "Not every delivery was acknowledged once.")
        stored = [(row.pk, row.answers) for row in Response.objects.filter(wave=self.wave)]
        check(len(stored) == len(self.sent), f"{len(self.sent)} were acknowledged, {len(stored)} are stored.")
        check(dict(stored) == self.sent, "What is stored is not what was sent.")

    def close(self) -> None:
        """Stops the server."""
        if self.server:
            self.server.stop()

    def work(self, n: int) -> str:
        """How many surveys, and how many at a time."""
        return f"{n:,} surveys, {self.clients} clients"

    def result(self, figures: Mapping[str, float]) -> str:
        """Surveys a second, and the wait."""
        rate = figures["surveys"] / figures["seconds"]
        wait = f"p50 {figures['p50_ms']:.1f} ms, p95 {figures['p95_ms']:.1f} ms"
        return f"{rate:,.0f} surveys/s; {wait}; server CPU {figures['server_cpu_ms']:.2f} ms each"
