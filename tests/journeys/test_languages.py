"""Somebody who reads Urdu is never answered in English, with or without a script, and reads from right to left."""

import pytest
from django.utils.translation import gettext, override

from tests.journeys.test_phone_faults import watches

URDU = "/a/thistledown-8-to-11/ur/"
SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])


def urdu(message):
    with override("ur"):
        said = gettext(message)
    assert said != message
    return said


def is_read_from_right_to_left(child):
    html = child.page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ur", "rtl")
    heading, main = (child.page.locator(part).first.bounding_box() for part in ("main h1", "main"))
    assert abs(heading["x"] + heading["width"] - main["x"] - main["width"]) < 40


@pytest.fixture
def child(visitor):
    def make(name, javascript, screen="#s-send"):
        made = visitor(f"urdu-{name}-{'script' if javascript else 'plain'}", java_script_enabled=javascript)
        made.opens(URDU + screen)
        return made

    return make


def presses_send(child):
    child.page.locator(".send").click()
    return child


@SCRIPT
def test_thanks_and_the_way_back(child, javascript):
    one = child("thanks", javascript)
    presses_send(one).sees(urdu("Thank you. We got it.")).looks("1-thanks", full=True, accessible=javascript)
    is_read_from_right_to_left(one)
    words = one.page.locator(".receipt li").all_inner_texts()
    assert len(words) == 5
    # They are English words, and read in the order in which they are typed; two long ones stand below each other.
    first, second = (one.page.locator(".receipt li").nth(n).bounding_box() for n in (0, 1))
    assert first["y"] < second["y"] or first["x"] < second["x"]
    written = one.page.locator(".done .hint")
    assert written.inner_text().endswith(f"{URDU}receipt/")
    assert written.evaluate("(part) => getComputedStyle(part).direction") == "ltr"
    one.page.get_by_role("link", name=urdu("See or take back my answers")).click()
    one.sees(urdu("What are your five words?")).looks("2-asked", accessible=javascript)
    is_read_from_right_to_left(one)
    one.page.fill("#words", " ".join(words))
    one.page.get_by_role("button", name=urdu("Go on")).click()
    one.sees(urdu("We have your answers")).looks("3-found", accessible=javascript)
    one.page.get_by_role("button", name=urdu("Take my answers back")).click()
    one.sees(urdu("Your answers are deleted")).looks("4-deleted", accessible=javascript)
    is_read_from_right_to_left(one)


CLOSES = "from surveys.fieldwork.models import Wave; Wave.objects.filter(code='thistledown-8-to-11').update({})"


@pytest.fixture
def closed(site):
    """The survey closes while somebody answers it, and opens again for who comes after."""
    site.manage("shell", "-v0", "-c", CLOSES.format("status='closed', closed_on='2020-01-01'"))
    yield
    site.manage("shell", "-v0", "-c", CLOSES.format("status='open', closed_on=None"))


@SCRIPT
def test_a_survey_that_closed_meanwhile(child, javascript, site, request):
    one = child("closed", javascript)
    request.getfixturevalue("closed")
    sent = watches(one)
    presses_send(one).sees(urdu("These questions are closed. Thank you for wanting to answer."))
    one.looks("closed", accessible=javascript)
    assert sent[0].url.endswith("/" if javascript else "/ur/")
    html = one.page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ur", "rtl")


def test_a_delivery_that_did_not_arrive_whole(child):
    """The server cannot read its language, and answers in that of the page."""
    one = child("half", True)
    # The device's own store is full, so that what is sent is what the page itself sends.
    full = "throw new DOMException('full', 'QuotaExceededError')"
    one.page.evaluate(f"() => {{ IDBObjectStore.prototype.put = () => {{ {full}; }}; }}")
    one.page.route("**/responses/**", lambda route: route.continue_(post_data="{"), times=1)
    presses_send(one)
    one.page.locator(".status", has_text=urdu("The answers did not arrive whole. Please try again.")).wait_for()
    one.page.route("**/responses/**", lambda route: route.continue_(post_data='{"key": "x", "sealed": "y"}'), times=1)
    presses_send(one)
    one.page.locator(".status", has_text=urdu("The answers did not arrive whole. Please try again.")).wait_for()
    presses_send(one).sees(urdu("Thank you. We got it."))


def test_a_sealed_delivery_that_did_not_arrive_whole(child):
    one = child("half-sealed", True)
    one.page.route("**/responses/**", lambda route: route.continue_(post_data="{"), times=1)
    presses_send(one)
    one.page.locator(".status", has_text=urdu("The answers did not arrive whole. Please try again.")).wait_for()
    presses_send(one).sees(urdu("Thank you. We got it."))


def test_what_waits_begins_again_in_the_same_language(child):
    one = child("waits", True)
    one.loses_signal()
    presses_send(one).sees(urdu("Your answers are safe on here")).looks("waits")
    again = one.page.get_by_role("link", name=urdu("Start the questions again"))
    assert again.get_attribute("href") == URDU
    one.page.context.set_offline(False)
    one.sees(urdu("Thank you. We got it."))


@SCRIPT
def test_a_code_is_typed_in_urdu(visitor, javascript):
    one = visitor("urdu-code", java_script_enabled=javascript).opens("/a/")
    one.page.locator(".langs summary").click()
    one.page.get_by_role("link", name="اردو").click()
    one.sees(urdu("Which code is on your card or poster?")).looks("1-code", accessible=javascript)
    is_read_from_right_to_left(one)
    assert one.page.locator("#code").evaluate("(part) => getComputedStyle(part).direction") == "ltr"
    one.page.fill("#code", "wrong")
    one.page.get_by_role("button", name=urdu("Go on")).click()
    one.page.locator("#wrong").wait_for()
    one.looks("2-code-wrong", accessible=javascript)
    is_read_from_right_to_left(one)
    one.opens("/a/ur/no/such/page/").sees(urdu("There is nothing at this address.")).looks(
        "3-nothing", accessible=javascript
    )
    is_read_from_right_to_left(one)
