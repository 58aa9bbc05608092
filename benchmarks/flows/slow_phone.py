"""A survey on an old phone with a slow line, opened for the first time, and answered where there is no signal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks import invented
from benchmarks.flow import Engine, Figures, Flow, Size, check
from benchmarks.phone import Phone, missing, phone
from benchmarks.relay import Relay
from benchmarks.server import Server
from benchmarks.wire import HOST
from surveys.instrument.items import Item, Kind
from surveys.responses.models import Response
from tests.factories import asking

WARMING = 8
WRITTEN = "Come when you say you will."


class SlowPhone(Flow):
    """A child opens a survey on a bus: the wait for the first question, and for each one after the signal is gone."""

    sizes = {Size.TINY: 3, Size.SMALL: 12, Size.LARGE: 20}
    # The database decides nothing about what a phone waits for.
    engines = (Engine.SQLITE,)

    def __init__(self) -> None:
        self.stack = ExitStack()

    def lacks(self) -> str:
        """A browser, on some machines."""
        return missing()

    def setup(self, n: int, folder: Path) -> None:
        """Opens a wave of so many questions, and starts the server and a line to it."""
        self.items = invented.items(n)
        self.wave = asking.open_wave(*self.items, of=asking.area("thistledown"), code="slow-phone")
        self.server = Server()
        self.stack.callback(self.server.stop)
        self.relay = Relay(self.server.port)
        self.stack.callback(self.relay.close)
        for _ in range(WARMING):
            self.server.get(f"/a/{self.wave.code}/", **{"Accept-Encoding": "gzip"})

    def run(self) -> Figures:
        """Opens it, loses the signal, answers everything, and gets the signal back."""
        with phone() as found:
            first = self._opens(found)
            loaded = self._loads(found)
            self.relay.cut()
            found.has_signal(False)
            self.shown = self._answers(found)
            found.page.get_by_role("button", name="Send").tap()
            found.page.get_by_text("Your answers are safe on here").wait_for()
            self.passed = self.relay.down - loaded["bytes"]
            moves = sorted(found.page.evaluate("moves"))
            self.relay.mend()
            found.has_signal(True)
            found.page.locator(".receipt li").first.wait_for()
        return {
            **first,
            **loaded,
            "moves": len(moves),
            "next_median_ms": median(moves),
            "next_worst_ms": moves[-1],
            "peak_mb": self.server.peak_mb(),
        }

    def _opens(self, found: Phone) -> Figures:
        page = found.page
        page.goto(f"http://{HOST}:{self.relay.port}/a/{self.wave.code}/", wait_until="commit")
        after, moment = found.first_paint()
        # That it is there is nothing; its button must work.
        page.locator("#s-what .next").tap()
        page.locator("#s-promise .next").wait_for()
        page.wait_for_load_state("load")
        fetched = found.fetched.before(moment)
        return {"first_ms": after, "first_bytes": sum(fetched), "first_requests": len(fetched)}

    def _loads(self, found: Phone) -> Figures:
        # Said on the first screen, which is not shown any more.
        found.page.get_by_text("This page works without signal now.").wait_for(state="attached")
        found.page.wait_for_load_state("networkidle")
        return {"bytes": self.relay.down, "requests": len(found.fetched.sizes)}

    def _answers(self, found: Phone) -> list[str]:
        """Goes from screen to screen to the last one, and gives the screens in order."""
        shown = [found.shown()]
        codes = {f"s-{item.code}": item for item in self.items}
        while shown[-1] != "s-send":
            if item := codes.get(shown[-1]):
                self._answer(found, item)
            shown.append(found.goes_on())
        return shown

    def _answer(self, found: Phone, item: Item) -> None:
        screen = found.page.locator(f"#s-{item.code}")
        if item.kind is Kind.TEXT:
            screen.locator("textarea").fill(WRITTEN)
        else:
            screen.locator(f"input[value='{_chosen(item)}']").tap()

    def verify(self) -> None:
        """Every question was shown in its order with no signal, and everything arrived when there was signal again."""
        asked = [f"s-{item.code}" for item in self.items]
        check([screen for screen in self.shown if screen in asked] == asked, f"Shown were {self.shown}.")
        check(self.passed == 0, f"{self.passed} bytes came although there was no signal.")
        said = {item.code: WRITTEN if item.kind is Kind.TEXT else _said(item) for item in self.items}
        stored = [response.answers for response in Response.objects.filter(wave=self.wave)]
        check(stored == [said], "What was tapped is not stored, once.")

    def close(self) -> None:
        """Puts the phone away, and stops the server."""
        self.stack.close()

    def work(self, n: int) -> str:
        """How many questions."""
        return f"survey of {n} questions"

    def result(self, figures: Mapping[str, float]) -> str:
        """The waits, and what was downloaded for them."""
        return (
            f"first screen works after {figures['first_ms'] / 1000:.1f} s, {figures['first_bytes']:,.0f} bytes in "
            f"{figures['first_requests']:.0f} requests; all {figures['bytes']:,.0f} bytes; without signal the next "
            f"screen after {figures['next_median_ms']:.0f} ms, at worst {figures['next_worst_ms']:.0f}"
        )


def _chosen(item: Item) -> str:
    """The answer after which no question is left out."""
    led_by = [rule.one_of for rule in invented.RULES.values() if rule.item == item.code]
    return min(led_by[0]) if led_by else item.option_codes[0]


def _said(item: Item) -> str | list[str]:
    return [_chosen(item)] if item.kind is Kind.MULTI else _chosen(item)
