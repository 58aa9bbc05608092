"""After the questions somebody asks for a person: a message of its own, also without signal."""

import json
import re

from surveys.answering.sealing import opened
from tests.journeys.test_respondents import CHILD

COUNT = (
    "from surveys.responses.models import ContactMessage as M;"
    "print([m.reach for m in M.objects.all()].count('{reach}'))"
)


def writes(child, reach):
    child.page.get_by_text("Someone who keeps children safe").click()
    child.page.fill("#name", "Fox")
    child.page.fill("#reach", reach)
    return child


def stored(site, reach):
    return int(site.manage("shell", "-c", COUNT.format(reach=reach)).strip().splitlines()[-1])


def test_a_child_who_has_answered_asks_for_a_person(visitor, site):
    child = visitor("asks")
    child.opens(CHILD + "#s-send").page.click(".send")
    child.page.get_by_role("link", name="Do you want someone to get in touch?").click()
    child.sees("Tell us here how to reach you").looks("1-asks")
    assert not re.search(r"[0-9a-f]{8}", child.page.url)
    writes(child, "the library at four")
    with child.page.expect_request(lambda request: request.method == "PUT") as request:
        child.page.get_by_role("button", name="Send").click()
    child.sees("We have your message").looks("2-sent")
    body = json.loads(request.value.post_data)
    message_id = request.value.url.rstrip("/").rsplit("/", 1)[-1]
    plain = json.loads(opened(body["key"], body["sealed"], response_id=message_id))
    assert plain["reach"] == "the library at four"
    assert plain["language"] == "en"
    assert stored(site, "the library at four") == 1
    child.was_alone()


def test_what_is_missing_is_asked_for_and_nothing_written_is_lost(visitor, site):
    child = writes(visitor("asks-wrong").opens(f"{CHILD}contact/"), "")
    child.page.fill("#words", "about home")
    child.page.get_by_role("button", name="Send").click()
    child.sees("Please write how we can reach you").looks("wrong")
    assert child.page.evaluate("document.activeElement.className") == "errors"
    child.page.locator(".errors a").click()
    assert child.page.locator("#words").input_value() == "about home"
    child.page.fill("#reach", "after school on monday")
    child.page.get_by_role("button", name="Send").click()
    child.sees("We have your message")
    assert stored(site, "after school on monday") == 1


def test_without_signal_the_message_waits_sealed_and_goes_once(visitor, site):
    child = visitor("asks-offline", service_workers="allow")
    child.opens(CHILD).sees("This page works without signal now.")
    child.loses_signal()
    child.opens(f"{CHILD}contact/")
    writes(child, "my aunt knows where")
    child.page.get_by_role("button", name="Send").click()
    child.sees("Your message is still on here").looks("waits")
    kept = child.page.evaluate("""async () => {
      const { all } = await import(document.querySelector("[data-waiting]")?.dataset.waiting ?? performance
        .getEntriesByType("resource").map((one) => one.name).find((name) => name.includes("answering/waiting")));
      return JSON.stringify(await all());
    }""")
    assert "sealed" in kept
    assert "aunt" not in kept
    child.page.context.set_offline(False)
    # The browser of a device says so; this one does not to a page that was opened without signal.
    child.page.evaluate("dispatchEvent(new Event('online'))")
    child.sees("We have your message")
    assert stored(site, "my aunt knows where") == 1


def test_whoever_comes_next_on_the_device_finds_nothing_written(visitor):
    child = writes(visitor("asks-next").opens(f"{CHILD}contact/"), "secret place")
    child.opens("/a/").page.go_back()
    child.page.locator("#reach").wait_for()
    assert child.page.locator("#reach").input_value() == ""
    assert child.page.locator("#name").input_value() == ""


def test_hiding_leads_away_from_the_message(visitor):
    child = visitor("asks-hide")
    child.page.context.route(
        re.compile("bbc|/a/away$"), lambda route: route.fulfill(body="weather", content_type="text/html")
    )
    writes(child.opens(f"{CHILD}contact/"), "secret place")
    for _ in range(3):
        child.page.keyboard.press("Shift")
    child.sees("weather")
    child.page.go_back()
    child.sees("weather")


def test_what_something_on_the_way_refuses_is_not_said_to_have_arrived(visitor):
    """A filter of a school answers in the place of ours."""
    child = writes(visitor("asks-filtered").opens(f"{CHILD}contact/"), "after the filter")
    child.page.route("**/contacts/**", lambda route: route.fulfill(status=403, body="<h1>Blocked</h1>"))
    child.page.get_by_role("button", name="Send").click()
    child.sees("Your message is still on here")
    child.problems.clear()


def test_the_language_changes_and_what_was_written_stays(visitor):
    child = writes(visitor("asks-language").opens(f"{CHILD}contact/"), "a safe place")
    child.page.click(".langs summary")
    child.page.click(".langs button[value=ur]")
    child.page.wait_for_selector("html[lang=ur]")
    assert child.page.locator("#reach").input_value() == "a safe place"
    child.looks("urdu")
