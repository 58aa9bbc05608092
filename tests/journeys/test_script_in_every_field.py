"""Script in every field, in a browser: it is shown as text, nothing runs, and the policy has nothing to say."""

import pytest

from tests.integration.answering.test_script_in_every_field import SCRIPTS
from tests.journeys.test_phone_faults import sends
from tests.journeys.test_respondents import CHILD

ALL = " ".join(SCRIPTS)
WATCHES = """
addEventListener("securitypolicyviolation", (event) => (window.complaints ??= []).push(event.violatedDirective));
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.pwned = 1; };
"""
KEY = (
    "from surveys.responses.models import Response;"
    "print(*[r.pk for r in Response.objects.all() if {words!r} in str(r.answers)])"
)


@pytest.fixture
def suspicious(visitor):
    """A visitor whose browser tells of everything that tries to run."""

    def make(name, **options):
        made = visitor(name, **options)
        made.page.add_init_script(WATCHES)
        return made

    return make


def nothing_ran(somebody):
    found = somebody.page.evaluate(
        "[window.pwned ?? 0, window.complaints ?? [], document.querySelectorAll('[onerror],[onfocus]').length]"
    )
    assert found == [0, [], 0]
    assert [problem for problem in somebody.problems if "the server responded with a status of 4" not in problem] == []
    assert somebody.strangers == []


def test_on_the_pages_of_a_respondent(suspicious):
    child = suspicious("script").opens(CHILD + "#s-best_help")
    # As a form, which comes back as a page; every field holds script, and one an answer that is not offered.
    child.page.evaluate(
        """(script) => {
          const form = document.getElementById("f");
          form.querySelectorAll("input[type=text], textarea").forEach((field) => { field.value = script; });
          for (const name of ["helper", "told", "q_listened"]) {
            const field = form.querySelector(`[name=${name}]`);
            Object.assign(field, { value: script, checked: true });
          }
          HTMLFormElement.prototype.submit.call(form);
        }""",
        ALL,
    )
    child.page.locator(".errors").wait_for()
    child.page.evaluate("location.hash = 's-best_help'")
    nothing_ran(child)
    assert child.page.content().count("window.pwned") > 1
    child.opens("/a/")
    child.page.fill("#code", ALL[:40])
    child.page.get_by_role("button", name="Go on").click()
    child.sees("We do not know this code yet")
    assert child.page.input_value("#code") == ALL[:40]
    nothing_ran(child)
    child.opens(f"{CHILD}receipt/")
    child.page.fill("#words", ALL[:200])
    child.page.get_by_role("button", name="Go on").click()
    child.sees("Look at each word again")
    assert child.page.input_value("#words") == ALL[:200]
    nothing_ran(child)
    child.opens("/a/%3Cscript%3Ewindow.pwned=1%3C/script%3E/").sees("There is nothing at this address")
    nothing_ran(child)


def test_in_what_the_server_says_of_an_answer(suspicious):
    child = suspicious("script-said").opens(CHILD + "#s-send")
    content = {"errors": [{"item": "best_help", "message": ALL}, {"item": ALL, "message": ALL}]}
    child.page.route("**/responses/**", lambda route: route.fulfill(status=422, json=content))
    sends(child)
    error = child.page.locator("#s-best_help .error")
    error.wait_for(state="visible")
    assert error.inner_text() == ALL
    assert child.page.locator(".status").text_content() == ALL
    nothing_ran(child)


def test_at_the_desk(suspicious, site):
    child = suspicious("script-sends").opens(CHILD + "#s-best_help")
    words = {"text": f"we played a game {ALL}", "worry": f"he hits me when he is drunk {ALL}"}
    for written in words.values():
        child.opens(CHILD + "#s-best_help")
        child.page.reload()
        child.page.locator("textarea:visible").fill(written)
        child.page.evaluate("location.hash = 's-send'")
        sends(child).sees("Thank you. We got it.")
    site.manage("screen_waiting")
    text = site.manage("shell", "-v0", "-c", KEY.format(words=words["text"][:40])).split()[-1]
    lead = suspicious("script-lead", phone=False).signs_in("safeguarding-lead")
    lead.opens(f"/desk/work/texts/{text}/").sees(words["text"]).looks("text", accessible=False)
    nothing_ran(lead)
    lead.opens("/desk/work/worries/")
    worries = [link.get_attribute("href") for link in lead.page.locator(".worries a").all()]
    nothing_ran(lead)
    seen = []
    for worry in worries:
        lead.opens(worry)
        seen.append(words["worry"] in lead.page.locator("blockquote").first.inner_text())
        nothing_ran(lead)
        if seen[-1]:
            lead.looks("worry", accessible=False)
            break
    assert any(seen)
