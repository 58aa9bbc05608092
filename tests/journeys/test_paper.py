"""Officers with paper: stickers and booklets to print, and booklets that came back, keyed by two people."""

import re

import pytest

MM = 96 / 25.4
FIRST, SECOND = "participation-officer", "second-participation-officer"
SURVEYS = ("6-and-7", "8-to-11", "12-to-17", "parents")
LANGUAGES = ("en", "cy", "pl", "ro", "ur", "ar", "uk", "so")
# What is left of an A4 page for questions: less the margins, and the line with the numbers for help.
ROOM_FOR_QUESTIONS = (297 - 14 - 12 - 16) * MM


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def sizes(page, selector):
    """Width and height in millimetres of everything this selector names."""
    found = page.locator(selector).evaluate_all("all => all.map(e => e.getBoundingClientRect())")
    return [(round(one["width"] / MM, 1), round(one["height"] / MM, 1)) for one in found]


def test_stickers_fit_the_labels_of_a_sheet(visitor):
    officer = visitor("stickers", phone=False).signs_in(FIRST)
    officer.opens("/desk/work/waves/thistledown-8-to-11/")
    officer.page.get_by_role("link", name="Stickers").first.click()
    officer.sees("24 labels of 63.5 × 33.9 mm").looks("sheet", full=True)
    officer.page.emulate_media(media="print")
    assert sizes(officer.page, "article") == [(63.5, 33.9)] * 24
    assert sizes(officer.page, "article img") == [(27.0, 27.0)] * 24
    assert officer.page.evaluate(
        "[...document.querySelectorAll('article')].every(e => e.scrollHeight <= e.clientHeight)"
    )
    assert pages(officer.page.pdf(prefer_css_page_size=True)) == 1
    officer.was_alone()


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_booklet_is_printed_in_every_language_with_no_question_broken(visitor, survey):
    officer = visitor(f"booklet-{survey}", phone=False).signs_in(FIRST)
    for language in LANGUAGES:
        officer.opens(f"/desk/work/waves/thistledown-{survey}/booklet/{language}/")
        assert officer.page.evaluate("document.documentElement.dir") == ("rtl" if language in {"ar", "ur"} else "ltr")
        if language in {"en", "ar"}:
            officer.looks(language, full=True)
        officer.page.set_viewport_size({"width": round(174 * MM), "height": 800})
        officer.page.emulate_media(media="print")
        tall = officer.page.locator(".q").evaluate_all("all => Math.max(...all.map(e => e.offsetHeight))")
        assert tall <= ROOM_FOR_QUESTIONS, (language, tall / MM)
        assert officer.page.locator(".q").evaluate_all(
            "all => all.every(e => getComputedStyle(e).breakInside === 'avoid')"
        )
        # The cover has margins of its own, and is as wide as the page.
        officer.page.set_viewport_size({"width": round(210 * MM), "height": 800})
        assert sizes(officer.page, ".cover")[0][1] <= 297, language
        officer.page.emulate_media(media="screen")
    assert 3 <= pages(officer.page.pdf(prefer_css_page_size=True)) <= 8
    officer.was_alone()


def begins(officer, number):
    officer.page.fill("#number", str(number))
    officer.page.keyboard.press("Enter")
    officer.sees(f"Booklet {number}:")
    return officer


def types(officer, *keys):
    """With the keyboard alone: one key for each list, and on to the next."""
    officer.page.locator("#k-helper").focus()
    for key in keys:
        officer.page.keyboard.type(key)
        officer.page.keyboard.press("Tab")
    return officer


def test_two_officers_key_a_booklet_and_agree_on_what_it_says(visitor):
    first = visitor("first-officer", phone=False).signs_in(FIRST)
    first.opens("/desk/work/waves/thistledown-12-to-17/").looks("wave")
    first.page.get_by_role("link", name="Key a booklet").click()
    first.sees("No booklet waits").looks("nothing-waits")
    assert first.page.evaluate("document.activeElement.id") == "number"
    begins(first, 12).looks("first-reading", full=True)
    types(first, "1", "2", "1", "d", "2", "1")
    assert first.page.evaluate("document.activeElement.name") == "q_had_a_say"
    assert first.page.input_value("#k-q_time_alone") == "do_not_know"
    first.page.keyboard.press("Tab")
    first.page.keyboard.press("Tab")
    first.page.keyboard.press("Tab")
    first.page.keyboard.type("10")
    assert first.page.input_value("#k-q_safe_ladder") == "10"
    first.page.fill("#k-q_best_help", "Having the same worker")
    # Enter must not keep half of a booklet.
    first.page.locator("[name='r_matters.stays']").fill("1")
    first.page.keyboard.press("Enter")
    first.sees("Booklet 12: first reading")
    first.page.get_by_role("button", name="Keyed: go on").click()
    first.sees("Another person keys the same booklet").sees("Another person keys it")
    first.page.fill("#number", "12")
    first.page.keyboard.press("Enter")
    first.sees("You have keyed number 12 yourself")

    second = visitor("second-officer", phone=False).signs_in(SECOND)
    second.opens("/desk/work/waves/thistledown-12-to-17/paper/").sees("You can key it").looks("one-waits")
    assert second.page.get_by_text("Having the same worker").count() == 0
    begins(second, 12).sees("second reading")
    assert second.page.input_value("#k-q_best_help") == ""
    types(second, "1", "3", "1", "d", "2", "1")
    second.page.select_option("#k-q_safe_ladder", "10")
    second.page.locator("[name='r_matters.stays']").fill("1")
    second.page.fill("#k-q_best_help", "having the same worker.")
    second.page.get_by_role("button", name="Keyed: go on").click()
    second.sees("two readings differ").looks("differ", full=True)
    assert second.page.locator(".key > fieldset").count() == 1
    second.page.get_by_label("The first reading: Sometimes").check()
    second.page.get_by_role("button", name="This is what it says").click()
    second.sees("Stored.").sees("No booklet waits")
    first.was_alone()
    second.was_alone()
