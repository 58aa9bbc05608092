"""Talk as everybody reads it: on a page of its own and beside figures, tagged, and gone when it was recalled."""

import pytest

from feedback.anonymisation.talk_actions import recall_talk
from feedback.anonymisation.told_talk import ToldTalk
from surveys.responses.talk_actions import Said
from tests.factories import asking
from tests.factories.talking import LINE, WORDS, decided, moderator, quarter_ends

pytestmark = pytest.mark.django_db
PAGE = "/focus-groups/north/"


@pytest.fixture
def area():
    return asking.area("north")


def says(reply):
    return reply.content.decode()


def test_talk_is_read_by_everybody_and_tagged_as_talk(client, area):
    assert "There is nothing here yet." in says(client.get(PAGE))
    quarter_ends(decided(area))
    reply = client.get(PAGE)
    page = says(reply)
    for one in ("This is talk.", LINE, WORDS, "From a focus group. 12 to 17 year olds", "At least 10 people took part"):
        assert one in page
    assert "From a focus group, as the person who led it tells it" in page
    assert reply["Cache-Control"] == "public, max-age=60"
    assert not reply.cookies
    recall_talk(ToldTalk.objects.get(sort="words").pk, because="asked", by=moderator(area))
    assert WORDS not in says(client.get(PAGE))


def test_what_nobody_decided_on_or_is_not_usable_is_read_by_nobody(client, area):
    quarter_ends(decided(area, "not_usable"))
    assert "There is nothing here yet." in says(client.get(PAGE))


def test_a_tag_is_words_like_others(client, area):
    quarter_ends(decided(area, said=(Said("time", "They came <b>late</b> to meetings."),)))
    assert "came &lt;b&gt;late" in says(client.get(PAGE))


def test_an_area_that_is_not_there_or_is_part_of_another(client, area):
    assert client.get("/focus-groups/elsewhere/").status_code == 404
    area.merged_into = asking.area("whole")
    area.save()
    assert client.get(PAGE)["Location"] == "/focus-groups/whole/"
    assert client.post(PAGE).status_code == 405
