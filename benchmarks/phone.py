"""An old phone on a slow line: the machine's Chromium, slowed by its own developer tools."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec

BITS_A_SECOND, ROUND_TRIP_MS, SLOWER = 400_000, 400, 4
PATIENCE_MS = 60_000
SCREEN = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
# What somebody waits for: from when the finger leaves Next until the heading of the next screen has the focus and has
# been painted. A message that is posted before a frame is painted comes after it.
STOPWATCH = """
window.moves = [];
addEventListener("click", (event) => {
  if (!event.target.closest?.(".next")) return;
  const from = location.hash;
  const look = () => {
    const heading = document.querySelector(".s:target :is(h1,h2)");
    if (location.hash === from || !heading || document.activeElement !== heading || !heading.checkVisibility()) {
      requestAnimationFrame(look);
      return;
    }
    const painted = new MessageChannel();
    painted.port1.onmessage = () => window.moves.push(performance.now() - event.timeStamp);
    painted.port2.postMessage(0);
  };
  requestAnimationFrame(look);
}, true);
"""
FIRST_PAINT = """new Promise((resolve) => new PerformanceObserver((list) => {
  const paint = list.getEntriesByName("first-contentful-paint")[0];
  if (paint) resolve([paint.startTime, performance.timeOrigin + paint.startTime]);
}).observe({ type: "paint", buffered: true }))"""


def chromium() -> str:
    """The browser of the machine; empty if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    return next(filter(None, map(shutil.which, names)), "")


def missing() -> str:
    """What has to be installed before a phone can be had; empty if nothing has."""
    if find_spec("playwright") is None:
        return "Playwright is not installed: make .venv/dev.ok"
    return "" if chromium() else "there is no Chromium on this machine: apt install chromium"


@dataclass
class Fetched:
    """What the page asked for, and how large it was on the wire, head and body."""

    clocks: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def asked(self, event: dict) -> None:
        """Notes how far the clock of the requests is from seconds since 1970: each answer tells the former only."""
        self.clocks.setdefault(event["requestId"], event["wallTime"] - event["timestamp"])

    def began(self, event: dict) -> None:
        """Notes when the answer to a request began to come, in seconds since 1970."""
        self.answered[event["requestId"]] = event["timestamp"] + self.clocks[event["requestId"]]

    def came(self, event: dict) -> None:
        """Notes how much came."""
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def before(self, moment: float) -> list[int]:
        """The sizes of everything of which a part had come before this moment, each to its end.

        What was only asked for by then is not what somebody waited for.
        """
        return [size for key, size in self.sizes.items() if self.answered.get(key, moment) < moment]


class Phone:
    """A page in a browser that was never here before."""

    def __init__(self, browser) -> None:
        self.context = browser.new_context(**SCREEN)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()
        self.page.add_init_script(STOPWATCH)
        self.tools = self.context.new_cdp_session(self.page)
        self.fetched = Fetched()
        self.tools.on("Network.requestWillBeSent", self.fetched.asked)
        self.tools.on("Network.responseReceived", self.fetched.began)
        self.tools.on("Network.loadingFinished", self.fetched.came)
        self.tools.send("Network.enable")
        self.tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.has_signal(True)

    def has_signal(self, yes: bool) -> None:
        """Whether there is a slow line, or none."""
        speed = BITS_A_SECOND / 8
        self.tools.send(
            "Network.emulateNetworkConditions",
            {"offline": not yes, "latency": ROUND_TRIP_MS, "downloadThroughput": speed, "uploadThroughput": speed},
        )

    def first_paint(self) -> tuple[float, float]:
        """When the first screen was there: milliseconds after it was asked for, and seconds since 1970."""
        after, moment = self.page.evaluate(FIRST_PAINT)
        return after, moment / 1000

    def shown(self) -> str:
        """The id of the screen that is shown."""
        return self.page.locator(".s:visible").first.get_attribute("id")

    def goes_on(self) -> str:
        """Taps Next and gives the id of the screen that follows, once it is there and has been measured."""
        before = len(self.page.evaluate("moves"))
        self.page.locator(".next:visible").first.tap()
        self.page.wait_for_function("(before) => moves.length > before", arg=before)
        return self.shown()


@contextmanager
def phone() -> Iterator[Phone]:
    """A phone, for as long as it is needed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield Phone(browser)
        finally:
            browser.close()
