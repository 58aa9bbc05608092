"""Five people who have never seen it answer from the first screen to the last; each screen is kept as a picture."""

import re

from surveys.responses.receipts import WORDS_IN_RECEIPT
from tests.journeys.test_phone_faults import unsealed, watches
from tests.journeys.test_respondents import COUNT, goes_on, on_screen
from tests.journeys.test_ways_of_answering import draws

WEATHER = re.compile("bbc|/a/away$")


class Walk:
    """Somebody's way through a survey: at each screen they do something, look, and go on."""

    def __init__(self, somebody):
        self.somebody, self.page, self.step = somebody, somebody.page, 0

    @property
    def here(self):
        return self.page.locator("section.s:visible")

    def looks(self, **options):
        self.step += 1
        self.somebody.looks(f"{self.step:02}", **options)

    def answers(self, ways):
        """Taps the first answer of every question, or what is told for its heading; to the last screen."""
        while self.here.locator(".send").count() == 0:
            heading = on_screen(self.somebody)
            ways.get(heading, self.taps_first)()
            self.looks()
            goes_on(self.somebody)

    def taps_first(self):
        first = self.here.locator("label.o, button.thing")
        if first.count():
            first.first.click()

    def writes(self, words):
        return lambda: self.here.locator("textarea").fill(words)

    def sends(self):
        self.looks()
        self.page.get_by_role("button").and_(self.page.locator(".send")).click()

    def is_thanked(self):
        self.page.locator(".receipt li").first.wait_for()
        assert self.page.locator(".receipt li").count() == WORDS_IN_RECEIPT
        self.looks(full=True)


def test_a_six_year_old_listens_and_answers(visitor):
    walk = Walk(visitor("person-1-six").opens("/a/thistledown-6-and-7/"))
    page = walk.page
    page.locator("#s-what .speak button").first.wait_for()
    walk.looks()
    goes_on(walk.somebody)
    walk.looks()
    heard = []
    page.on("request", lambda request: "/a/audio/" in request.url and heard.append(request.url))

    def listens():
        walk.here.get_by_role("button", name="Listen", exact=True).click()
        page.wait_for_selector("section.s:visible .said")
        walk.looks()
        walk.taps_first()

    goes_on(walk.somebody)
    walk.answers(
        {"What does your social worker do?": listens, "What makes your day good?": lambda: draws(walk.somebody)}
    )
    assert heard
    sent = watches(walk.somebody)
    walk.sends()
    walk.is_thanked()
    answers = unsealed(sent[0])["answers"]
    assert answers["y_draw"]["strokes"]
    assert len(answers) == 4
    walk.somebody.was_alone()


def test_a_ten_year_old_answers_on_a_bus_without_signal(visitor, site):
    walk = Walk(visitor("person-2-bus", service_workers="allow").opens("/a/thistledown-8-to-11/"))
    walk.somebody.sees("This page works without signal now.")
    walk.somebody.loses_signal()
    walk.looks()
    goes_on(walk.somebody)
    walk.looks()
    goes_on(walk.somebody)
    walk.answers({"What helped you most?": walk.writes("we made a plan on the bus")})
    walk.sends()
    walk.somebody.sees("Your answers are safe on here")
    walk.looks()
    walk.page.context.set_offline(False)
    walk.is_thanked()
    assert site.manage("shell", "-c", COUNT.format(words="a plan on the bus")).strip().endswith("1")


def test_a_fifteen_year_old_hides_it_when_somebody_looks_over_their_shoulder(visitor):
    walk = Walk(visitor("person-3-fifteen", color_scheme="dark"))
    walk.page.context.route(WEATHER, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    walk.somebody.opens("/a/thistledown-12-to-17/")
    walk.looks()
    for _ in range(3):
        goes_on(walk.somebody)
        walk.looks()
    walk.taps_first()
    goes_on(walk.somebody)
    for _ in range(3):
        walk.page.keyboard.press("Shift")
    walk.somebody.sees("Weather")
    walk.page.go_back()
    walk.somebody.sees("Weather")
    # Alone again: it begins anew, and nothing of before is there.
    walk.somebody.opens("/a/thistledown-12-to-17/")
    assert walk.page.locator("input:checked").count() == 0
    for _ in range(2):
        goes_on(walk.somebody)
    sent = watches(walk.somebody)
    walk.answers({})
    walk.sends()
    walk.is_thanked()
    assert unsealed(sent[0])["told"] == "nobody"
    walk.page.get_by_role("link", name="Do you want someone to contact you?").click()
    walk.looks(full=True)


def test_a_parent_who_reads_urdu_answers(visitor):
    walk = Walk(visitor("person-4-urdu").opens("/a/thistledown-parents/"))
    walk.page.click(".langs summary")
    walk.looks()
    walk.page.get_by_role("button", name="اردو").click()
    walk.page.wait_for_selector("html[lang=ur][dir=rtl]")
    walk.looks(full=True)
    goes_on(walk.somebody)
    walk.looks()
    goes_on(walk.somebody)
    sent = watches(walk.somebody)
    walk.answers({})
    walk.sends()
    walk.is_thanked()
    assert unsealed(sent[0])["language"] == "ur"
    walk.somebody.was_alone()


def test_a_professional_answers_at_a_desk(visitor):
    walk = Walk(visitor("person-5-professional", phone=False).opens("/a/thistledown-professionals/"))
    walk.looks()
    goes_on(walk.somebody)
    walk.looks()
    goes_on(walk.somebody)
    sent = watches(walk.somebody)
    walk.answers({})
    walk.sends()
    walk.is_thanked()
    assert unsealed(sent[0])["helper"] == "alone"
    walk.somebody.was_alone()
