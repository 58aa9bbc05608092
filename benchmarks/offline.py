"""Devices that hold finished answers and deliver them whenever there is a little signal, as waiting.js does."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from queue import Queue
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from benchmarks.bad_network import BadNetwork, Fate, fate_of
from benchmarks.server import Server
from benchmarks.wire import Reply, request
from surveys.answering.sealing import seal

# Nobody may believe what a device thinks of the time: one woke up in 1970, one in a year to come.
CLOCKS = ("Thu, 01 Jan 1970 00:00:07 GMT", "Fri, 31 Dec 2099 23:59:59 GMT")
HEADERS = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
FORM = {**HEADERS, "Content-Type": "application/x-www-form-urlencoded"}
TAKEN = {200, 201}
# Taken back, or taken back already by a request whose reply was lost.
GONE = {200, 404}
AT_A_TIME = 16
PATIENCE = 600


@dataclass(frozen=True)
class Finished:
    """One finished answer on a device, and what is to become of it."""

    id: UUID
    said: dict
    is_regretted: bool = False

    def body(self, *, key: str, public: str) -> bytes:
        """What the device puts aside: sealed for this response."""
        sealed = seal(json.dumps(self.said).encode(), response_id=str(self.id), public=public)
        return json.dumps({"key": key, "sealed": sealed}).encode()


@dataclass
class Errand:
    """What a device still has to do: deliver an answer, or take one back."""

    finished: Finished
    request: bytes
    # With which request that answer was delivered, if this one takes it back.
    delivered: bytes = b""

    @property
    def is_taking_back(self) -> bool:
        """Whether it takes an answer back."""
        return bool(self.delivered)

    def is_done_by(self, reply: Reply) -> bool:
        """Whether this reply is what the device waited for."""
        return reply.status in (GONE if self.is_taking_back else TAKEN)


@dataclass
class Heard:
    """Every reply that reached devices, by response."""

    new: deque[UUID] = field(default_factory=deque)
    receipts: deque[tuple[UUID, str]] = field(default_factory=deque)
    refused: deque[tuple[int, bytes]] = field(default_factory=deque)

    @property
    def acknowledged(self) -> set[UUID]:
        """The responses that some device was told are stored."""
        return {one for one, _ in self.receipts}

    def note(self, errand: Errand, reply: Reply) -> None:
        """Remembers what a device was told; that something failed and to try again is no answer yet."""
        if reply.status >= 500:
            return
        if not errand.is_done_by(reply):
            self.refused.append((reply.status, reply.body[:200]))
        elif not errand.is_taking_back:
            self.receipts.append((errand.finished.id, json.loads(reply.body)["receipt"]))
            if reply.status == 201:
                self.new.append(errand.finished.id)


class Device:
    """One device, with up to three answers of different children."""

    def __init__(self, dice: Random, address: str, port: int, finished: Iterable[tuple[Finished, bytes]]) -> None:
        self.dice, self.address, self.port = dice, address, port
        self.clock = {"Date": dice.choice(CLOCKS)} if dice.random() < 0.5 else {}
        self.errands = [self._delivery(one, body) for one, body in finished]

    def _delivery(self, one: Finished, body: bytes) -> Errand:
        path = f"{self.address}responses/{one.id}/"
        return Errand(one, request("PUT", path, port=self.port, headers={**HEADERS, **self.clock}, body=body))

    def _taking_back(self, delivery: Errand, receipt: str) -> Errand:
        body = urlencode({"words": receipt, "step": "back"}).encode()
        asked = request("POST", f"{self.address}receipt/", port=self.port, headers={**FORM, **self.clock}, body=body)
        return Errand(delivery.finished, asked, delivered=delivery.request)

    def meets_signal(self, network: BadNetwork, heard: Heard) -> Iterator[bytes]:
        """Tries what it has to do, in any order, until something gets no reply; gives what the network kept back."""
        self.dice.shuffle(self.errands)
        for errand in list(self.errands):
            fate = fate_of(self.dice)
            replies = network.carry(errand.request, fate)
            if fate is Fate.LATE:
                yield errand.request
            for reply in replies:
                heard.note(errand, reply)
            settled = next((reply for reply in replies if reply.status < 500), None)
            if settled is None:
                return
            self.errands.remove(errand)
            if not errand.is_done_by(settled):
                continue  # Refused for good, which is no way to end: it was noted.
            if errand.is_taking_back:
                # A copy of the answer was still on its way.
                yield errand.delivered
            elif errand.finished.is_regretted:
                self.errands.append(self._taking_back(errand, json.loads(settled.body)["receipt"]))


class Crowd:
    """All devices, a few of which have signal at any moment; until none has anything left to do."""

    def __init__(self, devices: Iterable[Device], network: BadNetwork) -> None:
        self.network, self.heard = network, Heard()
        self.waiting: Queue[Device | bytes | None] = Queue()
        for device in devices:
            self.waiting.put(device)
        self.threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(AT_A_TIME)]

    def run(self) -> None:
        """Returns when nothing waits anywhere, on a device or on the way, or when it has taken far too long."""
        self.until = time.monotonic() + PATIENCE
        for thread in self.threads:
            thread.start()
        self.waiting.join()
        for _ in self.threads:
            self.waiting.put(None)
        for thread in self.threads:
            thread.join()

    def give_up(self) -> None:
        """Nothing more is tried: whoever serves will not come back."""
        self.until = 0.0

    def _serve(self) -> None:
        while (next_one := self.waiting.get()) is not None:
            try:
                self._let(next_one)
            finally:
                self.waiting.task_done()

    def _let(self, next_one: Device | bytes) -> None:
        if time.monotonic() > self.until:
            return
        if isinstance(next_one, bytes):
            self.network.carry(next_one, Fate.REPLY_LOST)
            return
        for late in next_one.meets_signal(self.network, self.heard):
            self.waiting.put(late)
        if next_one.errands:
            self.waiting.put(next_one)


class PowerCuts(threading.Thread):
    """Kills the server, and starts it again, each time that so many replies have reached devices."""

    def __init__(self, server: Server, heard: Heard, after: Iterable[int]) -> None:
        super().__init__(daemon=True)
        self.server, self.heard, self.after = server, heard, sorted(after)
        self.number = 0
        self.over = threading.Event()

    def run(self) -> None:
        """In the middle of whatever the server is doing, until it is over."""
        for replies in self.after:
            while len(self.heard.receipts) < replies:
                if self.over.wait(0.002):
                    return
            self.server.kill()
            self.number += 1
            self.server.start()
