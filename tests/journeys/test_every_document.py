"""Every survey of the demo, in every language: nothing keeps anybody from reading it, at any size."""

import re

import pytest

from surveys.instrument.wording import LANGUAGES

AREA = "thistledown"
# All screens at once, as where a browser cannot show one at a time.
ALL_AT_ONCE = "document.body.classList.add('all')"


def surveys(site):
    """The addresses of one area's surveys, as the demo prints them."""
    found = re.findall(rf"/a/({AREA}-[a-z0-9-]+)/", site.printed)
    assert len(set(found)) >= 4
    return sorted(set(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_accessible_and_fits_a_small_phone(visitor, site, language):
    reader = visitor(f"every-{language}")
    reader.page.set_viewport_size({"width": 320, "height": 568})
    for code in surveys(site):
        reader.opens(f"/a/{code}/" if language == "en" else f"/a/{code}/{language}/")
        assert reader.page.locator("html").get_attribute("lang") == language
        reader.page.evaluate(ALL_AT_ONCE)
        # Colours, which take longest to look at, are the same in every language.
        reader.looks(code, contrast=language == "en")
        assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), code
        reader.page.evaluate("document.getElementById('easy').click()")
        assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{code}, easy to read"
    reader.was_alone()


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"color_scheme": "dark"}])
def test_every_survey_can_be_read_as_its_reader_sets_the_screen(visitor, site, media):
    reader = visitor(f"every-{'-'.join(*media.items())}", **media)
    for code in surveys(site):
        reader.opens(f"/a/{code}/").page.evaluate(ALL_AT_ONCE)
        reader.looks(code)
