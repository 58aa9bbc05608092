"""Browsers that answer a survey from opening it to its thanks, several at a time, in a process of their own.

`python -m benchmarks.browsers PORT CLIENTS SURVEYS FILE`: the file says as JSON where the survey is, and either what
its form's fields are called or what a device sends. Every respondent is new: no cookie is kept from the one before.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from benchmarks.peers.questions import chosen
from benchmarks.wire import HOST, Line, Reply, request

HIDDEN = re.compile(rb"<input[^>]*type=[\"']hidden[\"'][^>]*>")
PART = re.compile(rb"(name|value)=[\"']([^\"']*)[\"']")
FORM = "application/x-www-form-urlencoded"
MOVED = {301, 302, 303}


@dataclass
class Browser(threading.Thread):
    """One respondent after another, on a connection that stays open."""

    port: int
    survey: dict
    numbers: range
    start_together: threading.Barrier
    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    requests: int = 0
    bytes_down: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.line = Line(self.port)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Answers, once everybody is ready."""
        answer = self._as_device if "edition" in self.survey else self._as_form
        self.start_together.wait()
        for number in self.numbers:
            began = time.perf_counter()
            self.cookies: SimpleCookie = SimpleCookie()
            if problem := answer(number):
                self.failed.append(problem)
            self.times.append(time.perf_counter() - began)

    def _ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        sent = {"Accept": "*/*", "Sec-Fetch-Site": "same-origin", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        reply = self.line.ask(request(method, path, port=self.port, headers=sent, body=body))
        self.requests, self.bytes_down = self.requests + 1, self.bytes_down + reply.size
        if "set-cookie" in reply.headers:
            self.cookies.load(reply.headers["set-cookie"])
        return reply

    def _as_form(self, number: int) -> str:
        """What went wrong; nothing if there were thanks."""
        path, names = self.survey["path"], self.survey["names"]
        given = {names[code]: answer for code, answer in chosen(number).items()}
        body = urlencode({**_hidden_in(self._ask("GET", path).body), **given}, doseq=True).encode()
        origin = f"http://{HOST}:{self.port}"
        reply = self._ask("POST", path, body, **{"Content-Type": FORM, "Origin": origin, "Referer": origin + path})
        if reply.status in MOVED:
            reply = self._ask("GET", urlsplit(reply.headers["location"]).path)
        return "" if reply.status == 200 and self.survey["thanks"].encode() in reply.body else f"{reply.status}"

    def _as_device(self, number: int) -> str:
        """The same of a page that sends by itself, and has its thanks in it."""
        page = self._ask("GET", self.survey["path"])
        said = {"edition": self.survey["edition"], "language": "en", "code": None, "helper": "alone"}
        body = json.dumps({**said, "answers": chosen(number)}).encode()
        own = UUID(int=Random(number).getrandbits(128), version=4)
        path = f"{self.survey['path']}responses/{own}/"
        reply = self._ask("PUT", path, body, **{"Content-Type": "application/json"})
        return "" if page.status == 200 and reply.status == 201 else f"{page.status}, {reply.status}"


def _hidden_in(page: bytes) -> dict[str, str]:
    parts = (dict(PART.findall(one)) for one in HIDDEN.findall(page))
    return {part[b"name"].decode(): part.get(b"value", b"").decode() for part in parts if b"name" in part}


def browse(port: int, clients: int, surveys: int, file: Path) -> dict:
    """Lets so many browsers answer so many surveys together."""
    told, together = json.loads(file.read_text()), threading.Barrier(clients + 1)
    base = told.get("first", 0)
    browsers = [Browser(port, told, range(base + first, base + surveys, clients), together) for first in range(clients)]
    for browser in browsers:
        browser.start()
    together.wait()
    began = time.perf_counter()
    for browser in browsers:
        browser.join()
    return {
        "seconds": time.perf_counter() - began,
        "times": sorted(one for browser in browsers for one in browser.times),
        "failed": [one for browser in browsers for one in browser.failed],
        "requests": sum(browser.requests for browser in browsers),
        "bytes": sum(browser.bytes_down for browser in browsers),
    }


if __name__ == "__main__":
    json.dump(browse(*map(int, sys.argv[1:4]), Path(sys.argv[4])), sys.stdout)
