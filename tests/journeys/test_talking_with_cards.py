"""A worker with no signal talks with a five year old, with cards on a tablet; what the child keeps arrives once."""

from tests.journeys.test_respondents import KEPT_ON_DEVICE

DECK = "/thistledown/talk/weather/"
TABLET = {"width": 820, "height": 1180}
WORDS = "my rabbit is not allowed at the new house zyzzyva"
# How often the words are in the vault, how far they have come, and with what.
ARRIVED = f"""
from surveys.responses.models import Response
mine = [one for one in Response.objects.filter(audience="AGE_4_5") if {WORDS!r} in str(one.answers)]
said = [(one.status, sorted(one.answers)) for one in mine]
print(len(mine), said)
"""


def tablet(person):
    person.page.set_viewport_size(TABLET)
    return person


def on(worker, screen):
    worker.page.evaluate("(to) => { location.hash = to; }", screen)
    worker.page.locator(f"#{screen}").wait_for()


def turns(worker, name):
    worker.page.locator("section.s:visible").get_by_role("link", name=name, exact=True).click()


def test_cards_without_signal_and_what_the_child_keeps(visitor, site):
    worker = tablet(visitor("cards-1-tablet", service_workers="allow")).opens(DECK)
    worker.sees("This page works without signal now.").looks("cover", full=True)
    # The page on which it is kept is fetched by itself.
    worker.page.wait_for_function("async () => (await (await caches.open('surveys-1')).keys()).length > 4")
    site.kill()
    worker.opens(DECK).sees("The weather in me")
    turns(worker, "Start")
    worker.sees("What is the weather in you today?").looks("card")
    turns(worker, "Not this one again")
    worker.sees("When is it sunny in you?")
    worker.page.keyboard.press("ArrowRight")
    worker.sees("When is it cloudy in you?")
    turns(worker, "Back")
    turns(worker, "Back")
    # The first card does not come again.
    worker.sees("For the grown-up")
    on(worker, "s-end")
    worker.looks("end")
    turns(worker, "Keep what I want to keep")
    worker.page.locator("#s-what").wait_for()
    on(worker, "s-who")
    worker.page.get_by_label("The questions are about me").check()
    on(worker, "s-send")
    worker.page.locator(".send").click()
    worker.sees("Then let someone else hold this conversation.")
    worker.page.get_by_label("They say it, I tap").check()
    draws_and_says(worker)
    on(worker, "s-send")
    worker.page.get_by_label("How is your day today?").check()
    worker.looks("keeps", full=True)
    worker.page.locator(".send").click()
    worker.sees("Your answers are safe on here")
    site.start()
    worker.page.goto(site.address + "/a/thistledown-4-and-5/")
    worker.page.wait_for_function("async () => (await (await fetch('/healthz')).text()) === 'alive\\n'")
    arrives(worker, site)


def draws_and_says(worker):
    on(worker, "s-t_today")
    worker.page.locator("#s-t_today input").first.check()
    on(worker, "s-t_place")
    pad = worker.page.locator("#s-t_place .pad svg")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    worker.page.mouse.move(box["x"] + 60, box["y"] + 60)
    worker.page.mouse.down()
    worker.page.mouse.move(box["x"] + 200, box["y"] + 160, steps=6)
    worker.page.mouse.up()
    on(worker, "s-t_tell")
    worker.page.locator("textarea:visible").fill(WORDS)


def arrives(worker, site):
    """Once, screened, and without what was left out."""
    for _ in range(100):
        if worker.page.evaluate(KEPT_ON_DEVICE).startswith("[]"):
            break
        worker.page.wait_for_timeout(100)
    site.manage("screen_waiting")
    said = site.manage("shell", "-v0", "-c", ARRIVED)
    assert said.split()[0] == "1"
    assert "received" not in said
    assert "['t_place', 't_tell']" in said


def test_the_cards_are_read_from_right_to_left_and_printed(visitor):
    reader = visitor("cards-2-arabic").opens("/thistledown/talk/ar/").looks("index", full=True)
    reader.opens("/thistledown/talk/circle/ar/#c-1").looks("card")
    assert reader.page.evaluate("document.documentElement.dir") == "rtl"
    reader.page.keyboard.press("ArrowLeft")
    reader.page.wait_for_url("**#c-2")
    reader.opens("/thistledown/talk/circle/ar/print/").looks("print", full=True)
    reader.was_alone()
    assert reader.page.context.cookies() == []


def test_without_a_script_the_cards_turn_as_well(visitor):
    reader = tablet(visitor("cards-3-plain", java_script_enabled=False)).opens(DECK)
    turns(reader, "Start")
    reader.sees("What is the weather in you today?")
    turns(reader, "Not this one again")
    reader.sees("When is it sunny in you?")
    assert not reader.page.get_by_text("Full screen").is_visible()
