"""Respondents who answer at a steady rate until they are told to stop, in a process of their own.

`python -m benchmarks.feeding FILE`: the file says as JSON where the survey is, how many a second (0 is as many as can
be), and where to write down what was acknowledged. It stops when its standard input ends, after whatever it had begun
is acknowledged. Whoever gets no answer, or is told to come again, tries again as a phone does.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any, TextIO
from uuid import UUID

from benchmarks.peers.questions import chosen
from benchmarks.wire import Line, Reply, request

CLIENTS = 8
TAKEN = {200, 201}
COME_AGAIN = {503}
# One survey in so many is delivered again although there were thanks, and one in so many hangs up before them.
AGAIN, HANGS_UP = 20, 20
# One in so many writes something.
WRITES = 5
PAUSE = 0.2
HEADERS = {"Accept": "*/*", "Sec-Fetch-Site": "same-origin"}
AS_JSON = {**HEADERS, "Content-Type": "application/json"}


def digest(answers: dict[str, Any]) -> str:
    """What is remembered of answers, to compare them with what is stored, where several chosen have another order."""
    same = {code: sorted(answer) if isinstance(answer, list) else answer for code, answer in answers.items()}
    return blake2b(json.dumps(same, sort_keys=True).encode(), digest_size=12).hexdigest()


def line_of(own: UUID, answers: dict[str, Any]) -> str:
    """What is written down of an answer that was acknowledged."""
    return f"{own.hex} {digest(answers)}\n"


def answers_of(number: int) -> dict[str, Any]:
    """What the respondent with this number answers; most write nothing."""
    given = dict(chosen(number))
    if number % WRITES:
        given.pop("change")
    return given


def id_of(number: int) -> UUID:
    """The random id that the device of this respondent drew."""
    return UUID(int=Random(number).getrandbits(128), version=4)


@dataclass
class Feed:
    """What all of them share: whose turn it is, and what came of it."""

    port: int
    path: str
    edition: str
    rate: float
    first: int
    file: TextIO
    told: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.turns = self._turns()

    def _turns(self) -> Iterator[tuple[int, float]]:
        """Whose turn it is, and when. What the server was away for is not made up for: nobody waits in a queue."""
        at, number = time.perf_counter(), self.first
        while not self.over.is_set():
            at = max(at + (1 / self.rate if self.rate else 0), time.perf_counter() - 1)
            yield number, at
            number += 1

    def next_turn(self) -> tuple[int, float] | None:
        """The next respondent; None when it is over."""
        with self.lock:
            return next(self.turns, None)

    def acknowledged(self, own: UUID, given: dict[str, Any], took: float) -> None:
        """Writes down what the server has said is stored."""
        with self.lock:
            self.file.write(line_of(own, given))
            self.times.append(took)

    def count(self, what: str) -> None:
        """One more of these."""
        with self.lock:
            self.told[what] += 1

    def summary(self) -> dict[str, Any]:
        """What came of all of it."""
        times = sorted(self.times) or [0.0]
        return {
            "acknowledged": len(self.times),
            "p50_ms": 1000 * times[len(times) // 2],
            "p95_ms": 1000 * times[len(times) * 95 // 100],
            "longest_seconds": times[-1],
            "told": dict(self.told),
            "refused": dict(self.refused),
        }


class Client(threading.Thread):
    """One respondent after another, each from opening to thanks, on a connection that stays open as long as it can."""

    def __init__(self, feed: Feed, name: int) -> None:
        super().__init__(daemon=True)
        self.feed, self.dice = feed, Random(f"client {name}")
        self.line: Line | None = None

    def run(self) -> None:
        """Answers until it is over."""
        while turn := self.feed.next_turn():
            number, at = turn
            if (early := at - time.perf_counter()) > 0:
                time.sleep(early)
            self._answers(number)

    def _answers(self, number: int) -> None:
        feed, given, began = self.feed, answers_of(number), time.perf_counter()
        own = id_of(number)
        said = {"edition": feed.edition, "language": "en", "code": None, "helper": "alone", "answers": given}
        self._until_taken("GET", feed.path, b"", HEADERS)
        delivery = ("PUT", f"{feed.path}responses/{own}/", json.dumps(said).encode(), AS_JSON)
        if self.dice.randrange(HANGS_UP) == 0:
            self._hang_up_after(*delivery)
        if self._until_taken(*delivery):
            feed.acknowledged(own, given, time.perf_counter() - began)
            if self.dice.randrange(AGAIN) == 0:
                feed.count("again")
                self._until_taken(*delivery)

    def _until_taken(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bool:
        """Tries until there is an answer that means yes or no; whether it was yes."""
        prepared = request(method, path, port=self.feed.port, headers=headers, body=body)
        while True:
            reply = self._ask(prepared)
            if reply and reply.status in TAKEN:
                if method == "PUT":
                    self.feed.count(f"told {reply.status}")
                return True
            if reply and reply.status not in COME_AGAIN:
                with self.feed.lock:
                    self.feed.refused[reply.status] += 1
                return False
            self.feed.count("told to come again" if reply else "no answer")
            time.sleep(PAUSE)

    def _ask(self, prepared: bytes) -> Reply | None:
        try:
            self.line = self.line or Line(self.feed.port)
            return self.line.ask(prepared)
        except OSError:
            self.line = None
            return None

    def _hang_up_after(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        """Sends and is gone; whatever comes of it, the same is sent again."""
        self.feed.count("hung up")
        try:
            line = Line(self.feed.port)
            line.socket.sendall(request(method, path, port=self.feed.port, headers=headers, body=body))
            line.close()
        except OSError:
            pass


def feed(told: dict[str, Any]) -> dict[str, Any]:
    """Feeds until standard input ends."""
    with Path(told.pop("file")).open("a") as file:
        shared = Feed(**told, file=file)
        clients = [Client(shared, number) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        sys.stdin.read()
        shared.over.set()
        for client in clients:
            client.join()
    return shared.summary()


if __name__ == "__main__":
    json.dump(feed(json.loads(Path(sys.argv[1]).read_text())), sys.stdout)
