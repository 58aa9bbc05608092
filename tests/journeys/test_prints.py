"""What the public prints: nothing to press, nothing cut off, no heading without what it heads, and where it is from."""

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
