"""Bad luck on a phone: tapped twice, gone to sleep, no room, no store, a clock that is wrong, a very large drawing."""

import pytest

from tests.journeys.test_phone_faults import sends, stored, unsealed, watches, writes
from tests.journeys.test_respondents import CHILD, KEPT_ON_DEVICE, on_screen

SIX = "/a/thistledown-6-and-7/"
SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])


def sees_thanks(child):
    child.sees("Thank you. We got it.")
    assert child.page.locator(".receipt li").count() == 5


@SCRIPT
def test_a_double_tap_on_send_is_thanked(visitor, site, javascript):
    words = f"tapped twice {javascript}"
    child = visitor("double-tap", java_script_enabled=javascript)
    child.opens(CHILD + "#s-best_help")
    child.page.locator("textarea:visible").fill(words)
    child.opens(CHILD + "#s-send")
    sent = watches(child)
    child.page.locator(".send").dblclick()
    sees_thanks(child)
    if javascript:
        # A slow server may be asked twice, about one and the same answer.
        assert len({request.url for request in sent}) == 1
        assert stored(site, words) == 1
    else:
        assert stored(site, words) in {1, 2}


@SCRIPT
def test_after_sending_back_shows_no_answer_and_reload_sends_nothing(visitor, site, javascript):
    words = f"gone after thanks {javascript}"
    child = visitor("after", java_script_enabled=javascript)
    child.opens(CHILD + "#s-best_help")
    child.page.locator("textarea:visible").fill(words)
    child.opens(CHILD + "#s-send")
    sends(child)
    sees_thanks(child)
    sent = watches(child)
    child.page.reload()
    child.page.go_back()
    child.opens(CHILD + "#s-best_help")
    assert child.page.locator("textarea:visible").input_value() == ""
    assert sent == []
    assert stored(site, words) == 1


def test_reloading_in_the_middle_begins_again_and_leaves_nothing_for_the_next(visitor):
    child = visitor("reload")
    writes(child, "not finished")
    child.page.reload()
    assert child.page.evaluate(KEPT_ON_DEVICE).startswith("[]")
    child.page.evaluate("location.hash = 's-send'")
    sent = watches(child)
    sends(child)
    sees_thanks(child)
    assert unsealed(sent[-1])["answers"] == {}


PRIVATE = """
for (const name of ["indexedDB", "caches", "localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("private", "SecurityError"); } });
}
Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined });
"""
STORES = {
    "never answers": "IDBFactory.prototype.open = () => ({});",
    "blocked": """IDBFactory.prototype.open = () => {
      const asked = {}; setTimeout(() => asked.onblocked?.(new Event("blocked"))); return asked; };""",
    "fills up": """IDBObjectStore.prototype.put = function () {
      setTimeout(() => this.transaction.abort()); return this.getAll(); };""",
    "private browsing": PRIVATE,
}


@pytest.mark.parametrize("broken", STORES.values(), ids=STORES)
def test_a_store_that_fails_costs_nobody_their_words(visitor, site, broken, request):
    words = f"store {request.node.callspec.id}"
    child = visitor("store")
    child.page.add_init_script(broken)
    writes(child, words)
    child.page.route("**/responses/**", lambda route: route.abort(), times=1)
    sends(child).sees("Not sent yet. Keep this page open")
    sends(child)
    sees_thanks(child)
    assert stored(site, words) == 1


CLOCKS = {"1970": "0", "2106": "4294967296000"}


@pytest.mark.parametrize("now", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_that_is_wrong_keeps_nothing_from_arriving(visitor, site, now, request):
    words = f"clock {request.node.callspec.id}"
    child = visitor("clock")
    child.page.add_init_script(f"Date.now = () => {now}; Date.prototype.getTime = () => {now};")
    writes(child, words)
    child.loses_signal()
    sends(child).sees("Your answers are safe on here")
    child.page.context.set_offline(False)
    sees_thanks(child)
    assert child.page.evaluate(KEPT_ON_DEVICE).startswith("[]")
    assert stored(site, words) == 1


def test_a_device_that_sleeps_while_it_sends_sends_when_it_wakes(visitor, site):
    words = "asleep on the way"
    child = visitor("sleeps")
    child.page.clock.install()
    writes(child, words)
    held = []
    # Nothing is heard of the first; until it was seen that it waits, no other gets through.
    child.page.route("**/responses/**", lambda route: route.abort() if held else held.append(route))
    with child.page.expect_request("**/responses/**"):
        sends(child)
    # The device wakes up later than anybody waits.
    child.page.clock.fast_forward(3600_000)
    child.sees("Your answers are safe on here")
    child.page.unroute("**/responses/**")
    child.page.evaluate("dispatchEvent(new Event('online'))")
    sees_thanks(child)
    assert stored(site, words) == 1


def test_a_device_without_a_store_that_sleeps_while_it_sends_says_so(visitor, site):
    words = "asleep without a store"
    child = visitor("sleeps-bare")
    child.page.add_init_script(STORES["blocked"])
    # The browser's own patience, a thousand times shorter the first time.
    child.page.add_init_script(
        "const long = AbortSignal.timeout; let times = 0;"
        "AbortSignal.timeout = (ms) => long.call(AbortSignal, times++ ? ms : ms / 1000);"
    )
    writes(child, words)
    child.page.route("**/responses/**", lambda route: None, times=1)
    sends(child).sees("Not sent yet. Keep this page open")
    sends(child)
    sees_thanks(child)
    assert stored(site, words) == 1


SCRIBBLES = """
(many) => {
  const sheet = document.querySelector("section.s:target .pad svg");
  const box = sheet.getBoundingClientRect();
  sheet.setPointerCapture = () => {};
  const tell = (name, n) => sheet.dispatchEvent(new PointerEvent(name, {
    pointerId: 1, bubbles: true, cancelable: true,
    clientX: box.left + (n * 7919 % 499) / 499 * box.width,
    clientY: box.top + (n * 104729 % 491) / 491 * box.height }));
  for (let stroke = 0; stroke < many.length; stroke += 1) {
    tell("pointerdown", stroke);
    for (let n = 0; n < many[stroke]; n += 1) tell("pointermove", n + stroke);
    tell("pointerup", many[stroke]);
  }
}
"""


@pytest.mark.parametrize("many", [[50_000], [1000] * 50], ids=["one line", "fifty lines"])
def test_a_drawing_of_fifty_thousand_points_is_sent(visitor, site, many):
    child = visitor("scribble").opens(SIX + "#s-y_draw")
    child.page.locator(".pad svg").wait_for(state="visible")
    child.page.evaluate(SCRIBBLES, many)
    child.looks("drawn", accessible=False)
    child.page.evaluate("location.hash = 's-send'")
    sent = watches(child)
    sends(child)
    sees_thanks(child)
    strokes = unsealed(sent[-1])["answers"]["y_draw"]["strokes"]
    assert 1000 < len(strokes) <= 20_000


def test_a_drawing_that_is_refused_leaves_no_nonsense_in_its_box(visitor):
    child = visitor("drawing-refused").opens(SIX + "#s-y_draw")
    child.page.locator(".pad svg").wait_for(state="visible")
    child.page.evaluate(SCRIBBLES, [10])
    child.page.evaluate("location.hash = 's-send'")
    content = {"errors": [{"item": "y_draw", "message": "This drawing is too big to send."}]}
    child.page.route("**/responses/**", lambda route: route.fulfill(status=422, json=content), times=1)
    sends(child)
    child.page.locator("#s-y_draw .error").wait_for(state="visible")
    assert child.page.locator("#s-y_draw textarea").input_value() == ""
    assert on_screen(child) == child.page.locator("#s-y_draw h2").inner_text()
