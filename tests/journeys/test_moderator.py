"""A moderator decides on thirty comments on a phone, by touch and keys; what becomes of one, until it is recalled."""

import pytest
from playwright.sync_api import expect

from tests.journeys.quoting import is_read, passes_drawings, prepare

THIRTY, BY_KEYS = 30, 8
# The demo leaves fewer than that, because it has decided on some.
MORE = """
from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.privacy.programs import at_work
from tests.factories import asking
from tests.factories.moderating import is_read, says
from tests.factories.people import staff
with at_work("a journey"):
    wave = asking.open_wave(of=asking.area("moderated"), code="moderated")
    staff("moderator", Role.MODERATOR, area=wave.area)
    said = [says(wave, f"my worker Kelly came {many} times and that was nice") for many in range(12)]
    sweep()
    for response in said:
        is_read(response)
    sweep()
"""


@pytest.fixture(scope="module", autouse=True)
def more_to_decide(site):
    site.manage("shell", "-v0", "-c", MORE)


@pytest.fixture
def moderator(visitor):
    return visitor("moderator-phone", has_touch=True, is_mobile=True).signs_in("moderator")


def reads(person):
    return person.page.locator("#reads").inner_text()


def marks_by_touch(person):
    """A tap, a word called otherwise, from one word to another, drawn across, and all of it undone."""
    page = person.page
    words, before = page.locator(".word"), reads(person)
    # From the first of two words on that nothing is proposed for.
    is_marked = words.locator("input").evaluate_all("(boxes) => boxes.map((box) => box.checked)")
    first = next(n for n in range(len(is_marked) - 1) if not any(is_marked[n : n + 2]))
    words.nth(first).tap()
    assert reads(person) != before
    words.nth(first).tap()
    assert reads(person) == before
    page.locator(".kind", has_text="school").tap()
    words.nth(first).tap()
    assert "[school]" in reads(person)
    page.locator("#undo").tap()
    page.locator("#undo").tap()
    page.locator("#undo").tap()
    assert reads(person) == before
    page.locator("#from-to").tap()
    words.nth(first).tap()
    words.nth(first + 1).tap()
    assert page.locator(".word input:checked").count() >= 2
    page.locator("#undo").tap()
    assert reads(person) == before
    draws_across(page, words.nth(first), words.nth(first + 1))
    assert reads(person) != before
    page.locator("#undo").tap()
    assert reads(person) == before


def draws_across(page, first, last):
    first, last = first.bounding_box(), last.bounding_box()
    page.mouse.move(first["x"] + 4, first["y"] + 12)
    page.mouse.down()
    page.mouse.move(last["x"] + 6, last["y"] + 12, steps=4)
    page.mouse.up()


def test_thirty_comments_on_a_phone(moderator):
    person, page = moderator, moderator.page
    person.opens("/desk/work/comments/").looks("comments")
    page.get_by_role("link", name="Begin with the next").tap()
    passes_drawings(page)
    for number in range(THIRTY):
        page.locator("#moderating").wait_for()
        if number == 0:
            marks_by_touch(person)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            person.looks("comment", full=True)
        is_read(page)
        where, step = page.url, "Not usable" if page.locator(".moderating-drawn").count() else "Usable"
        if number < BY_KEYS:
            page.keyboard.press("n" if step == "Not usable" else "u")
        else:
            page.get_by_role("button", name=step).first.tap()
        page.wait_for_url(lambda url, where=where: url != where)
    person.looks("after-thirty")
    person.was_alone()


# By the page itself: on a busy machine a press from here comes when the comment has long been there.
PRESSED_AS_THE_NEXT_COMES = "sessionStorage.setItem('pressed', 'n')"
PRESSES = """
const key = sessionStorage.getItem("pressed");
sessionStorage.removeItem("pressed");
const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
if (key) addEventListener("pageshow", () => setTimeout(press));
"""


def test_by_keys_alone_and_never_twice(visitor):
    person = visitor("moderator-keys", phone=False).signs_in("moderator")
    page = person.page
    page.add_init_script(PRESSES)
    person.opens("/desk/work/comments/")
    page.get_by_role("link", name="Begin with the next").press("Enter")
    passes_drawings(page)
    page.locator(".word").first.wait_for()
    before = reads(person)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("2")
    assert "[place]" in reads(person)
    person.looks("comment", full=True)
    page.keyboard.press("z")
    assert reads(person) == before
    page.keyboard.press("Space")
    assert reads(person) != before
    page.keyboard.press("k")
    assert page.locator("[value=classmate]").is_checked()
    is_read(page)
    where = page.url
    page.evaluate(PRESSED_AS_THE_NEXT_COMES)
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != where)
    following = page.url
    person.sees("this one has only just come")
    assert page.url == following
    page.keyboard.press("b")
    page.wait_for_url(where)
    person.sees("Taken back")
    person.was_alone()


def reads_it(page):
    """Without a script nothing can be asked of the page's own clock, and what is shown again begins to be read anew."""
    page.wait_for_timeout(1500)


def test_without_a_script(visitor):
    person = visitor("moderator-plain", phone=False, java_script_enabled=False).signs_in("moderator")
    page = person.page
    person.opens("/desk/work/comments/")
    page.get_by_role("link", name="Begin with the next").click()
    passes_drawings(page, reads_it)
    before = reads(person)
    page.locator(".word input").first.click(force=True)
    page.get_by_role("button", name="Show how it reads").click()
    person.sees("As others would read it")
    assert reads(person) != before
    person.looks("tried", accessible=False)
    page.locator(".word input").first.wait_for()
    reads_it(page)
    page.get_by_role("button", name="Not usable").click()
    person.sees("no word of it is kept")


def test_what_becomes_of_words_until_they_are_recalled(visitor, site):
    code, address = prepare(site, "moderator", "board-analyst", "output-checker", "care-council-member")
    chooses(visitor("quotes-analyst", phone=False), code)
    approves(visitor("quotes-checker"), code)
    orders(visitor("quotes-council"), code)
    anybody = visitor("quotes-public")
    anybody.opens(f"{address}heard/").sees("In their own words").looks("results")
    assert anybody.page.locator(".told figure").count() == 2
    anybody.page.locator("#in-their-own-words").scroll_into_view_if_needed()
    anybody.looks("told")
    recalls(visitor("quotes-moderator"))
    anybody.opens(f"{address}heard/").sees("A quote was recalled.")
    assert anybody.page.locator(".told figure").count() == 1
    anybody.looks("recalled").was_alone()


def chooses(person, code):
    page = person.signs_in("board-analyst").page
    person.opens(f"/desk/work/releases/{code}/")
    page.get_by_role("link", name="Choose quotes").click()
    person.sees("Printed with: 8 to 11 year olds").looks("choose", full=True)
    choose = page.get_by_role("button", name="Choose", exact=True)
    for left in (2, 1):
        choose.first.click()
        # The page of before says so too: it came anew when there is one less to choose.
        expect(choose).to_have_count(left)
        person.sees("Chosen.")
    person.opens(f"/desk/work/releases/{code}/").looks("release", full=True)
    page.get_by_role("button", name="Propose").click()
    person.sees("Proposed. A second person")
    person.was_alone()


def approves(person, code):
    page = person.signs_in("output-checker").page
    person.opens(f"/desk/work/releases/{code}/").sees("In their own words").looks("release")
    page.get_by_role("button", name="Approve").click()
    person.sees("Approved.")
    page.get_by_role("button", name="Publish").click()
    person.sees("Published.")


def orders(person, code):
    page = person.signs_in("care-council-member").page
    # The newest of the demo comes first, and how many quotes that one has is chance.
    person.opens(f"/desk/work/quotes/order/?release={code}").looks("order", full=True)
    second = page.locator(".desk-cards blockquote").nth(1).inner_text()
    page.get_by_role("button", name="Up").first.click()
    person.sees("Moved.")
    assert page.locator(".desk-cards blockquote").first.inner_text() == second


def recalls(person):
    page = person.signs_in("moderator").page
    person.opens("/desk/work/quotes/?release=quoted-2025q1")
    page.get_by_text("Recall this quote").first.click()
    page.get_by_label("Why").first.select_option("recognised")
    person.looks("recall", full=True)
    page.get_by_role("button", name="Recall for good").first.click()
    person.sees("it is gone from every page")
    person.was_alone()
