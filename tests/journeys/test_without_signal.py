"""On a bus, on a shared tablet, with a server that is gone: what was opened opens again, what was said arrives once."""

import re

import pytest

from tests.journeys.test_respondents import CHILD, COUNT, KEPT_ON_DEVICE, on_screen

WITH_WORKER = {"service_workers": "allow"}


def opens_and_keeps(visitor, name):
    child = visitor(name, **WITH_WORKER).opens(CHILD)
    child.sees("This page works without signal now.")
    return child


def says(child, words):
    child.page.evaluate("location.hash = 's-best_help'")
    child.page.locator("textarea:visible").fill(words)
    child.page.evaluate("location.hash = 's-send'")
    child.page.get_by_role("button", name="Send").click()


@pytest.mark.parametrize("children", [1, 3])
def test_answers_given_while_the_server_is_gone_arrive_once_it_is_back(visitor, site, children):
    child = opens_and_keeps(visitor, f"bus-{children}")
    site.kill()
    for number in range(children):
        child.page.goto(site.address + CHILD)
        assert on_screen(child) == "How is it going?"
        says(child, f"bus words {children} {number}")
        child.sees("Your answers are safe on here")
    kept = child.page.evaluate(KEPT_ON_DEVICE)
    assert kept.count('"sealed"') == 0
    assert kept.count("sealed") == children
    assert "bus words" not in kept
    site.start()
    child.page.goto(site.address + CHILD)
    child.page.locator("#s-what").wait_for()
    child.page.wait_for_function("async () => (await (await fetch('/healthz')).text()) === 'alive\\n'")
    for _ in range(100):
        if child.page.evaluate(KEPT_ON_DEVICE).startswith("[]"):
            break
        child.page.wait_for_timeout(100)
    for number in range(children):
        words = f"bus words {children} {number}"
        assert site.manage("shell", "-c", COUNT.format(words=words)).strip().endswith("1")


@pytest.mark.parametrize(
    "broken",
    [
        "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };",
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };",
        "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined});",
        "Object.defineProperty(Navigator.prototype, 'locks', {value: undefined});",
        "Date.now = () => 0; Date.prototype.getTime = () => 0;",
    ],
    ids=["store denied", "disk full", "no cryptography", "no locks", "a clock in 1970"],
)
def test_a_device_that_lacks_something_still_sends(visitor, site, broken, request):
    child = visitor("lacking")
    child.page.add_init_script(broken)
    child.opens(CHILD)
    words = f"still here {request.node.callspec.id}"
    says(child, words)
    child.sees("Thank you. We got it.")
    assert site.manage("shell", "-c", COUNT.format(words=words)).strip().endswith("1")


@pytest.mark.parametrize("broken", ["denied", "full"])
def test_without_a_store_and_without_signal_the_page_says_so_and_keeps_the_words(visitor, site, broken):
    child = visitor("nowhere")
    what = "IDBFactory.prototype.open" if broken == "denied" else "IDBObjectStore.prototype.put"
    child.page.add_init_script(f"{what} = () => {{ throw new DOMException('no', 'QuotaExceededError'); }};")
    child.opens(CHILD)
    child.page.route("**/responses/**", lambda route: route.abort(), times=1)
    says(child, f"kept in the page {broken}")
    child.sees("Not sent yet").looks("not-sent")
    child.page.get_by_role("button", name="Send").click()
    child.sees("Thank you. We got it.")
    assert site.manage("shell", "-c", COUNT.format(words=f"kept in the page {broken}")).strip().endswith("1")


def test_answers_wait_on_the_device_also_where_what_keeps_them_came_late(visitor, site):
    child = visitor("late")
    child.page.route(re.compile(r"answering/waiting"), lambda route: route.abort(), times=1)
    child.opens(CHILD)
    # Until it was seen: what waits is tried again at once.
    child.page.route("**/responses/**", lambda route: route.abort())
    says(child, "kept by what came late")
    child.sees("Your answers are safe on here")
    child.page.unroute("**/responses/**")
    child.page.evaluate("dispatchEvent(new Event('online'))")
    child.sees("Thank you. We got it.")
    assert site.manage("shell", "-c", COUNT.format(words="kept by what came late")).strip().endswith("1")


def test_two_tabs_send_what_waits_once(visitor, site):
    child = visitor("tabs")
    child.opens(CHILD)
    child.loses_signal()
    says(child, "in two tabs")
    child.sees("Your answers are safe on here")
    other = child.page.context.new_page()
    child.page.context.set_offline(False)
    other.goto(site.address + CHILD)
    child.sees("Thank you")
    assert site.manage("shell", "-c", COUNT.format(words="in two tabs")).strip().endswith("1")


def test_an_officer_sees_how_many_wait_on_a_tablet_and_nothing_else(visitor, site):
    tablet = visitor("tablet")
    tablet.opens(CHILD)
    tablet.loses_signal()
    says(tablet, "read by nobody here")
    tablet.sees("Your answers are safe on here")
    officer = tablet.page.context.new_page()
    officer.route("**/responses/**", lambda route: route.abort())
    tablet.page.route("**/responses/**", lambda route: route.abort())
    tablet.page.context.set_offline(False)
    officer.goto(site.address + "/a/waiting/")
    officer.locator(".waiting", has_text="1").wait_for()
    assert officer.locator(".refused").inner_text() == "0"
    assert "read by nobody" not in officer.content()
    tablet.page = officer
    tablet.looks("pool")
    officer.unroute("**/responses/**")
    officer.get_by_role("button", name="Send now").click()
    officer.get_by_text("Nothing waits").wait_for()


def test_a_closed_survey_does_not_throw_away_what_waited(visitor, site):
    child = visitor("closed")
    child.opens(CHILD)
    child.loses_signal()
    says(child, "too late words")
    child.sees("Your answers are safe on here")
    child.page.route("**/responses/**", lambda route: route.fulfill(status=410, json={"errors": []}))
    child.page.context.set_offline(False)
    for _ in range(50):
        if '"refused":410' in child.page.evaluate(KEPT_ON_DEVICE):
            break
        child.page.wait_for_timeout(100)
    assert '"refused":410' in child.page.evaluate(KEPT_ON_DEVICE)
    child.opens("/a/waiting/").page.locator(".refused", has_text="1").wait_for()
    assert child.page.get_by_text("Try the others again").is_visible()
