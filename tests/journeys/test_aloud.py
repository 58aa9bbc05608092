"""A child who cannot read yet listens: what was recorded where there is something, else the device's own voice."""

import re

import pytest

SIX, CHILD, YOUNG = "/a/thistledown-6-and-7/", "/a/thistledown-8-to-11/", "/a/thistledown-12-to-17/"
# Notes what the player does and what is marked, in the order in which it happens. A recording that has to wait for the
# rest of itself on its way says twice that it plays, which is noted once.
NOTES = """
const Real = window.Audio;
window.notes = [];
window.Audio = function () {
  window.player = new Real();
  for (const name of ["playing", "ended", "error"]) {
    player.addEventListener(name, () => {
      const [before, src, rate] = notes.at(-1) ?? [];
      if (before === "playing" && name === before && src === player.src && rate === player.playbackRate) return;
      notes.push([name, player.src, player.playbackRate, player.currentTime]);
    });
  }
  return player;
};
new MutationObserver((changes) => {
  for (const { target, oldValue } of changes) {
    const was = (oldValue ?? "").split(" ").includes("said");
    if (target.classList.contains("said") && !was) notes.push(["said", target.textContent.trim()]);
  }
}).observe(document, { attributes: true, attributeFilter: ["class"], attributeOldValue: true, subtree: true });
"""
VOICE = """
window.notes ??= [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
speechSynthesis.getVoices = () => [{ localService: false, lang: "en-GB" }, { localService: HERE, lang: "en-US" }];
speechSynthesis.speak = (said) => {
  notes.push(["spoken", said.text.trim(), said.rate]);
  queueMicrotask(() => said.onend());
};
"""
NOT_TURNED = "crypto.getRandomValues = (bytes) => bytes.fill(200);"
TURNED = "crypto.getRandomValues = (bytes) => bytes.fill(7);"
KEPT = """async () => {
  const kept = await (await caches.open("surveys-1")).keys();
  return kept.filter((one) => one.url.includes("/a/audio/")).length;
}"""


@pytest.fixture
def listens(visitor):
    def opens(name, path, *scripts, **options):
        child = visitor(name, **options)
        for script in (NOTES, *scripts):
            child.page.add_init_script(script)
        child.asked = []
        child.page.on("request", lambda request: "/a/audio/" in request.url and child.asked.append(request.url))
        return child.opens(path)

    return opens


def button(child, name):
    return child.page.locator("section.s:visible").get_by_role("button", name=name, exact=True)


def notes(child, *kinds):
    return [note[1] for note in child.page.evaluate("notes") if note[0] in kinds]


def goes_to(child, screen):
    """Waits until the page has followed: its heading has the focus then."""
    child.page.evaluate(f"location.hash = '{screen}'")
    child.page.wait_for_function("() => /^H[12]$/.test(document.activeElement.tagName)")


def hears_out(child):
    before = child.page.evaluate("notes.length")
    button(child, "Listen").click()
    # One part is marked until the next is.
    done = f"() => notes.length > {before} && !document.querySelector('.said')"
    child.page.wait_for_function(done, timeout=60_000)
    assert button(child, "Listen").is_visible()


QUESTION = "What does your social worker do?"
OUT = ["I don’t know", "I don’t want to say"]


def test_a_question_is_heard_and_then_each_answer(listens):
    child = listens("six-listens", SIX + "#s-y_listens", NOT_TURNED)
    hears_out(child)
    heard = [QUESTION, "Listens to me", "Does not listen yet", *OUT]
    assert notes(child, "said") == heard
    parts = [child.page.locator("#s-y_listens [data-audio]", has_text=text) for text in heard]
    addresses = [child.site.address + part.get_attribute("data-audio") for part in parts]
    assert notes(child, "playing") == addresses
    assert notes(child, "ended") == addresses
    assert all(note[3] > 0.5 for note in child.page.evaluate("notes") if note[0] == "ended")
    assert child.page.locator(".said").count() == 0
    child.was_alone()


def test_answers_that_are_turned_round_are_heard_turned_round(listens):
    child = listens("turned-listens", SIX + "#s-y_again", TURNED, VOICE.replace("HERE", "true"))
    child.page.route("**/a/audio/**", lambda route: route.fulfill(status=404))
    assert child.page.locator("#s-y_again .o").all_inner_texts() == ["No", "Maybe", "Yes"]
    hears_out(child)
    assert notes(child, "said")[1:] == ["No", "Maybe", "Yes", *OUT]


def test_nothing_sounds_and_nothing_is_fetched_before_somebody_asks(listens):
    child = listens("silent", SIX + "#s-y_listens")
    button(child, "Listen").wait_for()
    child.page.wait_for_load_state("networkidle")
    assert child.asked == []
    assert child.page.evaluate("player.paused && !player.src")


def test_stop_stops_and_listening_begins_again_at_the_question(listens):
    child = listens("stops", SIX + "#s-y_visit")
    button(child, "Listen").click()
    child.page.wait_for_function("() => notes.some(([kind]) => kind === 'playing')")
    assert child.page.locator(".said").inner_text() == "How is it when your social worker comes?"
    button(child, "Stop").click()
    assert child.page.evaluate("player.paused")
    assert child.page.locator(".said").count() == 0
    button(child, "Listen").click()
    child.page.wait_for_function("() => notes.filter(([kind]) => kind === 'playing').length >= 2")
    assert notes(child, "said")[:2] == ["How is it when your social worker comes?"] * 2


DARK = """
Object.defineProperty(document, "hidden", { value: true });
document.dispatchEvent(new Event("visibilitychange"));
"""
LEAVING = {
    "the next screen": lambda child: child.page.locator("section.s:visible a.next:visible").click(),
    "back": lambda child: child.page.evaluate("history.back()"),
    "three presses of Shift": lambda child: [child.page.keyboard.press("Shift") for _ in range(3)],
    "hide this page": lambda child: child.page.click("#hide"),
    "another page": lambda child: child.page.evaluate("dispatchEvent(new Event('pagehide'))"),
    "the screen goes dark": lambda child: child.page.evaluate(DARK),
}


@pytest.mark.parametrize("way", LEAVING)
def test_leaving_ends_the_sound(listens, way):
    child = listens("leaves", SIX)
    child.page.context.route(
        re.compile("bbc|/a/away$"), lambda route: route.fulfill(body="weather", content_type="text/html")
    )
    goes_to(child, "s-y_visit")
    button(child, "Listen").click()
    child.page.wait_for_function("() => notes.some(([kind]) => kind === 'playing')")
    # The page may be gone before it could tell of an event.
    child.page.evaluate(
        "const own = player.pause; player.pause = () => { console.info('paused', player.ended); own.call(player); };"
    )
    with child.page.expect_console_message(lambda message: message.text.startswith("paused")) as paused:
        LEAVING[way](child)
    assert paused.value.text == "paused false"


def test_slower_is_slower_at_once_and_stays_so(listens):
    child = listens("slower", SIX + "#s-y_again", NOT_TURNED)
    button(child, "Listen").click()
    child.page.wait_for_function("() => notes.some(([kind]) => kind === 'playing')")
    assert child.page.evaluate("[player.playbackRate, player.preservesPitch]") == [1, True]
    assert button(child, "Slower").get_attribute("aria-pressed") == "false"
    button(child, "Slower").click()
    assert child.page.evaluate("player.playbackRate") == 0.75
    assert {one.get_attribute("aria-pressed") for one in child.page.locator(".slow").all()} == {"true"}
    child.page.wait_for_function("() => notes.filter(([kind]) => kind === 'playing').length > 1", timeout=20_000)
    # Whatever has begun to play by now: the same part after a stall, the next one, on a busy machine the one after it.
    first, *later = [note[2] for note in child.page.evaluate("notes") if note[0] == "playing"]
    assert first == 1
    assert set(later) == {0.75}
    button(child, "Slower").click()
    assert child.page.evaluate("player.playbackRate") == 1


def test_it_works_with_the_keyboard_alone(listens):
    child = listens("keys", SIX + "#s-y_listens")
    page = child.page
    button(child, "Listen").focus()
    page.keyboard.press("Space")
    page.wait_for_function("() => notes.some(([kind]) => kind === 'playing')")
    assert page.evaluate("document.activeElement.textContent") == "■ Stop"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("player.paused")


def test_parts_without_a_recording_are_spoken_by_the_device(listens):
    child = listens("mixed", SIX + "#s-y_draw", VOICE.replace("HERE", "true"))
    button(child, "Slower").click()
    hears_out(child)
    recorded, spoken = [note for note in child.page.evaluate("notes") if note[0] in {"playing", "spoken"}]
    assert recorded[1:3] == [child.asked[0], 0.75]
    assert spoken[1].startswith("Please do not write names.")
    assert spoken[2] == 0.7
    assert len(child.asked) == 1


def test_a_recording_that_does_not_come_is_spoken_instead(listens):
    child = listens("gone", SIX + "#s-y_listens", VOICE.replace("HERE", "true"), NOT_TURNED)
    child.page.route("**/a/audio/**", lambda route: route.fulfill(status=404))
    hears_out(child)
    assert notes(child, "spoken") == [QUESTION, "Listens to me", "Does not listen yet", *OUT]


def test_where_nothing_can_be_read_nothing_is_offered(listens):
    far = listens("far-voice", CHILD + "#s-listened", VOICE.replace("HERE", "false"))
    far.page.wait_for_load_state("networkidle")
    assert far.page.get_by_role("button", name="Listen", include_hidden=True).count() == 0
    six = listens("six-no-voice", SIX)
    button(six, "Listen").wait_for()
    assert six.page.locator("#s-promise .speak").count() == 0
    near = listens("near-voice", CHILD + "#s-listened", VOICE.replace("HERE", "true"))
    button(near, "Listen").wait_for()


def test_headphones_are_spoken_of_once_beside_the_first_button(listens):
    child = listens("headphones", SIX)
    child.sees("Use headphones if someone is near.").looks("first-screen", full=True)
    assert child.page.get_by_text("headphones").count() == 1
    young = listens("headphones-young", YOUNG, VOICE.replace("HERE", "true"))
    young.sees("Use headphones if you don’t want others to hear.").looks("first-screen")


def test_buttons_of_the_youngest_are_large(listens):
    child = listens("large", SIX + "#s-y_listens")
    assert button(child, "Listen").bounding_box()["height"] >= 64


def test_the_order_of_things_is_heard_as_well(listens):
    young = listens("order", YOUNG + "#s-matters", VOICE.replace("HERE", "true"))
    hears_out(young)
    assert notes(young, "spoken")[2:] == [
        "Listens to me", "Is honest with me", "Stays the same person", "Does what they said", *OUT
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "options", "size"),
    [
        ("plain", {}, None),
        ("forced-colours", {"forced_colors": "active"}, None),
        ("dark", {"color_scheme": "dark", "reduced_motion": "reduce"}, None),
        ("four-hundred-per-cent", {"reduced_motion": "reduce"}, {"width": 320, "height": 256}),
    ],
)
def test_what_is_being_read_is_seen(listens, name, options, size):
    child = listens(f"seen-{name}", SIX + "#s-y_visit", NOT_TURNED, **options)
    if size:
        child.page.set_viewport_size(size)
    button(child, "Slower").click()
    button(child, "Listen").click()
    # Held there, so that what comes next does not scroll while it is looked at.
    second = "notes.filter(([kind]) => kind === 'said').length === 2"
    child.page.wait_for_function(f"() => {second} && (player.pause(), player.onended = null, true)", timeout=20_000)
    said = child.page.locator(".said")
    assert said.inner_text() == "Good"
    box = said.bounding_box()
    assert 0 <= box["y"] <= child.page.viewport_size["height"] - box["height"]
    seen = said.evaluate("(part) => [getComputedStyle(part).outlineStyle, getComputedStyle(part).backgroundColor]")
    assert seen[0] == "solid" if "forced_colors" in options else seen[1] not in {"rgba(0, 0, 0, 0)", "transparent"}
    assert child.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Axe reckons with the colours that the page asked for, not with those that the device puts in their place.
    child.looks("reading", accessible="forced_colors" not in options)


def test_without_a_script_there_is_the_browsers_player(visitor):
    child = visitor("plain-listens", java_script_enabled=False)
    child.page.set_viewport_size({"width": 320, "height": 640})
    child.opens(SIX).looks("first-screen", accessible=False)
    assert child.page.locator("#s-what audio").get_attribute("aria-label") == "Listen: Me and my helper"
    child.opens(SIX + "#s-y_listens").looks("question", accessible=False)
    players = child.page.locator("audio")
    assert players.count() == 5
    assert {one.get_attribute("preload") for one in players.all()} == {"none"}
    assert players.nth(1).is_visible()
    assert players.nth(1).bounding_box()["width"] <= 288
    child.opens(CHILD)
    assert child.page.locator("audio").count() == 0


def test_players_are_accessible_where_our_own_buttons_do_not_come(visitor):
    child = visitor("no-module")
    child.page.route("**/aloud*.js", lambda route: route.abort())
    child.opens(SIX + "#s-y_listens").looks("players")
    assert child.page.locator("#s-y_listens audio").is_visible()


def test_the_youngest_can_listen_without_signal(visitor, site):
    child = visitor("bus-listens", service_workers="allow")
    child.page.add_init_script(NOTES)
    child.opens(SIX).sees("This page works without signal now.")
    # Playwright does not wait for what such a function promises, but for what is evaluated it does.
    child.page.evaluate(f"async () => {{ while (await ({KEPT})() < 14) await new Promise(requestAnimationFrame); }}")
    site.kill()
    try:
        child.page.goto(site.address + SIX)
        goes_to(child, "s-y_draw")
        hears_out(child)
        assert len(notes(child, "ended")) == 1
        assert notes(child, "error") == []
        pieces = child.page.evaluate(
            """async () => {
              const address = document.querySelector("#s-y_draw [data-audio]").dataset.audio;
              const size = (await (await fetch(address)).arrayBuffer()).byteLength;
              const ask = (range) => fetch(address, { headers: { Range: range } })
                .then(async (r) => [r.status, r.headers.get("Content-Range"), (await r.arrayBuffer()).byteLength]);
              return [size, await ask("bytes=0-1"), await ask("bytes=5-"), await ask(`bytes=${size}-`)];
            }"""
        )
        size = pieces[0]
        assert pieces[1:] == [
            [206, f"bytes 0-1/{size}", 2],
            [206, f"bytes 5-{size - 1}/{size}", size - 5],
            [416, f"bytes */{size}", 0],
        ]
    finally:
        site.start()


def test_what_was_listened_to_is_kept_and_nothing_else(visitor, site):
    child = visitor("tight", service_workers="allow")
    child.page.add_init_script(NOTES)
    child.page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } });")
    child.opens(SIX + "#s-y_draw").sees("What makes your day good?")
    child.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    hears_out(child)
    assert child.page.evaluate(KEPT) == 1
    site.kill()
    try:
        hears_out(child)
        assert len(notes(child, "ended")) == 2
    finally:
        site.start()
