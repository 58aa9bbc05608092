"""What a phone downloads when somebody opens a survey for the first time."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from benchmarks import invented
from benchmarks.flow import Engine, Figures, Flow, Size, check
from benchmarks.server import Server
from benchmarks.wire import ConnectionLost, Line, Reply, request
from tests.factories import asking

# Only what comes down is counted, so a phone's other headers make no difference.
HEADERS = {"Accept-Encoding": "gzip", "Accept": "*/*"}


class Parts(HTMLParser):
    """Finds what a document makes a browser fetch."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the addresses of style sheets, icons, scripts and pictures."""
        found = dict(attrs)
        address = found.get("href") if tag == "link" else found.get("src")
        # What stands in the document itself is not fetched.
        if address and not address.startswith("data:") and address not in self.addresses:
            self.addresses.append(address)


class Visit:
    """Everything that came down when a page was opened for the first time, on a connection that stays open."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.line = port, Line(port)
        document = self._fetched(path)
        is_zipped = document.headers.get("content-encoding") == "gzip"
        self.document = (gzip.decompress(document.body) if is_zipped else document.body).decode()
        self.parts = {address: self._fetched(address) for address in Parts(self.document).addresses}
        self.line.close()
        self.replies = [document, *self.parts.values()]

    def _fetched(self, path: str) -> Reply:
        asked = request("GET", path, port=self.port, headers=HEADERS)
        try:
            return self.line.ask(asked)
        except ConnectionLost:
            # A server hangs up on who is silent for two seconds, as this process is on a busy machine.
            self.line = Line(self.port)
            return self.line.ask(asked)

    @property
    def requests(self) -> int:
        """How often something was asked for."""
        return len(self.replies)

    @property
    def bytes(self) -> int:
        """All that came down, with its heads."""
        return sum(reply.size for reply in self.replies)


class FirstVisit(Flow):
    """A child scans a poster: bytes and requests until the survey is there, on a connection that stays open."""

    sizes = {Size.TINY: 3, Size.SMALL: 12, Size.LARGE: 20}
    # The database decides nothing about what is sent.
    engines = (Engine.SQLITE,)
    server: Server | None = None

    def setup(self, n: int, folder: Path) -> None:
        """Opens a wave of so many questions, and starts the server."""
        self.items = invented.items(n)
        self.wave = asking.open_wave(*self.items, of=asking.area("thistledown"), code="first-visit")
        self.server = Server()

    def run(self) -> Figures:
        """Fetches the document and everything it names."""
        found = Visit(self.server.port, f"/a/{self.wave.code}/")
        self.document, self.parts, self.replies = found.document, found.parts, found.replies
        return {
            "peak_mb": self.server.peak_mb(),
            "requests": found.requests,
            "bytes": found.bytes,
            "document_bytes": self.replies[0].size,
            "head_bytes": sum(reply.size - len(reply.body) for reply in self.replies),
            "document_bytes_before_compression": len(self.document.encode()),
        }

    def verify(self) -> None:
        """Everything came, from here, compressed where that helps; the document asks every question."""
        for address, reply in self.parts.items():
            check(address.startswith("/"), f"{address} is on another server.")
            check(reply.status == 200 and bool(reply.body), f"{address} answered {reply.status}.")
        check(self.replies[0].status == 200, f"The survey answered {self.replies[0].status}.")
        check(not any("set-cookie" in reply.headers for reply in self.replies), "A cookie was set.")
        missing = [item.code for item in self.items if item.texts["en"] not in self.document]
        check(not missing, f"The document does not ask {missing}.")
        kinds = {address.rsplit(".", 1)[-1] for address in self.parts}
        check({"css", "js"} <= kinds, f"Only {sorted(kinds)} were fetched.")

    def close(self) -> None:
        """Stops the server."""
        if self.server:
            self.server.stop()

    def work(self, n: int) -> str:
        """How many questions."""
        return f"survey of {n} questions"

    def result(self, figures: Mapping[str, float]) -> str:
        """Bytes and requests."""
        document = f"document {figures['document_bytes']:,.0f}, all heads {figures['head_bytes']:,.0f}"
        return f"{figures['bytes']:,.0f} bytes in {figures['requests']:.0f} requests ({document})"
