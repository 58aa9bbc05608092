"""A young person chooses who hears them; that person reads and answers, and nobody else can."""

import re

import pytest

SURVEY = "/a/thistledown-my-person/"
WORDS = "nobody came to my meeting and i wanted you there"
ANSWER = "I am sorry. I come on Friday after school, and we look at it together."
WORKER = "My social worker"
UNREAD = re.compile(r"^Read it(?! again)")
ONE = re.compile(r"/hearing/[0-9a-f-]{36}/$")


HOW_MANY = """
from surveys.responses.chosen_hearers import ChosenHearers
print([len(one.chosen) for one in ChosenHearers.objects.all()])
"""


def goes_to(child, screen):
    child.page.evaluate("(to) => { location.hash = to; }", screen)


def chooses(child, who):
    """From the promise on, as somebody taps through."""
    child.opens(SURVEY)
    goes_to(child, "s-promise")
    child.sees("People who keep children safe always read it too.")
    child.page.locator("#s-promise").get_by_role("link", name="Next").click()
    child.sees("Who may hear this?")
    child.page.locator("#s-hear").get_by_label(who).check()


def writes_and_sends(child):
    goes_to(child, "s-should_change")
    child.page.locator("textarea:visible").fill(WORDS)
    goes_to(child, "s-send")
    child.page.get_by_role("button", name="Send").click()
    child.sees("Thank you")
    return " ".join(child.page.locator(".receipt li").all_inner_texts())


def comes_back(person, receipt):
    person.opens(f"{SURVEY}receipt/").page.fill("#words", receipt)
    person.page.get_by_role("button", name="Go on").click()
    return person.sees("We have your answers")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_child_is_heard_by_whom_they_chose_and_by_nobody_else(visitor, site, javascript):
    name = f"my-person-{'script' if javascript else 'plain'}"
    child = visitor(f"{name}-1-child", java_script_enabled=javascript)
    child = child if javascript else Plain(child)
    receipt = with_script(child) if javascript else child.sends()
    site.manage("screen_waiting")

    worker = visitor(f"{name}-2-worker", phone=False).signs_in("practitioner")
    worker.sees("not read").opens("/desk/work/hearing/").looks("list", full=True)
    # The demo has one of its own; which of one day stands first says nothing.
    for _ in range(worker.page.get_by_role("link", name=UNREAD).count()):
        worker.page.get_by_role("link", name=UNREAD).first.click()
        worker.page.wait_for_url(ONE)
        if WORDS in worker.page.content():
            break
        worker.opens("/desk/work/hearing/")
    worker.looks("reads", full=True)
    heard = worker.page.url.removeprefix(site.address)
    worker.page.fill("#reply", ANSWER)
    worker.page.get_by_role("button", name="Send the answer").click()
    worker.sees("Your answer waits")

    for other in ("second-practitioner", "moderator") if javascript else ():
        somebody = visitor(f"{name}-3-{other}", phone=False).signs_in(other)
        somebody.opens("/desk/work/hearing/")
        assert somebody.page.get_by_role("link", name=UNREAD).count() == 0
        somebody.opens(heard)
        assert WORDS not in somebody.page.content()

    elsewhere = comes_back(visitor(f"{name}-4-another-device"), receipt)
    elsewhere.sees(ANSWER).sees(f"{WORKER}: Read it on").looks("receipt", full=True)
    assert WORDS not in elsewhere.page.content()
    assert elsewhere.page.context.cookies() == []


def with_script(child):
    """Chooses, looks back, finds it hidden and kept, and sends."""
    chooses(child, WORKER)
    child.looks("1-chooses", full=True)
    child.page.locator("#s-hear").get_by_role("link", name="Next").click()
    child.sees("Is anyone with you?")
    child.page.go_back()
    child.sees("Who may hear this?").sees("You have answered this").looks("2-back", full=True)
    assert child.page.locator("#s-hear input:checked").count() == 0
    # One of them and nobody else cannot both be meant.
    child.page.locator("#s-hear").get_by_label("My advocate").check()
    child.page.locator("#s-hear").get_by_label("Only people who keep children safe").check()
    assert child.page.locator("#s-hear input:checked").count() == 1
    child.page.locator("#s-hear").get_by_label(WORKER).check()
    assert child.page.locator("#s-hear input:checked").count() == 1
    receipt = writes_and_sends(child)
    child.was_alone()
    return receipt


class Plain:
    """The same without a script: one form."""

    def __init__(self, visitor):
        self.visitor = visitor

    def sends(self):
        page = self.visitor.opens(f"{SURVEY}#s-hear").page
        assert page.locator("#s-hear input:checked").count() == 0
        page.locator("#s-hear").get_by_label(WORKER).check()
        self.visitor.looks("1-chooses", full=True, accessible=False)
        self.visitor.opens(f"{SURVEY}#s-should_change")
        page.locator("#s-should_change textarea").fill(WORDS)
        page.goto(self.visitor.site.address + f"{SURVEY}#s-send")
        page.get_by_role("button", name="Send").click()
        self.visitor.sees("Thank you")
        return " ".join(page.locator(".receipt li").all_inner_texts())


def test_two_tabs_choose_each_for_itself(visitor, site):
    child = visitor("my-person-two-tabs")
    chooses(child, WORKER)
    other = child.page.context.new_page()
    other.goto(f"{site.address}{SURVEY}#s-hear")
    assert other.locator("#s-hear input:checked").count() == 0
    assert child.page.locator("#s-hear input:checked").count() == 1
    child.page.reload()
    assert child.page.locator("#s-hear input:checked").count() == 0


def test_it_is_chosen_in_arabic_from_right_to_left_and_without_signal(visitor, site):
    child = visitor("my-person-arabic", service_workers="allow").opens("/a/thistledown-my-person/ar/")
    goes_to(child, "s-hear")
    child.page.locator("#s-hear h2").wait_for()
    child.looks("1-chooses", full=True)
    child.page.locator("#s-hear input").first.check()
    goes_to(child, "s-should_change")
    child.page.locator("textarea:visible").fill(WORDS)
    goes_to(child, "s-send")
    child.loses_signal()
    child.page.locator("button.send").click()
    child.page.locator(".done").wait_for()
    child.page.context.set_offline(False)
    child.page.locator(".receipt li").first.wait_for()
    assert "0" not in site.manage("shell", "-v0", "-c", HOW_MANY)


def test_officers_name_who_can_be_chosen(visitor):
    officer = visitor("my-person-officer", phone=False).signs_in("participation-officer")
    officer.opens("/desk/work/waves/thistledown-my-person/").sees("Who can be chosen").looks("wave", full=True)
    officer.opens("/desk/work/waves/thistledown-my-person/hearers/").looks("hearers", full=True)
    officer.page.select_option("#category", label="My youth worker")
    officer.page.select_option("#person", label="practitioner")
    officer.page.get_by_role("button", name="Name them").click()
    officer.sees("Whoever answers from now on can choose them.")
    narrow = visitor("my-person-officer-phone").signs_in("participation-officer")
    narrow.opens("/desk/work/waves/thistledown-my-person/hearers/").looks("hearers", full=True)
