"""The same twelve questions asked by Earshot and by its peers, one after another in one run, and how they compare."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from django.db import connection

from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.flows.first_visit import Visit
from benchmarks.peers.peer import PEERS, OwnDatabase, Peer
from benchmarks.peers.questions import ASKED, is_several
from benchmarks.server import ROOT, Server
from surveys.instrument.items import Item, Kind, Option
from surveys.responses.models import Response
from tests.factories import asking

CLIENTS = 8
# A peer takes longer for each; its rate is the same for fewer of them.
PART_OF_PEERS = 5
WARMING = 8
OURS = "earshot"


def items() -> list[Item]:
    """The twelve questions as Earshot asks them."""
    return [
        Item(
            code, texts={"en": wording}, options=tuple(Option(one, {"en": one.title()}) for one in options),
            kind=Kind.TEXT if not options else Kind.MULTI if is_several(code) else Kind.CHOICE,
        )
        for code, wording, options in ASKED
    ]  # fmt: skip


class Peers(Flow):
    """What a browser does from opening a survey to its thanks, at Earshot and at each peer that is installed."""

    sizes = {Size.TINY: 40, Size.SMALL: 1_000, Size.LARGE: 5_000}

    def setup(self, n: int, folder: Path) -> None:
        """Makes the same survey everywhere."""
        self.n, self.folder = n, folder
        self.wave = asking.open_wave(*items(), of=asking.area("thistledown"), code="twelve")
        self.peers = [peer for peer in PEERS if not peer.lacks()]
        # The peers are asked last, so that nothing of theirs is in the way.
        connection.close()

    def run(self) -> Figures:
        """Asks everywhere, one after another."""
        digest = self.wave.edition.digest
        with closing(Server()) as server:
            figures = self._measured(OURS, server, {"path": "/a/twelve/", "edition": digest}, self.n)
        for peer in self.peers:
            figures |= self._of(peer)
        for peer in self.peers:
            for what in ("rate", "cpu_ms", "bytes", "requests"):
                figures[f"{peer.package}_{what}_ratio"] = _ratio(figures, peer.package, what)
        return figures

    def _of(self, peer: Peer) -> Figures:
        many = max(self.n // PART_OF_PEERS, CLIENTS)
        with ExitStack() as stack:
            own = stack.enter_context(closing(OwnDatabase(os.environ["DATABASE_URL"], peer.package, self.folder)))
            survey = peer.set_up(self.folder, own.address)
            server = stack.enter_context(closing(peer.serve(self.folder, own.address)))
            figures = self._measured(peer.package, server, survey, many)
            stored = own.number(survey["stored"])
            check(stored == many + WARMING, f"{peer.name} stored {stored} of {many + WARMING}.")
        return figures

    def _measured(self, name: str, server: Server, survey: dict, many: int) -> Figures:
        first = Visit(server.port, survey["path"])
        self._browse(server, survey, WARMING, first_number=0)
        before = server.cpu_seconds()
        told = self._browse(server, survey, many, first_number=WARMING)
        times = told["times"]
        return {
            f"{name}_surveys": many,
            f"{name}_rate": many / told["seconds"],
            f"{name}_cpu_ms": 1000 * (server.cpu_seconds() - before) / many,
            f"{name}_p95_ms": 1000 * times[len(times) * 95 // 100],
            f"{name}_requests": first.requests,
            f"{name}_bytes": first.bytes,
        }

    def _browse(self, server: Server, survey: dict, many: int, *, first_number: int) -> dict:
        file = self.folder / "survey.json"
        file.write_text(json.dumps({**survey, "first": first_number}))
        command = [sys.executable, "-m", "benchmarks.browsers", *map(str, (server.port, CLIENTS, many)), file]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(done.stdout)
        check(not told["failed"], f"{len(told['failed'])} got no thanks, the first: {told['failed'][:1]}.")
        return told

    def verify(self) -> None:
        """Every survey is stored once; those of peers were counted while they were there."""
        stored = Response.objects.filter(wave=self.wave).count()
        check(stored == self.n + WARMING, f"{stored} of {self.n + WARMING} are stored.")

    def work(self, n: int) -> str:
        """How many surveys, and of whom."""
        return f"{n:,} surveys of 12 questions, {CLIENTS} clients; beside " + " and ".join(
            peer.name if not peer.lacks() else f"not {peer.name}" for peer in PEERS
        )

    def result(self, figures: Mapping[str, float]) -> str:
        """Each with its figures, and how many times as much Earshot does."""
        names = [OURS, *(peer.package for peer in PEERS if f"{peer.package}_rate" in figures)]
        told = [
            f"{name}: {figures[f'{name}_rate']:,.0f} surveys/s, {figures[f'{name}_cpu_ms']:.2f} ms of server CPU, p95 "
            f"{figures[f'{name}_p95_ms']:.0f} ms, first visit {figures[f'{name}_bytes']:,.0f} bytes in "
            f"{figures[f'{name}_requests']:.0f} requests"
            for name in names
        ]
        ratios = [f"{figures[f'{name}_rate_ratio']:.1f} x the rate of {name}" for name in names[1:]]
        return "; ".join([*told, *ratios])


def _ratio(figures: Figures, peer: str, what: str) -> float:
    ours, theirs = figures[f"{OURS}_{what}"], figures[f"{peer}_{what}"]
    return ours / theirs if what == "rate" else theirs / ours
