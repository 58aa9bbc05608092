"""A network as a bus has it: what is sent gets lost, or its reply does; some of it comes twice, or much later."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from enum import StrEnum
from random import Random

from benchmarks.wire import Line, Reply

# How long nothing is tried where nobody listens, as after a power cut.
PAUSE = 0.05


class Fate(StrEnum):
    """What becomes of one request."""

    ARRIVES = "arrives"
    NEVER_LEAVES = "never leaves"
    CUT_OFF = "cut off"  # half of it arrives
    REPLY_LOST = "reply lost"
    HUNG_UP = "hung up"  # the device is gone before there is a reply
    TWICE = "twice"
    AT_ONCE = "twice at once"
    LATE = "late"  # it arrives when the device has long given up, and after what was sent later


ODDS = {
    Fate.ARRIVES: 40,
    Fate.NEVER_LEAVES: 10,
    Fate.CUT_OFF: 8,
    Fate.REPLY_LOST: 12,
    Fate.HUNG_UP: 8,
    Fate.TWICE: 7,
    Fate.AT_ONCE: 8,
    Fate.LATE: 7,
}


def fate_of(dice: Random) -> Fate:
    """What the dice say of the next request."""
    return dice.choices(list(ODDS), ODDS.values())[0]


class BadNetwork:
    """Carries requests to one server, each as its fate will have it, and counts what came of them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.fates: Counter[Fate] = Counter()
        self.statuses: Counter[int] = Counter()
        self.unanswered = 0
        self.lock = threading.Lock()
        self.pause = threading.Event()

    def carry(self, request: bytes, fate: Fate) -> list[Reply]:
        """The replies that reach the device; none if it hears nothing. What is late, its keeper sends again."""
        with self.lock:
            self.fates[fate] += 1
        match fate:
            case Fate.ARRIVES:
                return self._asked(request)
            case Fate.TWICE:
                return [*self._asked(request), *self._asked(request)]
            case Fate.AT_ONCE:
                with ThreadPoolExecutor(2) as both:
                    return [reply for replies in both.map(self._asked, [request] * 2) for reply in replies]
            case Fate.REPLY_LOST:
                self._asked(request)
            case Fate.CUT_OFF:
                self._sent(request[: -len(request) // 3])
            case Fate.HUNG_UP:
                self._sent(request)
        return []

    def _asked(self, request: bytes) -> list[Reply]:
        """What the server answers; nothing if it is killed meanwhile, or not there."""
        try:
            with closing(Line(self.port)) as line:
                reply = line.ask(request)
        except OSError:
            self._nobody()
            return []
        with self.lock:
            self.statuses[reply.status] += 1
        return [reply]

    def _sent(self, request: bytes) -> None:
        """Sends and does not stay for a reply."""
        try:
            with closing(Line(self.port)) as line:
                line.socket.sendall(request)
        except OSError:
            self._nobody()

    def _nobody(self) -> None:
        with self.lock:
            self.unanswered += 1
        self.pause.wait(PAUSE)
