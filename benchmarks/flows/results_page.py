"""Reading the results page, after few and after many answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from cms.pages.models import HomePage, ResultsPage
from feedback.releases.actions import release_through
from feedback.releases.models import ClosedGroup
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker

TIMES = 3


class ResultsPageQueries(Flow):
    """Somebody reads what an area heard: queries of the page with N and with ten times N responses behind it."""

    sizes = {Size.TINY: 100, Size.SMALL: 1_000, Size.LARGE: 3_000}

    def setup(self, n: int, folder: Path) -> None:
        """Publishes the same year for an area with few and one with many answers, each with its page."""
        few, many = asking.area("few"), asking.area("many")
        self.answered = {few: n, many: 10 * n}
        edition = asking.edition(*invented.items(), of=few)
        # The words of a page come from the editions asked in its area, so both have the same in the field.
        for area in (few, many):
            asking.open_wave(of=area, edition=edition)
        self.pages = {}
        front = front_door()
        for area, count in self.answered.items():
            self._publish(area, edition, count)
            self.pages[area] = results(front, area)
        self.replies: dict[Area, object] = {}

    def _publish(self, area: Area, edition, count: int) -> None:
        invented.frame(area)
        invented.store_coded_responses(edition, area, n=count)
        release_through(invented.QUARTERS[-1], area=area, proposed_by=analyst(), approved_by=checker())

    def run(self) -> Figures:
        """Opens both pages."""
        (few, many) = self.pages
        self.few, self.many = self._visit(few), self._visit(many)
        return {
            "queries": self.few["queries"],
            "queries_with_ten_times": self.many["queries"],
            "milliseconds": self.few["milliseconds"],
            "milliseconds_with_ten_times": self.many["milliseconds"],
            "page_bytes": self.many["bytes"],
        }

    def _visit(self, area: Area) -> Figures:
        client, address = Client(), self.pages[area].get_url()
        client.get(address)  # what a process reads once is not counted
        with CaptureQueriesContext(connection) as queries:
            self.replies[area] = client.get(address)
        counted = len(queries)  # before the next request forgets them
        times = [_seconds(client, address) for _ in range(TIMES)]
        size = len(self.replies[area].content)
        return {"queries": counted, "milliseconds": 1000 * median(times), "bytes": size}

    def verify(self) -> None:
        """Both pages show their figures, and ten times the answers cost not one query more."""
        for area, reply in self.replies.items():
            check(reply.status_code == 200, f"The page of {area.code} answered {reply.status_code}.")
            for item in invented.items():
                shown = f'/questions/{item.code}/"' in reply.content.decode()
                check(shown is item.is_closed, f"{item.code} is wrong on the page of {area.code}.")
            groups = ClosedGroup.objects.filter(window__area=area, window__question="listens", window__table="overall")
            check(sum(group.asked for group in groups) > 0.9 * self.answered[area], "The page does not show them all.")
        few, many = int(self.few["queries"]), int(self.many["queries"])
        check(few == many > 0, f"The page took {few} queries, and {many} with ten times the responses.")

    def work(self, n: int) -> str:
        """How many responses."""
        return f"{n:,} and {10 * n:,} responses"

    def result(self, figures: Mapping[str, float]) -> str:
        """Queries, then milliseconds."""
        few, many = figures["milliseconds"], figures["milliseconds_with_ten_times"]
        queries = f"{figures['queries']:.0f} and {figures['queries_with_ten_times']:.0f} queries"
        return f"{queries}; {few:.0f} and {many:.0f} ms; {figures['page_bytes'] / 1000:,.0f} kB before compression"


def _seconds(client: Client, address: str) -> float:
    began = perf_counter()
    client.get(address)
    return perf_counter() - began


def front_door() -> HomePage:
    """The site's front page, below which the areas stand side by side: deeper pages take more queries."""
    front = asking.root().add_child(instance=HomePage(title="All areas", slug="all-areas"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=front, is_default_site=True)
    return front


def results(front: HomePage, area: Area) -> ResultsPage:
    home = front.add_child(instance=HomePage(title=f"{area.name} listens", slug=area.code, area=area))
    return home.add_child(instance=ResultsPage(title="What we heard", slug="results", show_in_menus=True))
