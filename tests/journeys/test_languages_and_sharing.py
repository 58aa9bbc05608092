"""Changing the language on the way, a tablet that goes from hand to hand, and bigger words."""

import json
import re

import pytest
from playwright.sync_api import TimeoutError

from surveys.answering.sealing import opened
from tests.journeys.test_respondents import CHILD, chooses, goes_on, on_screen

URDU_QUESTION = "کیا آپ کو معلوم ہے کہ آپ کے سوشل ورکر کیوں ہیں؟"


def takes(visitor, language):
    visitor.page.click(".langs summary")
    visitor.page.click(f".langs button[value={language}]")
    return visitor


def sent(visitor):
    """What is sent, as only the server can read it."""
    with visitor.page.expect_request(lambda request: request.method == "PUT") as request:
        visitor.page.click(".send")
    body = json.loads(request.value.post_data)
    response_id = request.value.url.rstrip("/").rsplit("/", 1)[-1]
    return json.loads(opened(body["key"], body["sealed"], response_id=response_id))


def test_the_language_changes_on_the_way_and_every_answer_stays(visitor):
    child = visitor("language").opens(CHILD + "#s-listened")
    chooses(child, "No")
    goes_on(child)
    chooses(child, "A bit")
    takes(child, "ur").page.wait_for_selector("html[lang=ur][dir=rtl]")
    assert on_screen(child) == URDU_QUESTION
    assert child.page.evaluate("document.activeElement.textContent") == URDU_QUESTION
    # What was chosen is not shown, and can be taken out.
    assert child.page.locator("#s-know_why input:checked").count() == 0
    assert child.page.locator("#s-know_why .again").is_visible()
    child.looks("urdu")
    assert child.page.title() != "Questions"
    child.page.evaluate("location.hash = 's-send'")
    delivered = sent(child)
    assert delivered["language"] == "ur"
    assert delivered["answers"] == {"listened": "no", "know_why": "a_bit"}
    child.page.locator(".receipt li").first.wait_for()
    child.looks("urdu-thanks")
    child.was_alone()


def test_where_all_screens_are_open_every_answer_stays(visitor):
    child = visitor("language-all").opens(CHILD)
    child.page.evaluate("document.body.classList.add('all')")
    for question in ("listened", "know_why", "better"):
        child.page.locator(f"#s-{question} label.o").first.click()
    takes(child, "cy").page.wait_for_selector("html[lang=cy]")
    child.page.evaluate("location.hash = 's-send'")
    assert set(sent(child)["answers"]) == {"listened", "know_why", "better"}


def test_a_language_that_comes_late_changes_nothing_that_was_sent(visitor):
    child = visitor("language-late").opens(CHILD + "#s-send")
    held = []
    child.page.route("**/a/thistledown-8-to-11/pl/", lambda route: held.append(route))
    takes(child, "pl")
    child.page.wait_for_function(
        "() => performance.getEntriesByType('resource').some((one) => one.name.includes('language'))"
    )
    child.page.click(".send")
    child.page.locator(".receipt li").first.wait_for()
    with child.page.expect_response("**/pl/"):
        held[0].continue_()
    child.page.evaluate("new Promise((done) => setTimeout(done))")
    assert child.page.locator(".receipt li").count() == 5


def test_the_path_that_was_taken_stays_in_another_language(visitor):
    child = visitor("language-path").opens(CHILD + "#s-keeps_word")
    chooses(child, "Sometimes")
    goes_on(child)
    assert on_screen(child) == "What went wrong the last time?"
    takes(child, "cy").page.wait_for_selector("html[lang=cy]")
    assert child.page.locator("#s-not_done").is_visible()
    child.page.go_back()
    assert child.page.locator("#s-keeps_word .next.if-1").is_visible()


def test_hiding_leads_away_from_both_languages(visitor):
    child = visitor("language-hide")
    child.page.context.route(
        re.compile("bbc|/a/away$"), lambda route: route.fulfill(body="weather", content_type="text/html")
    )
    child.opens(CHILD + "#s-listened")
    takes(child, "ur").page.wait_for_selector("html[lang=ur]")
    child.page.locator("#hide").click()
    child.sees("weather")
    child.page.go_back()
    child.sees("weather")


def test_without_signal_the_language_stays_and_says_why(visitor):
    child = visitor("language-offline").opens(CHILD + "#s-listened")
    child.page.wait_for_load_state("networkidle")
    chooses(child, "No")
    child.page.route("**/a/thistledown-8-to-11/pl/", lambda route: route.abort())
    takes(child, "pl").sees("Your answers are still here.")
    assert child.page.locator("#s-listened input:checked").input_value() == "no"


def test_other_questions_never_take_the_place_of_these(visitor):
    """The wave may have gone on with a newer edition since this page was opened."""
    child = visitor("language-edition").opens(CHILD + "#s-listened")
    chooses(child, "No")

    def newer(route):
        page = route.fetch()
        route.fulfill(response=page, body=page.text().replace('name="edition" value="', 'name="edition" value="0'))

    child.page.route("**/a/thistledown-8-to-11/pl/", newer)
    takes(child, "pl").sees("Your answers are still here.")
    assert child.page.locator("html").get_attribute("lang") == "en"


def test_without_a_script_the_answers_come_along(visitor):
    child = visitor("language-no-script", java_script_enabled=False).opens(CHILD + "#s-listened")
    child.page.check("#s-listened input[value=no]")
    takes(child, "ur")
    assert child.page.locator("html").get_attribute("dir") == "rtl"
    assert child.page.locator("#s-listened input[value=no]").is_checked()
    assert child.page.locator("input[name=language]").get_attribute("value") == "ur"
    assert "ur" not in child.page.url.split("/")


def is_left_alone(visitor, what, state):
    """Until something came or went: a scroll on its way, or a page that comes anew, begins the half minute again."""
    for _ in range(10):
        visitor.page.clock.fast_forward(31_000)
        try:
            return visitor.page.locator(what).first.wait_for(state=state, timeout=1_000)
        except TimeoutError:
            continue
    raise AssertionError(f"Nothing made {what} {state} in ten times half a minute.")


def is_covered(visitor):
    """A page that is just coming shows nothing either, so the cover itself is waited for."""
    is_left_alone(visitor, ".cover", "visible")
    return visitor.sees("Are you still there?")


def begins_anew(visitor):
    visitor.page.wait_for_selector(".cover", state="detached")
    visitor.page.locator("#s-what").wait_for()
    visitor.page.wait_for_load_state("networkidle")
    assert on_screen(visitor) == "How is it going?"


def is_remembered(visitor):
    return visitor.page.evaluate("localStorage.getItem('shared')") == "yes"


def is_set_up(child):
    """As an officer does it with a tablet that goes from hand to hand."""
    child.opens("/a/waiting/").page.check("#shared")
    assert is_remembered(child)
    child.looks("waiting")
    child.page.clock.install()
    return child


@pytest.fixture
def shared(visitor):
    return is_set_up(visitor("shared"))


def test_a_tablet_is_set_up_for_sharing_before_what_waits_on_it_was_counted(visitor):
    officer, held = visitor("early"), []
    # A function of ours, because a built-in one does not say how many arguments it takes.
    officer.page.route("**/answering/waiting*", lambda route: held.append(route))
    with officer.page.expect_request("**/answering/waiting*"):
        officer.opens("/a/waiting/")
    officer.page.check("#shared")
    held.pop().continue_()
    officer.sees("Nothing waits.")
    assert not officer.page.get_by_text("Try the others again").is_visible()
    assert officer.page.is_checked("#shared")
    assert is_remembered(officer)


def test_a_tablet_is_set_up_for_sharing_where_what_waits_cannot_be_counted(visitor):
    officer = visitor("uncounted")
    officer.page.route("**/answering/waiting*", lambda route: route.abort())
    officer.opens("/a/waiting/").page.check("#shared")
    officer.page.locator("#pool .waiting", has_text="?").wait_for()
    assert officer.page.is_checked("#shared")
    assert is_remembered(officer)
    officer.looks("uncounted")


def test_a_shared_tablet_covers_the_screen_and_the_next_child_begins_anew(shared):
    shared.opens(CHILD + "#s-best_help")
    shared.page.wait_for_load_state("networkidle")
    shared.page.locator("textarea:visible").fill("words of the first child")
    is_covered(shared).looks("covered")
    assert shared.page.evaluate("document.querySelector('main').inert && !document.getElementById('hide').inert")
    shared.page.get_by_role("button", name="Go on").click()
    assert shared.page.locator("#s-best_help textarea").input_value() == "words of the first child"
    is_covered(shared)
    shared.page.get_by_role("button", name="I am someone new").click()
    begins_anew(shared)
    shared.page.evaluate("location.hash = 's-send'")
    assert sent(shared)["answers"] == {}


def test_a_shared_tablet_that_is_put_down_forgets(shared):
    shared.opens(CHILD + "#s-listened")
    shared.page.wait_for_load_state("networkidle")
    chooses(shared, "No")
    is_covered(shared)
    shared.page.clock.fast_forward(601_000)
    begins_anew(shared)


def test_a_cover_that_could_not_be_fetched_is_asked_for_again_until_it_is_there(shared):
    asked_for = []
    shared.page.route("**/answering/shared*", lambda route: (asked_for.append(route.request.url), route.abort()))
    shared.opens(CHILD + "#s-best_help").page.locator("textarea:visible").fill("words of the first child")
    with shared.page.expect_request("**?1"):
        shared.page.clock.fast_forward(6_000)
    shared.page.unroute("**/answering/shared*")
    is_covered(shared)
    assert len(set(asked_for)) == len(asked_for)


def test_the_words_of_a_receipt_are_covered_and_go_on_a_shared_tablet(shared):
    shared.opens(CHILD + "#s-send")
    shared.page.wait_for_load_state("networkidle")
    shared.page.click(".send")
    shared.page.locator(".receipt li").first.wait_for()
    is_covered(shared)
    assert not shared.page.locator(".receipt").is_visible()
    shared.page.get_by_role("button", name="Go on").click()
    assert shared.page.locator(".receipt").is_visible()
    is_covered(shared)
    shared.page.clock.fast_forward(601_000)
    begins_anew(shared)


@pytest.mark.parametrize("page", ["contact/", "receipt/"])
def test_pages_beside_the_survey_are_left_on_a_shared_tablet(shared, page):
    shared.opens(CHILD + page)
    shared.page.locator("textarea").first.fill("words of the first child")
    with shared.page.expect_navigation():
        is_left_alone(shared, "textarea", "hidden")
    assert on_screen(shared) == "How is it going?"


def test_the_way_in_of_a_poster_is_there_for_the_next_child_and_a_cards_is_not(visitor):
    child = visitor("scanned")
    for code, kept in (("abcdefgh", "abcdefgh"), ("abcdefghjk", "")):
        child.opens("/a/").opens(f"{CHILD}#{code}")
        child.page.wait_for_load_state("networkidle")
        assert child.page.locator("#code").input_value() == code
        child.page.evaluate("location.hash = 's-send'")
        child.page.locator("[data-restart]").click()
        assert child.page.locator("#code").input_value() == kept


def test_a_phone_of_ones_own_is_never_covered(visitor):
    child = visitor("own")
    child.page.clock.install()
    child.opens(CHILD + "#s-listened")
    child.page.wait_for_load_state("networkidle")
    child.page.clock.fast_forward(700_000)
    assert on_screen(child) == "Does your social worker listen to you?"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_easy_read_is_bigger_with_one_thing_on_a_line(visitor, javascript):
    child = visitor("easy", java_script_enabled=javascript).opens(CHILD)
    before = child.page.locator("#s-what .why li").first.bounding_box()["height"]
    child.page.get_by_text("Easy Read").click()
    assert child.page.locator("#s-what .why .pic").first.bounding_box()["width"] >= 72
    assert child.page.locator("#s-what .why li").first.bounding_box()["height"] > before
    child.looks("easy-read", accessible=javascript)
    goes_on(child)
    child.looks("easy-read-promise", accessible=javascript)
    assert child.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
