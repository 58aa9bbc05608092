"""Where a conversation ends somebody says whether others may read it; only a yes to what was asked counts as one."""

import pytest

from surveys.instrument.wording import Audience
from surveys.responses.models import Response
from tests.factories import asking, hearing
from tests.integration.answering.test_delivery import post, put
from tests.integration.answering.test_leaving_out import talk

pytestmark = pytest.mark.django_db
ASKED = "May other people read what you said?"
ALOUD = "To you who hold this: read it aloud and wait."


@pytest.fixture
def wave():
    return talk(asking.text_item("tell"))


def test_it_is_read_aloud_to_the_youngest_and_read_by_whoever_can(client, wave):
    youngest = client.get(f"/a/{wave.code}/").content.decode()
    assert ASKED in youngest
    assert ALOUD in youngest
    older = hearing.conversation(asking.text_item("tell"), of=wave.area)
    page = client.get(f"/a/{older.code}/").content.decode()
    assert ASKED in page
    assert ALOUD not in page
    assert 'name="others" value="yes" checked' not in youngest + page


def test_a_survey_asks_nothing_of_the_kind(client):
    wave = asking.open_wave()
    assert 'name="others"' not in client.get(f"/a/{wave.code}/").content.decode()
    assert post(client, wave, others="yes").status_code == 303
    assert not Response.objects.get().others_may_read


@pytest.mark.parametrize(("said", "kept"), [({}, False), ({"others": "no"}, False), ({"others": "yes"}, True)])
def test_nothing_said_is_no(client, wave, said, kept):
    assert post(client, wave, q_tell="hello", **said).status_code == 303
    assert Response.objects.get().others_may_read is kept


def test_a_device_says_it_too(client, wave):
    assert put(client, wave, body={"answers": {"tell": "hello"}, "others": "yes"}).status_code == 201
    assert Response.objects.get().others_may_read


@pytest.mark.parametrize("said", ["perhaps", "YES", "y" * 100, ["yes"], True, 1])
def test_what_is_no_answer_stores_nothing(client, wave, said):
    refused = put(client, wave, body={"answers": {"tell": "hello"}, "others": said})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["item"] == "others"
    assert not Response.objects.exists()


def test_it_comes_back_with_a_form_that_was_not_stored(client, wave):
    again = post(client, wave, q_tell="hello", helper="subject", others="yes")
    assert again.status_code == 422
    assert 'name="others" value="yes" checked' in again.content.decode()


def test_under_my_person_it_is_kept_beside_the_choice(client):
    wave = hearing.conversation(asking.text_item("tell"), of=asking.area(), audience=Audience.AGE_12_17)
    assert post(client, wave, q_tell="hello", others="yes", helper="alone").status_code == 303
    assert Response.objects.get().others_may_read
