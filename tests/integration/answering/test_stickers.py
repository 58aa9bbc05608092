"""A sheet of stickers: the poster's way in, small enough for a label and large enough for a phone."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from feedback.accounts.roles import Role
from surveys.answering.stickers import CODE_MM, SMALLEST_MODULE_MM
from surveys.fieldwork.actions import make_link
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
