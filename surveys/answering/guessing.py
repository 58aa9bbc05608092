"""Slows down who guesses codes, without ever locking out a school behind one address.

Only wrong codes are counted, in this process's memory, for ten minutes, under a hash of the address with a key that is
forgotten with the process. Past the limit every try from there, right or wrong, takes a second, one after another: a
class typing its codes still gets in, and a program gets one try a second.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

WRONG_BEFORE_SLOW = 200
WINDOW_SECONDS = 600
ADDRESSES_KEPT = 10_000
PAUSE_SECONDS = 1.0
NETWORK_BITS = 64


class Guesses:
    """The wrong codes of the last minutes, by address."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.clock, self.pause = clock, pause
        self.key = secrets.token_bytes(32)
        self.wrong: dict[bytes, deque[float]] = {}
        self.turn = threading.Lock()
        self.lock = threading.Lock()

    def slow_down(self, address: str) -> bool:
        """Waits if many wrong codes came from an address; False if too many wait already and it should come again."""
        if not self._is_guessing(address):
            return True
        if not self.turn.acquire(blocking=False):
            return False
        try:
            self.pause(PAUSE_SECONDS)
        finally:
            self.turn.release()
        return True

    def was_wrong(self, address: str) -> None:
        """Counts a wrong code."""
        with self.lock:
            if len(self.wrong) >= ADDRESSES_KEPT:
                self.wrong.clear()
            self.wrong.setdefault(self._mark(address), deque(maxlen=WRONG_BEFORE_SLOW)).append(self.clock())

    def _is_guessing(self, address: str) -> bool:
        with self.lock:
            times = self.wrong.get(self._mark(address), ())
            return len(times) == WRONG_BEFORE_SLOW and self.clock() - times[0] < WINDOW_SECONDS

    def _mark(self, address: str) -> bytes:
        return hashlib.blake2b(address.encode(), key=self.key, digest_size=16).digest()


guesses = Guesses()


def address_of(request: HttpRequest) -> str:
    """Where a try comes from: behind a proxy, what the proxy itself added last. It is hashed at once and not kept.

    Of an address of the sixth version only the network counts: one connection has 2**64 addresses in it, and would
    otherwise have as many first tries.
    """
    if settings.EARSHOT_BEHIND_PROXY:
        return _network(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    return _network(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(found.ipv4_mapped or IPv6Network((int(found), NETWORK_BITS), strict=False))
