"""An area's help numbers, languages and name on the phone: each only in its own area, and at once when they change."""

import gzip

import pytest

from surveys.frame.actions import change_area, set_help_numbers
from surveys.frame.models import Area, HelpNumber
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.wording import Audience
from tests.factories import asking
from tests.factories.people import staff
from tests.integration.answering.test_delivery import post

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "cy", "pl")


@pytest.fixture
def wave():
    area = asking.area("north")
    said = dict.fromkeys(LANGUAGES, "Did they listen?")
    options = tuple(Option(code, dict.fromkeys(LANGUAGES, code)) for code in ("yes", "no"))
    item = Item(code="listened", kind=Kind.CHOICE, texts=said, options=options)
    edition = asking.edition(item, of=area, languages=LANGUAGES, title=said)
    return asking.open_wave(of=area, edition=edition)


def numbers(area, *rows):
    set_help_numbers(
        area,
        [HelpNumber(name=name, number=number, readers=readers) for name, number, readers in rows],
        by=staff("admin"),
    )


def page(client, wave, language=""):
    return client.get(f"/a/{wave.code}/{language}")


def test_every_screen_has_them_after_those_of_everybody(client, wave):
    numbers(wave.area, ("Duty team", "01632 960001", ""), ("Night line", "01632 960002", ""))
    for address in ("", "contact/", "receipt/"):
        found = client.get(f"/a/{wave.code}/{address}").content.decode()
        assert found.index("0800 1111") < found.index("Duty team") < found.index("Night line")
        assert 'href="tel:01632960001"' in found


def test_the_thanks_page_has_them(client, wave):
    numbers(wave.area, ("Duty team", "01632 960001", ""))
    sent = post(client, wave, q_listened="yes")
    assert "Duty team" in client.get(sent["Location"]).content.decode()


def test_each_reader_sees_those_for_them(client):
    area = asking.area("north")
    numbers(area, ("All", "01632 960001", ""), ("Young", "01632 960002", "children"), ("Old", "01632 960003", "adults"))
    children = page(client, asking.open_wave(of=area)).content.decode()
    adults = page(client, asking.open_wave(of=area, audience=Audience.PARENT_CARER)).content.decode()
    assert ("Young:" in children, "Old:" in children) == (True, False)
    assert ("Young:" in adults, "Old:" in adults) == (False, True)
    assert "All:" in children
    assert "All:" in adults


def test_another_areas_numbers_are_nowhere(client, wave):
    numbers(asking.area("south"), ("South line", "01632 960009", ""))
    assert "South line" not in page(client, wave).content.decode()


def test_what_a_phone_has_kept_is_old_once_they_change(client, wave):
    first = page(client, wave)
    again = client.get(f"/a/{wave.code}/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    numbers(wave.area, ("Duty team", "01632 960001", ""))
    changed = client.get(f"/a/{wave.code}/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    numbers(asking.area("south"), ("South line", "01632 960009", ""))
    assert page(client, wave)["ETag"] == changed["ETag"]


def test_six_of_them_cost_little(client, wave):
    before = len(gzip.compress(page(client, wave).content))
    numbers(wave.area, *((f"Team number {n} of the area", f"01632 96000{n}", "") for n in range(6)))
    assert len(gzip.compress(page(client, wave).content)) - before < 300


def test_a_name_with_signs_in_it_is_only_a_name(client, wave):
    numbers(wave.area, ("<script>alert(1)</script>", "01632 960001", ""))
    Area.objects.filter(pk=wave.area_id).update(known_as="<b>North</b>")
    found = page(client, wave).content.decode()
    assert "<script>alert" not in found
    assert "<b>North" not in found


def test_only_the_languages_an_area_offers_are_shown(client, wave):
    change_area(wave.area, {"languages": ["en", "pl"], "known_as": "North listens"}, by=staff("admin"))
    found = page(client, wave).content.decode()
    assert "North listens" in found
    assert 'value="pl"' in found
    assert 'value="cy"' not in found
    assert page(client, wave, "pl/").status_code == 200
    assert page(client, wave, "cy/").status_code == 404
    # Whoever asks for a person is understood in every language.
    assert client.get(f"/a/{wave.code}/cy/contact/").status_code == 200
