"""Help at once beside a box to write in, and writing back with the five words: on another device, with and without
JavaScript."""

import json
import re

import pytest

from tests.factories.help_examples import NOT_SHOWN, SHOWN
from tests.journeys.quoting import is_read
from tests.journeys.test_respondents import CHILD

RECEIPT = "/a/thistledown-8-to-11/receipt/"
QUESTION = "s-best_help"
NOT_SAFE = "If you are not safe now, or want to talk to someone:"
WITH_WORKER = {"service_workers": "allow"}
NEWEST = "from surveys.responses.letters import Letter as L; print(L.objects.unread().get().response_key)"
TRY_ALL = """
async ({ examples, helping }) => {
  const { plain, pattern } = await import(helping);
  const found = [];
  for (const [language, text] of examples) found.push((await pattern(`/a/help.${language}.txt`)).test(plain(text)));
  return found;
}
"""


def box(child):
    return child.page.locator(".care:visible")


def goes_to(child, screen):
    child.page.evaluate("(to) => { location.hash = to; }", screen)


def answers(child, words):
    """Answers with these words and nothing else; gives back the receipt."""
    goes_to(child, QUESTION)
    child.page.locator("textarea:visible").fill(words)
    goes_to(child, "s-send")
    child.page.get_by_role("button", name="Send").click()
    child.page.locator(".receipt li").first.wait_for()
    return " ".join(child.page.locator(".receipt li").all_inner_texts())


def comes_back(child, receipt):
    child.opens(RECEIPT).page.fill("#words", receipt)
    child.page.get_by_role("button", name="Go on").click()
    return child.sees("We have your answers")


def test_help_is_there_at_once_without_signal_and_without_an_alarm(visitor):
    child = visitor("help", **WITH_WORKER).opens(CHILD).sees("This page works without signal now.")
    child.page.context.set_offline(True)
    child.page.reload()
    goes_to(child, QUESTION)
    field = child.page.locator("textarea:visible")
    field.fill("we played uno")
    child.page.wait_for_timeout(600)
    assert box(child).count() == 0
    assert child.page.locator(".care[role=status]").count() == 1
    asked = []
    child.page.on("request", lambda request: asked.append(request.url))
    field.fill("he hits me")
    box(child).wait_for()
    child.looks("1-beside-the-box", full=True)
    said = box(child).inner_text()
    assert NOT_SAFE in said
    assert "999" in said
    assert "0800 1111" in said
    assert "not straight away" in said
    # It says nothing of what was written, takes nothing away, and tells nobody.
    assert not re.search(r"hit|hurt|harm|danger(?!:)|told us|worr", said)
    assert child.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert asked == []
    # Taking the words out changes nothing that somebody beside them could see.
    field.fill("we played uno")
    child.page.wait_for_timeout(600)
    assert box(child).count() == 1
    box(child).get_by_role("button", name="Close").click()
    assert box(child).count() == 0
    field.fill("he hits me a lot")
    child.page.wait_for_timeout(600)
    assert box(child).count() == 0
    child.page.locator("a.next:visible").click()
    child.page.go_back()
    assert child.page.locator(".care").count() == 0
    goes_to(child, "s-send")
    child.page.get_by_role("button", name="Send").click()
    child.sees("Your answers are safe on here")


def test_hiding_the_page_hides_it_too(visitor):
    child = visitor("help-hidden").opens(CHILD)
    goes_to(child, QUESTION)
    child.page.locator("textarea:visible").fill("he hits me")
    box(child).wait_for()
    child.page.route("**/*", lambda route: route.abort())
    child.page.locator("#hide").click()
    child.page.wait_for_function("() => !document.querySelector('.care')")


@pytest.mark.parametrize(
    ("language", "words", "direction"), [("ar", "أبي يضربني", "rtl"), ("ur", "ابو مجھے مارتے ہیں", "rtl")]
)
def test_it_is_there_in_languages_that_are_read_from_the_right(visitor, language, words, direction):
    child = visitor(f"help-{language}").opens(f"{CHILD}{language}/")
    goes_to(child, QUESTION)
    child.page.locator("textarea:visible").fill(words)
    box(child).wait_for()
    assert box(child).evaluate("(box) => getComputedStyle(box).direction") == direction
    child.looks("1-beside-the-box", full=True)
    child.was_alone()


def test_a_browser_finds_what_python_finds(visitor):
    child = visitor("help-examples").opens(CHILD)
    helping = child.page.locator("#f").get_attribute("data-care")
    examples = [*SHOWN, *NOT_SHOWN]
    found = child.page.evaluate(TRY_ALL, {"examples": examples, "helping": helping})
    wrong = [one for one, shown in zip(examples, found, strict=True) if shown != (one in SHOWN)]
    assert wrong == [], json.dumps(wrong, ensure_ascii=False)


def test_it_is_there_where_somebody_asks_for_a_person(visitor):
    child = visitor("help-contact").opens("/a/thistledown-8-to-11/contact/")
    child.page.locator("textarea#words").fill("he hits me")
    box(child).wait_for()
    child.looks("1-beside-the-box", full=True)
    child.was_alone()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_child_writes_back_on_another_device_and_a_lead_answers(visitor, javascript):
    name = f"letter-{'script' if javascript else 'plain'}"
    receipt = answers(visitor(f"{name}-first").opens(CHILD), f"something happened {javascript}")
    child = comes_back(visitor(name, java_script_enabled=javascript), receipt)
    child.looks("1-comes-back", full=True, accessible=javascript)
    child.page.fill("#letter", f"Can I talk to Sam? {javascript}")
    child.page.get_by_role("button", name="Send", exact=True).click()
    child.sees("We have what you wrote.").sees("Nobody has read it yet.")
    child.looks("2-written", full=True, accessible=javascript)
    assert "Sam" not in child.page.content()
    assert child.page.context.cookies() == []
    child.site.manage("screen_waiting", "-v0")

    lead = visitor(f"{name}-lead", phone=False).signs_in("safeguarding-lead")
    # The demo has many texts to read before this one.
    key = lead.site.manage("shell", "-v0", "-c", NEWEST).split()[-1]
    lead.opens(f"/desk/work/texts/{key}/").sees(f"Can I talk to Sam? {javascript}")
    lead.sees("They wrote back").looks("1-letter", full=True)
    lead.page.fill("#reply", "Yes. Sam is in the hall on Monday after school.")
    lead.page.get_by_role("button", name="Send the reply").click()
    lead.sees("The reply waits").looks("2-thread", full=True)
    is_read(lead.page)
    lead.page.get_by_role("button", name="Read, nothing to act on").click()
    lead.was_alone()

    child = comes_back(visitor(f"{name}-third", java_script_enabled=javascript), receipt)
    child.sees("Sam is in the hall").sees("A person read it on").looks("1-reply", full=True, accessible=javascript)
    child.was_alone()


def test_help_is_beside_what_is_written_back(visitor):
    receipt = answers(visitor("letter-help-first").opens(CHILD), "uno")
    child = comes_back(visitor("letter-help"), receipt)
    child.page.fill("#letter", "i am scared")
    box(child).wait_for()
    child.looks("1-beside-the-box", full=True)
    child.was_alone()
