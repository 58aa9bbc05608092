"""A sheet of stickers: the poster's way in, small enough for a label and large enough for a phone."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from feedback.accounts.roles import Role
from surveys.answering.posters import CODE_MM, SMALLEST_MODULE_MM
from surveys.fieldwork.actions import make_link
from surveys.instrument.items import Item, Kind
from tests.factories import asking
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
LONGEST_HOST = "participation.childrens-services.a-long-county.gov.uk"


def poster(**fields):
    wave = asking.open_wave(**fields)
    by = staff("officer", Role.PARTICIPATION_OFFICER)
    return make_link(wave, place="Waiting room", area=wave.area, by=by)


def test_a_sheet_has_24_stickers_that_lead_where_the_poster_leads(client):
    link = poster()
    sheet = client.get(f"/a/posters/{link.code}/stickers/").content.decode()
    assert sheet.count("<article>") == 24
    assert sheet.count(f'src="/a/posters/{link.code}.svg"') == 24
    assert sheet.count("testserver/a/") == 24
    assert sheet.count(f"{link.code[:4]} {link.code[4:]}") == 24
    assert sheet.count("Nobody knows it was you.") == 24


def test_a_sheet_of_a_poster_that_is_not_there_is_not_there_either(client):
    assert client.get("/a/posters/bcdfghjk/stickers/").status_code == 404


def test_the_code_can_be_read_at_this_size_at_the_longest_address(client, settings):
    settings.ALLOWED_HOSTS = [LONGEST_HOST]
    link = poster(code="w" * 63)
    svg = client.get(f"/a/posters/{link.code}.svg", HTTP_HOST=LONGEST_HOST, secure=True).content.decode()
    modules = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    assert CODE_MM / modules >= SMALLEST_MODULE_MM
    style = Path(finders.find("answering/stickers.css")).read_text()
    assert f"inline-size:{CODE_MM}mm;block-size:{CODE_MM}mm" in style


@pytest.fixture
def in_two_languages():
    title = {"en": "About you", "ur": "آپ کے بارے میں"}
    item = Item(code="words", kind=Kind.TEXT, texts={"en": "And?", "ur": "اور؟"})
    return poster(edition=asking.edition(item, title=title, languages=("en", "ur")))


@pytest.mark.parametrize("sheet", ["", "stickers/"])
def test_a_sheet_is_printed_in_the_language_of_its_questions_and_leads_to_it(client, in_two_languages, sheet):
    address = f"/a/posters/{in_two_languages.code}/{sheet}"
    in_urdu = client.get(address, {"language": "ur"}).content.decode()
    assert 'dir="rtl"' in in_urdu
    assert f'src="/a/posters/{in_two_languages.code}.svg?language=ur"' in in_urdu
    assert "Nobody knows it was you" not in in_urdu
    assert 'href="?language=ur"' in client.get(address).content.decode()
    codes = [client.get(f"/a/posters/{in_two_languages.code}.svg", asked).content for asked in ({}, {"language": "ur"})]
    assert codes[0] != codes[1]


@pytest.mark.parametrize("language", ["cy", "xx", "", "\0", "u" * 10_000])
@pytest.mark.parametrize("address", ["/", "/stickers/", ".svg"])
def test_a_language_its_questions_do_not_have_is_not_there(client, in_two_languages, address, language):
    answer = client.get(f"/a/posters/{in_two_languages.code}{address}", {"language": language})
    assert answer.status_code == 404
