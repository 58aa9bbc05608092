"""What children under 11 asked for and what was promised, beside older ones; honest where there is nothing."""

import pytest

from feedback.promises.actions import keep
from feedback.promises.gap import MOST_ASKED, asked_for
from tests.factories import asking, promising
from tests.integration.pages.test_told import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


def test_nothing_promised_is_said(area):
    younger, older = asked_for(area)
    assert younger.who == "Children under 11"
    assert younger.sentence == older.sentence == "Nothing has been promised about what they said."
    assert younger.promises == ()


def test_each_side_says_what_became_of_it_and_a_promise_about_both_is_on_both(area):
    by, owner = promising.officer(area), promising.owner(area)
    done = promising.promised(area, "AGE_6_7", by=by, owner=owner)
    keep(done, promising.told("AGE_6_7"), by=owner)
    promising.promised(area, "AGE_8_11", "AGE_12_17", by=by, owner=owner)
    younger, older = asked_for(area)
    assert younger.sentence == "2 promises are about what they said: 1 done, 1 still to be done in time."
    assert older.sentence == "One promise is about what they said: 1 still to be done in time."
    assert {one.you_said.text for one in younger.promises} == {"You said to AGE_6_7", "You said to AGE_8_11"}


def test_lateness_is_said(area):
    promising.late(area, "AGE_8_11")
    younger, _ = asked_for(area)
    assert younger.sentence == "One promise is about what they said: 1 late."


def test_a_promise_to_two_bands_of_the_youngest_is_there_once(area):
    promising.promised(area, "AGE_6_7", "AGE_8_11")
    younger, _ = asked_for(area)
    assert [one.you_said.text for one in younger.promises] == ["You said to AGE_6_7"]


def test_many_are_cut_and_said_to_be(area):
    by, owner = promising.officer(area), promising.owner(area)
    for _ in range(MOST_ASKED + 2):
        promising.promised(area, "AGE_8_11", by=by, owner=owner)
    younger, _ = asked_for(area)
    assert (len(younger.shown), younger.more) == (MOST_ASKED, 2)


def test_the_page_of_who_is_missing_tells_it(client, area):
    one = published(area)
    address = f"/open-data/{one.code}/missing/"
    text = client.get(address).content.decode()
    assert text.count("Nothing has been promised about what they said.") == 2
    assert "Nothing promised does not mean that nothing was asked." in text
    promising.promised(area, "AGE_8_11", words=promising.words("AGE_8_11"))
    text = client.get(address).content.decode()
    assert "You said to AGE_8_11" in text
    assert 'href="/promises/north/8-11/"' in text
