"""Whoever holds five words reads what was promised to all who are like them, whatever they answered."""

import re
from urllib.parse import urlencode

import pytest

from feedback.promises import actions
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.promising import late, officer, owner, promised, told

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def wave():
    return asking.open_wave(of=asking.area("north"))


def receipt(client, wave, response, language=""):
    words = urlencode({"words": receipt_of(response.pk)})
    return client.post(f"/a/{wave.code}/{language}receipt/", words, content_type=FORM).content.decode()


def test_a_receipt_says_what_was_promised_about_what_people_like_them_said(client, wave):
    actions.keep(promised(wave.area), told("AGE_8_11", text="Done for"), by=owner(wave.area))
    late(wave.area, days=12)
    promised(wave.area, "PARENT_CARER")
    promised(asking.area("south"), "AGE_8_11", by=officer(asking.area("south"), "other"))
    shown = receipt(client, wave, arrives(wave, "hello"))
    for said in ("Done for AGE_8_11", "We will for AGE_8_11", "12 days ago", "/promises/north/8-11/"):
        assert said in shown
    assert "PARENT_CARER" not in shown
    assert shown.count("You said to AGE_8_11") == 2


def test_it_is_the_same_whatever_they_answered(client, wave):
    promised(wave.area)
    one, other = (section(receipt(client, wave, arrives(wave, words))) for words in ("hello", "nobody listens to me"))
    assert one == other
    assert "You said to AGE_8_11" in one


def section(shown):
    return re.search(r"<h2>What we promised</h2>.*?</section>", shown, re.S)[0]


def test_before_the_words_are_right_nothing_is_said(client, wave):
    promised(wave.area)
    assert "What we promised" not in client.get(f"/a/{wave.code}/receipt/").content.decode()
    wrong = client.post(f"/a/{wave.code}/receipt/", "words=a+b+c+d+e", content_type=FORM)
    assert "What we promised" not in wrong.content.decode()


def test_another_language_has_its_own_frame_and_page(client, wave):
    promised(wave.area)
    shown = receipt(client, wave, arrives(wave, "hello"), "pl/")
    assert "/promises/north/8-11/pl/" in shown
    assert "Co obiecaliśmy" in shown
