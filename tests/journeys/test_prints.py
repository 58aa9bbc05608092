"""What the public prints: nothing to press, nothing cut off, no heading without what it heads, and where it is from."""

import os
from pathlib import Path

import pytest

SHEET = 178 / 25.4 * 96
RELEASE = "/open-data/thistledown-2026q2/"

OF_FIGURES = ["", "questions/", "questions/listened/", "missing/", "time/", "journey/", "themes/"]
PAGES = [
    *(RELEASE + chapter for chapter in OF_FIGURES),
    "/thistledown/",
    "/thistledown/results/",
    "/nation/",
    "/promises/thistledown/",
    "/promises/thistledown/8-11/",
    "/promises/thistledown/ar/",
    "/questions/thistledown/ur/",
    "/blockages/thistledown/",
    "/focus-groups/thistledown/",
    "/focus-groups/thistledown/ar/",
]

PRESSED = "nav:not(.way), button, audio, .go, .onward, .also, .langs, .hide, .skip"

UNHEADED = """() => [...document.querySelectorAll('main :is(h1, h2, h3, h4)')].filter(one => {
    if (!one.checkVisibility()) return false
    const next = one.nextElementSibling
    return next && !next.checkVisibility()
}).map(one => one.textContent)"""

TORN = """() => [...document.querySelectorAll('.card, .way-in, .promise, .heard > li')].filter(
    one => getComputedStyle(one).breakInside !== 'avoid' || getComputedStyle(one.parentElement).display === 'grid'
).map(one => one.className)"""

LOOSE = """() => [...document.querySelectorAll('.promised .theme')].filter(one => {
    const style = getComputedStyle(one)
    return style.breakAfter !== 'avoid' || style.display !== 'block'
}).map(one => one.textContent)"""


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_on_paper(visitor, address):
    reader = visitor("print" + address.replace("/", "-"), phone=False)
    page = reader.opens(address).page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(SHEET), "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something is cut off at the side"
    assert not [one for one in page.locator(PRESSED).all() if one.is_visible()], "something to press is printed"
    assert page.evaluate(UNHEADED) == []
    assert page.evaluate(TORN) == []
    assert page.evaluate(LOOSE) == []
    assert page.locator(".sheet").first.is_visible()
    assert address in page.locator(".sheet").first.inner_text()


def test_the_bars_and_the_cover_of_an_annual_report_keep_their_colour(visitor):
    page = visitor("print-report", phone=False).opens("/thistledown/annual-report/").page
    page.emulate_media(media="print")
    for part in (".r-cover", ".r-fill", ".r-range"):
        assert page.locator(part).first.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact", part


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_receipt_keeps_its_words_and_prints_nothing_to_press(visitor, language):
    spoken = "" if language == "en" else f"{language}/"
    child = visitor(f"print-receipt-{language}").opens(f"/a/thistledown-8-to-11/{spoken}#s-send")
    page = child.page
    page.locator(".send").click()
    page.locator(".receipt li").first.wait_for()
    words = page.locator(".receipt li").all_inner_texts()
    assert page.locator(".pressed a:visible").count(), "on a screen there is a way to a person"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(SHEET), "height": 1000})
    child.looks("on-paper", full=True)
    folder = os.environ.get("SCREENSHOTS")
    page.pdf(path=Path(folder) / f"receipt-{language}.pdf" if folder else None, format="A4")
    assert page.locator(".receipt li:visible").all_inner_texts() == words
    assert len(words) == 5
    assert [one.text_content() for one in page.locator(PRESSED + ", .pressed").all() if one.is_visible()] == []
    # The one link that stays says what its address is for, and the address is beside it, as it is typed.
    assert page.locator("main a:visible").count() == 1
    assert "/a/thistledown-8-to-11/" in page.locator("main .hint[dir=ltr]:visible").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something is cut off at the side"
    # Where people read from the right, English words in a row say by a number which is first.
    numbered = page.locator(".receipt li").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert ("counter" in numbered) == (language == "ar")
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
