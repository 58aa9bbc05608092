"""A child, a young person and a parent answer, with and without JavaScript."""

import re

import pytest

CHILD = "/a/thistledown-8-to-11/"


def on_screen(visitor):
    """The heading of the one screen that is seen."""
    seen = [h for h in visitor.page.locator("section.s h1, section.s h2").all() if h.is_visible()]
    assert len(seen) == 1
    return seen[0].inner_text()


def goes_on(visitor):
    visitor.page.locator("section.s:visible a.next:visible").first.click()


def chooses(visitor, label):
    visitor.page.locator("section.s:visible").get_by_text(label, exact=True).first.click()
    return visitor


def begins(visitor, path=CHILD):
    visitor.opens(path)
    goes_on(visitor)
    goes_on(visitor)
    return visitor


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_child_answers_on_a_phone(visitor, javascript):
    child = visitor("child" if javascript else "child-no-script", java_script_enabled=javascript)
    check = {"accessible": javascript}
    child.opens(CHILD).looks("1-what", **check)
    assert on_screen(child) == "How is it going?"
    goes_on(child)
    child.looks("2-promise", **check)
    goes_on(child)
    chooses(child, "Someone reads it to me").looks("3-who", **check)
    goes_on(child)
    child.looks("4-practice", **check)
    goes_on(child)
    asked = []
    while (heading := on_screen(child)) != "That is all":
        asked.append(heading)
        if "do what they said" in heading:
            chooses(child, "Sometimes")
        elif "What helped" in heading:
            child.page.locator("textarea:visible").fill("we played a game 🙂 سلام")
        elif "Who can you talk" in heading:
            chooses(child, "A friend")
        elif heading.startswith("Does"):
            chooses(child, "Yes")
        else:
            away = child.page.locator("section.s:visible").get_by_text("I don’t know")
            if away.count():
                away.first.click()
        child.looks(f"5-question-{len(asked)}", **check)
        goes_on(child)
    assert "What went wrong the last time?" in asked
    child.looks("6-send", **check)
    child.page.get_by_role("button", name="Send").click()
    child.sees("Thank you. We got it.").looks("7-thanks", **check)
    assert len(child.page.locator(".receipt li").all()) == 5
    assert child.page.context.cookies() == []
    child.was_alone()


def test_a_question_is_left_out_where_it_does_not_belong(visitor):
    for javascript in (True, False):
        child = begins(visitor("path", java_script_enabled=javascript))
        child.opens(CHILD + "#s-keeps_word")
        chooses(child, "Yes")
        goes_on(child)
        assert on_screen(child) == "Are things better since you had a social worker?"


def test_answers_given_are_not_shown_again(visitor):
    child = visitor("back")
    child.opens(CHILD + "#s-listened")
    chooses(child, "No")
    goes_on(child)
    child.page.go_back()
    assert on_screen(child) == "Does your social worker listen to you?"
    assert child.page.locator("#s-listened input:checked").count() == 0
    assert child.page.locator("#s-listened .again").is_visible()
    child.looks("answered")


def test_saying_no_is_thanked_and_changes_nothing(visitor):
    child = visitor("no").opens(CHILD)
    child.page.get_by_text("No, thank you").click()
    child.sees("That is fine").looks("said-no")


def test_the_page_can_be_hidden_at_once(visitor):
    child = visitor("hide")
    child.page.context.route(
        re.compile("bbc|/a/away$"), lambda route: route.fulfill(body="weather", content_type="text/html")
    )
    begins(child)
    child.page.keyboard.press("Tab")
    for _ in range(3):
        child.page.keyboard.press("Shift")
    child.sees("weather")
    child.page.go_back()
    child.sees("weather")


def test_hide_this_page_is_first_for_the_keyboard(visitor):
    child = visitor("keyboard").opens(CHILD)
    child.page.keyboard.press("Tab")
    assert child.page.evaluate("document.activeElement.id") == "hide"


def test_a_survey_can_be_answered_with_the_keyboard_alone(visitor):
    child = visitor("keys")
    child.opens(CHILD + "#s-listened")
    page = child.page
    page.locator("#s-listened input").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#s-listened input:checked").input_value() == "sometimes"
    for _ in range(6):
        page.keyboard.press("Tab")
        if "next" in page.evaluate("document.activeElement.className"):
            break
    page.keyboard.press("Enter")
    assert on_screen(child) == "Do you know why you have a social worker?"
    assert page.evaluate("document.activeElement.tagName") == "H2"


KEPT_ON_DEVICE = """
async () => {
  const open = indexedDB.open("waiting");
  const store = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const all = store.transaction("waiting").objectStore("waiting").getAll();
  const found = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); });
  store.close();
  return JSON.stringify(found) + JSON.stringify(Object.entries(localStorage)) + document.cookie;
}
"""


def test_without_signal_nothing_is_lost_and_sending_again_stores_once(visitor, site):
    child = begins(visitor("offline"))
    child.opens(CHILD + "#s-best_help")
    child.page.locator("textarea:visible").fill("bus stop words")
    child.page.evaluate("location.hash = 's-send'")
    child.loses_signal()
    puts = []
    child.page.on("request", lambda request: request.method == "PUT" and puts.append(request.url))
    child.page.get_by_role("button", name="Send").click()
    child.sees("Your answers are safe on here").looks("waits")
    kept = child.page.evaluate(KEPT_ON_DEVICE)
    assert "sealed" in kept
    assert "bus stop" not in kept
    # The reply is lost on the way back: the server has stored, the phone does not know.
    child.page.route("**/responses/**", lambda route: (route.fetch(), route.abort())[1], times=1)
    child.page.context.set_offline(False)
    child.page.wait_for_function("() => true")
    child.loses_signal()
    child.page.context.set_offline(False)
    child.sees("Thank you")
    assert len(set(puts)) == 1
    assert child.page.evaluate(KEPT_ON_DEVICE).startswith("[]")
    assert site.manage("shell", "-c", COUNT.format(words="bus stop words")).strip().endswith("1")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_child_takes_the_answers_back_on_another_phone(visitor, site, javascript):
    child = begins(visitor("sends", java_script_enabled=javascript))
    child.opens(CHILD + "#s-best_help")
    child.page.locator("textarea:visible").fill(f"canary words {javascript}")
    child.opens(CHILD + "#s-send") if not javascript else child.page.evaluate("location.hash = 's-send'")
    child.page.get_by_role("button", name="Send").click()
    child.sees("Thank you")
    words = child.page.locator(".receipt li").all_inner_texts()
    assert len(words) == 5
    stored = COUNT.format(words=f"canary words {javascript}")
    assert site.manage("shell", "-c", stored).strip().endswith("1")
    address = child.page.locator(".done .hint").inner_text()
    later = visitor("takes-back", java_script_enabled=javascript)
    later.opens(address.removeprefix(site.address.removeprefix("http://")))
    later.sees("five words").looks("1-asked", accessible=javascript)

    def types(*typed):
        later.page.get_by_role("textbox").fill(", ".join(typed))
        later.page.get_by_role("button", name="Go on").click()

    types(*words[:4], "canary")
    later.sees("Look at each word again").looks("2-not-found", accessible=javascript)
    types(*map(str.upper, words))
    later.sees("We have your answers").looks("3-found", accessible=javascript)
    later.page.get_by_role("button", name="Take my answers back").click()
    later.sees("Your answers are deleted").looks("4-deleted", accessible=javascript)
    # What was typed would stand behind the path, whose own words a receipt may be made of too.
    assert re.fullmatch(r"[^?#]*/receipt/(taken-back/)?", later.page.url), later.page.url
    assert later.page.context.cookies() == []
    assert site.manage("shell", "-c", stored).strip().endswith("0")


COUNT = (
    "from surveys.responses.models import Response;"
    "print(sum('{words}' in str(r.answers) for r in Response.objects.all()))"
)


def test_a_posters_code_is_read_from_the_fragment_and_leaves_no_trace(visitor, site):
    child = visitor("poster").opens("/thistledown/")
    href = child.page.get_by_role("link", name="8 to 11 year olds").first.get_attribute("href")
    assert "#" in href
    child.opens(href)
    assert on_screen(child) == "How is it going?"
    assert "#" not in child.page.url
    child.opens("/a/").looks("code")
    child.page.fill("#code", href.split("#")[1].upper())
    child.page.get_by_role("button", name="Go on").click()
    child.sees("How is it going?")
    child.opens("/a/")
    child.page.fill("#code", "wrong")
    child.page.get_by_role("button", name="Go on").click()
    child.sees("as often as you like").looks("code-wrong")


def test_young_people_and_parents_have_their_own(visitor):
    for name, path, first in (
        ("young", "/a/thistledown-12-to-17/", "Does your social worker listen to what you say?"),
        ("parent", "/a/thistledown-parents/", "Do you understand what people are worried about?"),
    ):
        somebody = visitor(name).opens(path).looks("1-what")
        for _ in range(3):
            goes_on(somebody)
        assert on_screen(somebody) == first
        somebody.looks("2-question")
        somebody.was_alone()


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_screens_can_be_read_in_the_dark_and_from_right_to_left(visitor, scheme):
    child = visitor(f"scheme-{scheme}", color_scheme=scheme).opens(CHILD + "#s-talk_to")
    child.looks("left-to-right")
    child.page.evaluate("document.documentElement.dir = 'rtl'")
    child.looks("right-to-left")
    assert child.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_target_is_large_enough_for_a_child(visitor):
    child = visitor("targets").opens(CHILD + "#s-talk_to")
    for target in child.page.locator("#s-talk_to label, #s-talk_to a, #hide").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 44, target.inner_text()


def test_a_small_old_phone_shows_everything(visitor):
    child = visitor("small")
    child.page.set_viewport_size({"width": 320, "height": 480})
    child.opens(CHILD + "#s-talk_to").looks("question")
    assert child.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_first_visit_fits_into_the_first_fourteen_kilobytes(visitor, site):
    """Over the wire, compressed, headers included: to the first question, and with what comes after it."""
    child = visitor("budget")
    session = child.page.context.new_cdp_session(child.page)
    session.send("Network.enable")
    address, received = {}, {}
    session.on("Network.responseReceived", lambda e: address.__setitem__(e["requestId"], e["response"]["url"]))
    session.on("Network.loadingFinished", lambda e: received.__setitem__(e["requestId"], e["encodedDataLength"]))
    child.opens(CHILD)
    child.page.wait_for_load_state("networkidle")
    # Help beside a box to write in comes after the first question too; it is counted in the whole below.
    later = ("waiting.", "aloud.", "worker.", "help.")
    first = {address[key]: size for key, size in received.items() if not any(part in address[key] for part in later)}
    assert sum(first.values()) < 14 * 1024, first
    assert sum(received.values()) < 40 * 1024, received
