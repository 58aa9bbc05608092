"""An officer tells everybody of a wave something through their receipts, and sees nobody's answers."""

import json
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from surveys.fieldwork.message_actions import LONGEST_MESSAGE, take_message_back, tell_wave
from surveys.fieldwork.messages import WaveMessage
from surveys.frame.policies import NotAllowed
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
SECRET = "the canary sings at night"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def officer(wave):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=wave.area)


def comes_back(client, wave, response):
    words = urlencode({"words": receipt_of(response.pk)})
    page = client.post(f"/a/{wave.code}/receipt/", words, content_type="application/x-www-form-urlencoded")
    return page.content.decode()


def test_everybody_of_the_wave_reads_it_and_nobody_of_another(wave, officer, client):
    tell_wave(wave, text="We read all of it.\r\nIn May we <b>say</b> more.", by=officer)
    for response in (arrives(wave, "one"), arrives(wave, "two")):
        page = comes_back(client, wave, response)
        assert "A message to everyone who answered" in page
        assert "We read all of it.<br>In May we &lt;b&gt;say&lt;/b&gt; more." in page
    other = asking.open_wave()
    assert "We read all of it" not in comes_back(client, other, arrives(other, "x"))
    # Only whoever has a receipt.
    assert "We read all of it" not in client.get(f"/a/{wave.code}/receipt/").content.decode()


def test_what_was_taken_back_is_shown_as_what_is_right(wave, officer, client):
    tell_wave(wave, text="We meet on Monday.", by=officer)
    take_message_back(wave, 1, correction="We meet on Tuesday.", by=officer)
    page = comes_back(client, wave, arrives(wave, "one"))
    assert "We meet on Monday." not in page
    assert "We told you something here that was not right." in page
    assert "We meet on Tuesday." in page
    with pytest.raises(NotAllowed):
        take_message_back(wave, 1, correction="We meet on Friday.", by=officer)
    assert WaveMessage.objects.get().text == "We meet on Monday."


@pytest.mark.parametrize("text", ["", " \n", "\0", "x" * (LONGEST_MESSAGE + 1)])
def test_what_nobody_could_read_is_refused(wave, officer, text):
    with pytest.raises(NotAllowed):
        tell_wave(wave, text=text, by=officer)
    tell_wave(wave, text="hello", by=officer)
    with pytest.raises(NotAllowed):
        take_message_back(wave, 1, correction=text, by=officer)
    assert WaveMessage.objects.get().withdrawn_on is None


def test_pressed_twice_it_is_there_once(wave, officer):
    for _ in range(2):
        tell_wave(wave, text="hello", by=officer)
    assert WaveMessage.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTICIPATION_OFFICER])
def test_nobody_else_tells_everybody_something(wave, officer, role):
    other = staff("other", role, area=wave.area)
    with pytest.raises(PermissionDenied):
        tell_wave(wave, text="hello", by=other)
    tell_wave(wave, text="hello", by=officer)
    with pytest.raises(PermissionDenied):
        take_message_back(wave, 1, correction="no", by=other)


def test_an_officer_of_another_area_finds_no_such_wave(wave, client):
    far = staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("there"))
    at_desk(client, far)
    assert client.get(reverse("desk:wave_message", args=[wave.code])).status_code == 404
    with pytest.raises(PermissionDenied):
        tell_wave(wave, text="hello", by=far)


def test_before_anybody_answered_there_is_nobody_to_tell(officer, wave):
    planned = asking.open_wave(of=wave.area)
    planned.status, planned.opened_on = "planned", None
    planned.save()
    with pytest.raises(NotAllowed):
        tell_wave(planned, text="hello", by=officer)


def test_the_desk_tells_and_takes_back_and_shows_no_answer(wave, officer, client):
    arrives(wave, SECRET)
    at_desk(client, officer)
    address = reverse("desk:wave_message", args=[wave.code])
    assert address in client.get(reverse("desk:wave", args=[wave.code])).content.decode()
    page = client.post(address, {"step": "tell", "text": "<i>We read it</i>"}, follow=True).content.decode()
    assert "Everybody who comes back reads it" in page
    assert "&lt;i&gt;We read it&lt;/i&gt;" in page
    refused = client.post(address, {"step": "tell", "text": "x" * 1001}).content.decode()
    assert "too long" in refused
    assert "x" * 1001 in refused
    page = client.post(address, {"step": "back", "number": "1", "correction": "We will read it"}, follow=True)
    assert "Taken back on" in page.content.decode()
    assert SECRET not in page.content.decode()
    for bad in ({"step": "no"}, {"step": "back", "number": "x"}, {"step": "back", "number": "9" * 30}):
        assert client.post(address, bad).status_code in {302, 403}


def test_the_log_says_who_told_and_not_what(wave, officer):
    tell_wave(wave, text=SECRET, by=officer)
    take_message_back(wave, 1, correction=SECRET, by=officer)
    entries = ModelLogEntry.objects.filter(user=officer)
    assert {"fieldwork.tell_wave", "fieldwork.take_message_back"} <= {entry.action for entry in entries}
    assert not any(SECRET in json.dumps(entry.data) + entry.label for entry in entries)
