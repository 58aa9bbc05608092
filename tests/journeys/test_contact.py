"""Somebody asks for a person, and reads a reply; a safeguarding lead is at the other end. No JavaScript is needed."""

import pytest

from tests.journeys.test_respondents import CHILD, begins

CONTACT = "/a/thistledown-8-to-11/contact/"
SMALL = {"width": 320, "height": 480}


def fills(child, **texts):
    for name, text in texts.items():
        child.page.locator(f"#{name}").fill(text)
    return child


def sends(child):
    child.page.get_by_role("button", name="Send", exact=True).click()
    return child


def worries(lead):
    return lead.opens("/desk/work/worries/")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_child_asks_for_a_person_and_a_lead_says_what_was_done(visitor, javascript):
    name = f"asks-{'script' if javascript else 'plain'}"
    axe, called = {"accessible": javascript}, f"Sparrow {javascript}"
    child = visitor(name, java_script_enabled=javascript).opens(CONTACT)
    child.sees("Do you want someone to get in touch?").looks("1-form", full=True, **axe)
    sends(fills(child, name=called))
    child.sees("Not sent yet").looks("2-no-way-to-reach", full=True, **axe)
    assert child.page.locator("#name").input_value() == called
    child.page.get_by_text("A grown-up I choose").click()
    sends(fills(child, reach="Gran, after school, not at home", words="he hits me"))
    child.sees("We have your message").sees("within one working day").looks("3-sent", full=True, **axe)
    assert child.page.url.endswith(CONTACT)
    assert child.page.context.cookies() == []
    assert child.strangers == []
    child.page.reload()
    # Sent a second time by a browser without a script, it is there once; with one there is nothing left to send.
    child.sees("Do you want someone to get in touch?" if javascript else "We have your message")

    lead = worries(visitor(f"{name}-lead", phone=False).signs_in("safeguarding-lead"))
    lead.sees("Asked for a person").looks("1-worries", accessible=False)
    rows = lead.page.locator("section table tbody tr")
    before = rows.count()
    assert "Now" in rows.first.inner_text()
    assert called not in lead.page.content()
    rows.first.locator("a").click()
    lead.sees(called).sees("Gran, after school").looks("2-message", accessible=False, full=True)
    lead.page.fill("#reason", "Spoke at the school gate; a visit is arranged.")
    lead.page.get_by_role("button", name="Done").click()
    lead.sees("What they wrote is erased in 28 days")
    assert rows.count() == before - 1
    lead.was_alone()


def test_enter_in_a_field_does_not_send_half_a_message(visitor):
    child = visitor("asks-enter").opens(CONTACT)
    fills(child, reach="gran", name="Kit").page.locator("#name").press("Enter")
    child.page.wait_for_timeout(300)
    assert child.page.locator("#reach").input_value() == "gran"
    assert child.page.get_by_text("We have your message").count() == 0


def test_pressing_send_twice_at_once_sends_once(visitor, site):
    child = visitor("asks-twice", java_script_enabled=False).opens(CONTACT)
    fills(child, name="Twice", reach="gran").page.get_by_role("button", name="Send", exact=True).dblclick()
    child.sees("We have your message")
    child.page.reload()
    child.sees("We have your message")
    names = "print([message.name for message in ContactMessage.objects.all()].count('Twice'))"
    count = f"from surveys.responses.models import ContactMessage; {names}"
    assert site.manage("shell", "-v0", "-c", count).split()[-1] == "1"


@pytest.mark.parametrize(
    ("wave", "language", "scheme"),
    [
        ("6-and-7", "", "light"),
        ("12-to-17", "", "dark"),
        ("parents", "", "light"),
        ("parents", "ar/", "light"),
        ("8-to-11", "pl/", "dark"),
    ],
)
def test_the_form_can_be_read_by_everybody_on_a_small_phone(visitor, wave, language, scheme):
    name = f"asks-{wave}-{language.strip('/') or 'en'}"
    child = visitor(name, color_scheme=scheme)
    child.page.set_viewport_size(SMALL)
    child.opens(f"/a/thistledown-{wave}/{language}contact/").looks("form", full=True)
    assert child.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    least = 64 if wave == "6-and-7" else 44
    for target in child.page.locator("fieldset label, .go a, .go button.next, #hide, textarea, input[type=text]").all():
        height = 44 if "hide" in (target.get_attribute("class") or "") else least
        if target.evaluate("e => e.tagName") in {"LABEL", "A", "BUTTON"}:
            assert target.bounding_box()["height"] >= height, target.inner_text()
    child.was_alone()


def test_the_form_is_left_at_once(visitor):
    child = visitor("asks-hides").opens(CONTACT)
    child.page.keyboard.press("Tab")
    assert child.page.evaluate("document.activeElement.id") == "hide"


def test_a_lead_replies_and_a_child_reads_it_on_another_device(visitor, site):
    child = begins(visitor("replied-1-answers", java_script_enabled=False))
    child.opens(CHILD + "#s-best_help")
    child.page.locator("textarea:visible").fill("my bike was fixed, and he hits me when he is drunk")
    child.opens(CHILD + "#s-send")
    sends(child).sees("Thank you")
    words = child.page.locator(".receipt li").all_inner_texts()

    def comes_back(name):
        later = visitor(name, java_script_enabled=name.endswith("axe")).opens("/a/thistledown-8-to-11/receipt/")
        later.page.get_by_role("textbox").fill(" ".join(words))
        later.page.get_by_role("button", name="Go on").click()
        return later.sees("We have your answers")

    comes_back("replied-2-waits").sees("waiting for a person").looks("waits", accessible=False)
    child.page.context.close()
    site.manage("screen_waiting")

    lead = visitor("replied-3-lead", phone=False).signs_in("safeguarding-lead")
    for link in [a.get_attribute("href") for a in worries(lead).page.locator(".worries a").all()]:
        lead.opens(link)
        if lead.page.get_by_text("my bike was fixed").count():
            break
    lead.sees("my bike was fixed")
    lead.page.fill("#reply", "We read this. You can talk to Sam at The Lanterns, every day.")
    lead.page.get_by_role("button", name="Send the reply").click()
    lead.sees("The reply waits").sees("Not read yet").looks("replied", accessible=False, full=True)

    reader = comes_back("replied-4-reads-axe").sees("You can talk to Sam").sees("A person has read")
    reader.looks("reply", full=True)
    # The address is the same for everybody, so no word of the receipt stands in it, even one that it is written with.
    assert reader.page.url.endswith("/a/thistledown-8-to-11/receipt/")
    assert reader.page.context.cookies() == []
    reader.was_alone()
    lead.page.reload()
    lead.sees("Read on").looks("was-read", accessible=False, full=True)
    reader.page.get_by_role("link", name="Ask for someone to contact you").click()
    reader.sees("Do you want someone to get in touch?")
