"""What once went wrong on a phone, each a sentence that must stay true."""

import json
import re

import pytest

from surveys.answering.sealing import opened
from tests.journeys.test_respondents import CHILD, COUNT, begins, chooses, goes_on, on_screen

SECTION = "section.s:visible"


def watches(visitor):
    """What is sent from now on."""
    sent = []
    visitor.page.on("request", lambda request: request.method in {"PUT", "POST"} and sent.append(request))
    return sent


def unsealed(request):
    """What a device sent, opened."""
    sent = json.loads(request.post_data)
    response_id = request.url.rstrip("/").rpartition("/")[2]
    return json.loads(opened(sent["key"], sent["sealed"], response_id=response_id))


def sends(visitor):
    visitor.page.get_by_role("button", name="Send").click()
    return visitor


def stored(site, words):
    return int(site.manage("shell", "-v0", "-c", COUNT.format(words=words)).split()[-1])


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("field", ["#s-listened input", "#s-who input", "#s-send #code"])
def test_enter_in_a_field_sends_nothing(visitor, javascript, field):
    child = visitor("enter", java_script_enabled=javascript)
    sent = watches(child)
    child.opens(CHILD + field.split()[0])
    if javascript and "#code" in field:
        # It is hidden where a script has read the code; where it is asked for, Enter must not send either.
        child.page.evaluate("document.querySelector('.code').classList.add('asked')")
    child.page.locator(field).first.press("Enter")
    child.page.wait_for_timeout(300)
    assert child.page.locator(field).first.is_visible()
    assert child.page.locator(".receipt li, .errors").count() == 0
    assert sent == []


def test_every_answer_is_sent_where_all_questions_are_open(visitor):
    child = visitor("no-styles")
    child.page.route("**/survey.*css", lambda route: route.abort())
    child.opens(CHILD)
    child.page.locator("#s-who").get_by_text("Someone taps for me").click()
    child.page.locator("#s-listened").get_by_text("No", exact=True).click()
    child.page.locator("#s-keeps_word").get_by_text("Yes", exact=True).click()
    child.page.locator("textarea").first.fill("all of them open")
    sent = watches(child)
    sends(child).sees("Thank you. We got it.")
    body = unsealed(sent[0])
    assert body["helper"] == "tapped"
    assert (body["answers"]["listened"], body["answers"]["keeps_word"]) == ("no", "yes")
    assert "all of them open" in body["answers"].values()


def writes(child, words):
    child.opens(CHILD + "#s-best_help")
    child.page.locator("textarea:visible").fill(words)
    child.page.evaluate("location.hash = 's-send'")


def test_the_next_child_on_a_device_is_stored_as_well(visitor, site):
    child = visitor("next-child")
    writes(child, "the first of two")
    # Stored, but the reply is lost: the answers wait, and the phone is handed on.
    asked = []

    def lost(route):
        if not asked:
            asked.append(route.fetch())
        route.abort()

    child.page.route("**/responses/**", lost)
    sends(child).sees("Your answers are safe on here")
    # The page comes anew: going to a place within it while it still comes would be waited for without an end.
    with child.page.expect_navigation():
        child.page.get_by_text("Start the questions again").click()
    child.page.unroute("**/responses/**")
    writes(child, "the second of two")
    sends(child).sees("Thank you. We got it.")
    assert [stored(site, words) for words in ("the first of two", "the second of two")] == [1, 1]


def test_starting_again_makes_an_answer_of_its_own(visitor, site):
    child = visitor("again")
    writes(child, "begun and left")
    child.page.get_by_text("Start the questions again").click()
    assert on_screen(child) == "Is someone helping you?"
    child.page.evaluate("location.hash = 's-best_help'")
    assert child.page.locator("textarea:visible").input_value() == ""
    child.page.locator("textarea:visible").fill("begun again")
    child.page.evaluate("location.hash = 's-send'")
    sends(child).sees("Thank you. We got it.")
    assert [stored(site, words) for words in ("begun and left", "begun again")] == [0, 1]


def test_a_page_the_browser_kept_begins_again_for_whoever_comes_next(visitor, site):
    child = visitor("kept")
    writes(child, "left behind")
    child.page.route("**/responses/**", lambda route: route.abort())
    sends(child).sees("Your answers are safe on here")
    # What a browser says when it puts a page away, and when it takes it out again.
    child.page.evaluate("(name) => dispatchEvent(new PageTransitionEvent(name, {persisted: true}))", "pagehide")
    with child.page.expect_navigation():
        child.page.evaluate("(name) => dispatchEvent(new PageTransitionEvent(name, {persisted: true}))", "pageshow")
    child.page.locator("#s-what").wait_for()
    assert on_screen(child) == "How is it going?"
    child.page.unroute("**/responses/**")
    child.page.evaluate("location.hash = 's-send'")
    sent = watches(child)
    sends(child).sees("Thank you. We got it.")
    # What waited goes as well; the next child's own is empty.
    assert {} in [unsealed(one)["answers"] for one in sent]


def test_an_answer_that_comes_back_late_is_not_shown_to_the_next_child(visitor):
    child = visitor("late")
    writes(child, "in a hurry")
    held = []
    child.page.route("**/responses/**", lambda route: held.append(route))
    with child.page.expect_request("**/responses/**"):
        sends(child)
    child.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    held[0].fulfill(status=201, json={"receipt": "one two three"})
    child.page.wait_for_timeout(300)
    assert child.page.locator(".receipt li").count() == 0
    assert on_screen(child) == "That is all"


WITHOUT_AREA = """
from django.utils import timezone
from surveys.fieldwork.models import OpenLink, Wave
of = Wave.objects.select_related("area").get(code="thistledown-8-to-11")
wave, _ = Wave.objects.get_or_create(code="everywhere", defaults={
    "name": "Everywhere", "edition": of.edition, "status": "open", "opened_on": timezone.localdate()})
print(OpenLink.objects.get_or_create(wave=wave, area=of.area, place="a hall")[0].code)
"""


@pytest.fixture(scope="module")
def poster(site):
    """The code of a poster for a wave of several areas."""
    return site.manage("shell", "-v0", "-c", WITHOUT_AREA).split()[-1]


def test_a_wave_of_several_areas_asks_for_the_code_with_a_script_as_well(visitor, poster):
    child = visitor("everywhere").opens("/a/everywhere/#s-send")
    sends(child).sees("Please type the code")
    child.looks("code-asked")
    child.page.fill("#code", poster.upper())
    sends(child).sees("Thank you. We got it.")


def test_the_code_of_a_poster_is_filled_in_where_it_is_asked_for(visitor, poster):
    child = visitor("everywhere-poster").opens(f"/a/everywhere/#{poster}")
    child.page.evaluate("location.hash = 's-send'")
    assert child.page.locator("#code:visible").input_value() == poster
    sends(child).sees("Thank you. We got it.")


def test_a_fragment_that_is_no_text_does_not_stop_the_page(visitor):
    child = visitor("fragment").opens(CHILD + "#%E0%A4%A")
    child.page.evaluate("location.hash = 's-listened'")
    chooses(child, "No")
    goes_on(child)
    child.page.go_back()
    assert child.page.locator("#s-listened .again").is_visible()
    child.was_alone()


def refuses(child, *errors):
    """The server finds fault with these answers, once."""
    content = {"errors": [{"item": item, "message": message} for item, message in errors]}
    child.page.route("**/responses/**", lambda route: route.fulfill(status=422, json=content), times=1)


def test_what_is_wrong_is_said_at_its_question_until_it_is_answered(visitor):
    child = visitor("wrong").opens(CHILD + "#s-listened")
    chooses(child, "No")
    goes_to = child.page.evaluate
    goes_to("location.hash = 's-best_help'")
    child.page.locator("textarea:visible").fill("too long, says the server")
    goes_to("location.hash = 's-send'")
    refuses(child, ("listened", "Please choose one of the answers shown."), ("best_help", "This is too long to send."))
    sends(child)
    error = child.page.locator("#s-listened .error")
    error.wait_for(state="visible")
    assert error.inner_text() == "Please choose one of the answers shown."
    assert child.page.evaluate("document.activeElement.className") == "error"
    child.looks("at-its-question")
    chooses(child, "Yes")
    assert error.count() == 0
    goes_to("location.hash = 's-best_help'")
    assert child.page.evaluate("document.activeElement.textContent") == "This is too long to send."
    assert child.page.locator("textarea:visible").input_value() == "too long, says the server"
    child.page.locator("textarea:visible").fill("shorter")
    goes_to("location.hash = 's-send'")
    assert child.page.locator(".status").text_content() == ""
    sent = watches(child)
    sends(child).sees("Thank you. We got it.")
    answers = unsealed(sent[0])["answers"]
    assert (answers["listened"], answers["best_help"]) == ("yes", "shorter")


@pytest.mark.parametrize("question", ["listened", "best_help", "talk_to"])
def test_an_answer_can_be_taken_out_before_it_is_sent(visitor, question):
    child = visitor(f"out-{question}").opens(f"{CHILD}#s-{question}")
    field = child.page.locator(SECTION).locator("textarea, input").first
    if question == "best_help":
        field.fill("I did not mean to say this")
    else:
        field.check()
    goes_on(child)
    child.page.go_back()
    child.page.get_by_role("button", name="Start this one again").click()
    assert not child.page.locator(SECTION).locator(".again").is_visible()
    assert child.page.evaluate("document.activeElement.tagName") == "H2"
    child.page.evaluate("location.hash = 's-send'")
    sent = watches(child)
    sends(child).sees("Thank you. We got it.")
    assert unsealed(sent[0])["answers"] == {}


def test_a_question_that_followed_goes_when_its_answer_is_taken_out(visitor):
    child = visitor("out-route").opens(CHILD + "#s-keeps_word")
    chooses(child, "Sometimes")
    goes_on(child)
    assert on_screen(child) == "What went wrong the last time?"
    child.page.go_back()
    child.page.get_by_role("button", name="Start this one again").click()
    goes_on(child)
    assert on_screen(child) == "Are things better since you had a social worker?"


@pytest.mark.parametrize("navigation", [True, False], ids=["new browser", "old browser"])
def test_going_back_after_hiding_leads_to_nothing_that_tells(visitor, navigation):
    child = visitor("hide-back")
    if not navigation:
        child.page.add_init_script("delete window.navigation; Object.defineProperty(window, 'navigation', {})")
    elsewhere = {"body": "weather", "content_type": "text/html"}
    child.page.context.route(re.compile("bbc|/a/away$"), lambda route: route.fulfill(**elsewhere))
    child.opens("/healthz")
    begins(child)
    goes_on(child)
    child.page.get_by_text("Hide this page", exact=True).click()
    child.sees("weather")
    child.page.go_back()
    assert child.page.inner_text("body") == "weather"
    if navigation:
        # All that is left of the survey is one address, and it leads to the weather.
        assert child.page.evaluate("navigation.entries().filter((e) => /thistledown/.test(e.url)).length") == 0
        child.page.go_back()
        assert child.page.url.endswith("/healthz")


def test_the_screen_is_empty_at_once_however_slow_the_other_page_is(visitor):
    child = visitor("hide-slow")
    child.page.context.route(re.compile("bbc"), lambda route: None)
    child.opens(CHILD + "#s-listened")
    hides = "() => { document.getElementById('hide').click(); return document.body.innerText.trim(); }"
    assert child.page.evaluate(hides) == ""


@pytest.mark.parametrize("status", [503, 429, 403], ids=["no room", "busy", "a filter on the way"])
def test_what_is_not_taken_just_now_is_tried_again_while_the_page_is_open(visitor, status):
    child = visitor("again").opens(CHILD + "#s-send")
    child.page.wait_for_load_state("networkidle")
    page = {"status": status, "body": "<h1>Not now</h1>", "content_type": "text/html"}
    child.page.route("**/responses/**", lambda route: route.fulfill(**page), times=1)
    sends(child).sees("Thank you. We got it.")
    assert child.page.locator(".receipt li").count() == 5
