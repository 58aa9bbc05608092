"""A real browser against a real server with the demo, as a visitor meets it."""

import os
import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.databases import databases
from tests.server import Site, demo, load_demo, recovery_codes, static_folder

PASSWORD = "look-around-earshot"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


# The headless shell is the same browser without windows that nobody would see: about half of its processor.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium():
    """The browser of the machine; playwright's own would have to be downloaded."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items):
    if chromium() is None:
        if os.environ.get("CI"):
            raise pytest.UsageError("CI must run the journeys: install chromium.")
        skip = pytest.mark.skip(reason="there is no Chromium on this machine: apt install chromium")
        for item in items:
            if "journeys" in item.path.parts:
                item.add_marker(skip)


class ServedSite(Site):
    """The demo with files as production serves them."""

    serving = "tests.journeys.settings"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    # Of this process: journeys that run beside each other each have a site of their own.
    where = databases(os.environ.get("JOURNEYS_DATABASE_URL", ""), folder)
    name = f"journeys_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    address = where.copy(demo(), load_demo, name)
    made = ServedSite(address, STATIC_FOLDER=str(static_folder()), EMAIL_FILE_PATH=str(folder / "mail"))
    made.mail = folder / "mail"
    made.collect()
    made.recovery_codes = recovery_codes(address)
    made.start()
    yield made
    made.stop()
    where.drop(name)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield made
        made.close()


class Visitor:
    """Somebody with a browser; every screen they look at is checked and, if wanted, kept as a picture."""

    def __init__(self, page, site, name):
        self.page, self.site, self.name = page, site, name
        self.strangers, self.problems = [], []
        page.on("request", lambda request: self._watch(request.url))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.problems.append(message.text))

    def _watch(self, address):
        if not address.startswith((self.site.address, "data:", "blob:")):
            self.strangers.append(address)

    def opens(self, path):
        self.page.goto(self.site.address + path)
        return self

    def looks(self, screen, *, full=False, accessible=True, contrast=True):
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{self.name}-{screen}.png", full_page=full)
        if accessible:
            # What is right is not described node by node.
            options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
            options["rules"] = {"color-contrast": {"enabled": contrast}}
            found = Axe().run(self.page, options=options).response["violations"]
            assert not found, [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
        return self

    def sees(self, text):
        self.page.get_by_text(text, exact=False).first.wait_for(state="visible", timeout=10_000)
        return self

    def loses_signal(self):
        """The signal goes once the page has what keeps answers on the device, which comes after the first screen."""
        self.page.wait_for_function(
            "() => performance.getEntriesByType('resource').some(({ name }) => /answering\\/waiting\\b/.test(name))"
        )
        self.page.context.set_offline(True)
        return self

    def signs_in(self, user):
        self.opens("/desk/login/")
        self.page.fill("#id_username", user)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("button[type=submit]")
        # A code of the app works once, and journeys are quicker than its clock: each sign-in takes a recovery code.
        self.page.fill("#id_code", self.site.recovery_codes[user].pop())
        self.page.click("text=Go on")
        self.page.wait_for_url(re.compile(r"/desk/$"))
        return self

    def was_alone(self):
        """No other server was asked for anything, and nothing failed."""
        assert self.strangers == []
        assert self.problems == []


@pytest.fixture
def visitor(browser, site):
    """Makes visitors: on a phone or at a desk, with or without JavaScript."""
    contexts = []

    def make(name, *, phone=True, **options):
        size = {"width": 360, "height": 640} if phone else {"width": 1280, "height": 800}
        # What goes through a service worker cannot be watched or held up, so only its own journeys have one.
        context = browser.new_context(viewport=size, **{"service_workers": "block", **options})
        contexts.append(context)
        return Visitor(context.new_page(), site, name)

    yield make
    for context in contexts:
        context.close()
