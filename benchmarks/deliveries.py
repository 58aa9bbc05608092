"""The phones: a process of its own that delivers answers, several at a time, and says which were acknowledged.

`python -m benchmarks.deliveries PORT CLIENTS FILE`: each line of the file holds a path and a body, with a tab between.
A connection that is lost is opened anew and the same delivery sent again, as a phone does.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.wire import Line, request

HEADERS = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"}
ACKNOWLEDGED = {200, 201}
MOST_TRIES = 5


class Phone(threading.Thread):
    """One client with one connection, which delivers its share one after the other."""

    def __init__(self, port: int, share: Iterable[tuple[str, str]], start: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.port, self.barrier = port, start
        self.requests = [
            (path, request("PUT", path, port=port, headers=HEADERS, body=body.encode())) for path, body in share
        ]
        self.acknowledged: list[str] = []
        self.refused: list[int] = []
        self.times: list[float] = []
        self.lost = 0
        self.line = Line(port)

    def run(self) -> None:
        """Delivers, once everybody is ready."""
        self.barrier.wait()
        for path, prepared in self.requests:
            began = time.perf_counter()
            status = self._deliver(prepared)
            self.times.append(time.perf_counter() - began)
            if status in ACKNOWLEDGED:
                self.acknowledged.append(path)
            else:
                self.refused.append(status)

    def _deliver(self, prepared: bytes) -> int:
        for _ in range(MOST_TRIES):
            try:
                return self.line.ask(prepared).status
            except OSError:
                self.lost += 1
                self.line = Line(self.port)
        return 0


def deliver(port: int, clients: int, file: Path) -> dict:
    """Delivers every line of the file with so many phones."""
    lines = [tuple(line.split("\t", 1)) for line in file.read_text().splitlines()]
    barrier = threading.Barrier(clients + 1)
    phones = [Phone(port, lines[number::clients], barrier) for number in range(clients)]
    for phone in phones:
        phone.start()
    barrier.wait()
    began, cpu = time.perf_counter(), time.process_time()
    for phone in phones:
        phone.join()
    return {
        "seconds": time.perf_counter() - began,
        "client_cpu_seconds": time.process_time() - cpu,
        "times": sorted(one for phone in phones for one in phone.times),
        "acknowledged": [path for phone in phones for path in phone.acknowledged],
        "refused": [status for phone in phones for status in phone.refused],
        "lost": sum(phone.lost for phone in phones),
    }


if __name__ == "__main__":
    json.dump(deliver(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])), sys.stdout)
