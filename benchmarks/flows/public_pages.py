"""Reading every public page, after few and after many answers: links are followed from the front door."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.flows.results_page import front_door, results
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Quarter
from feedback.releases.actions import release_through
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker

FEW, MANY = "area-of-few", "area-of-many"
TIMES_AS_MANY = 100
MOST_QUERIES = 20
LINK = re.compile(r'href="(/[^"#]*)"')
# The desk is for staff, and the phone's pages read no figures.
OTHERS = ("/desk/", "/a/", "/static/", "/shown/")
FEWEST = 100
Visits = dict[str, Figures]


def _few(n: int) -> int:
    return max(n // TIMES_AS_MANY, FEWEST)


def _quarters(n: int) -> Sequence[Quarter]:
    # Two make every kind of page, also those that compare; in a test that is enough.
    return invented.QUARTERS if n >= 10_000 else invented.QUARTERS[-2:]


class PublicPages(Flow):
    """Somebody reads everything that an area tells, with N and with a hundred times N responses behind it."""

    sizes = {Size.TINY: 1_000, Size.SMALL: 100_000, Size.LARGE: 1_000_000}

    def setup(self, n: int, folder: Path) -> None:
        """Publishes the same quarters for an area with few and one with many answers, each with its pages."""
        self.n = n
        areas = [asking.area(FEW), asking.area(MANY)]
        edition = asking.edition(*invented.items(), of=areas[0])
        front = front_door()
        for area, count in zip(areas, (_few(n), n), strict=True):
            asking.open_wave(of=area, edition=edition)
            invented.frame(area)
            invented.store_coded_responses(edition, area, n=count, quarters=_quarters(n))
            self._publish(area)
            results(front, area)

    def _publish(self, area: Area) -> None:
        release_through(invented.QUARTERS[-1], area=area, proposed_by=analyst(), approved_by=checker())

    def run(self) -> Figures:
        """Follows every link from the front door, and from the list of releases."""
        self.visits: Visits = dict(self._walk(["/", "/open-data/"]))
        of_many = {address: one for address, one in self.visits.items() if MANY in address}
        slowest = max(of_many.values(), key=lambda one: one["cpu"])
        return {
            "pages": len(self.visits),
            "most_queries": max(one["queries"] for one in self.visits.values()),
            "slowest_cpu_ms": 1000 * slowest["cpu"],
            "largest_kb": max(one["bytes"] for one in self.visits.values()) / 1000,
        }

    def _walk(self, waiting: list[str]) -> Iterator[tuple[str, Figures]]:
        client, seen = Client(), set(waiting)
        while waiting:
            address = waiting.pop()
            client.get(address)  # what a process reads once is not counted
            visit, text = self._visit(client, address)
            yield address, visit
            links = {link.replace("&amp;", "&") for link in LINK.findall(text)}
            new = sorted(link for link in links - seen if not link.startswith(OTHERS))
            seen |= set(new)
            waiting += new

    def _visit(self, client: Client, address: str) -> tuple[Figures, str]:
        began = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            reply = client.get(address)
            content = b"".join(reply.streaming_content) if reply.streaming else reply.content
        counted, cpu = len(queries), time.process_time() - began
        check(reply.status_code == 200, f"{address} answered {reply.status_code}.")
        return {"queries": counted, "cpu": cpu, "bytes": len(content)}, content.decode()

    def verify(self) -> None:
        """No page takes too many queries, none takes one more for a hundred times the answers, and all were counted."""
        for address, visit in self.visits.items():
            check(visit["queries"] < MOST_QUERIES, f"{address} took {visit['queries']:.0f} queries.")
        many = {address: visit["queries"] for address, visit in self.visits.items() if MANY in address}
        check(bool(many), "No page of the area with many answers was found.")
        for address, queries in many.items():
            twin = self.visits.get(address.replace(MANY, FEW))
            # Where few answered, a quarter may wait for the next one: then there is one release less.
            check(twin is None or twin["queries"] >= queries, f"{address} took more queries than where few answered.")
        check(not CodedResponse.objects.filter(area__code=MANY, is_in_block=False).exists(), "Somebody is in no block.")

    def work(self, n: int) -> str:
        """How many responses."""
        return f"{_few(n):,} and {n:,} responses"

    def result(self, figures: Mapping[str, float]) -> str:
        """Queries, then what the slowest page costs."""
        return (
            f"{figures['pages']:.0f} pages and files, at most {figures['most_queries']:.0f} queries each; the slowest "
            f"{figures['slowest_cpu_ms']:.0f} ms of processor, the largest {figures['largest_kb']:,.0f} kB"
        )
