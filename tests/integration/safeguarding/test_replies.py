"""A lead writes back through the receipt; only whoever holds the five words reads it, and it goes with the answers."""

import json
import logging
import re
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import erase_withdrawn, sweep
from feedback.safeguarding.actions import finish_reading, read_concern, read_text
from feedback.safeguarding.models import Concern
from feedback.safeguarding.replies import LONGEST_REPLY, replies_to, reply
from surveys.answering import receipt_page
from surveys.answering.guessing import Guesses
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import look_up, withdraw
from surveys.responses.models import Reply, Response, Withdrawal
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
CANARY = "the canary sings at night"
TODAY = timezone.localdate


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


@pytest.fixture
def response(wave):
    return arrives(wave, "we played uno")


def comes_back(client, wave, response, **fields):
    words = urlencode({"words": receipt_of(response.pk), **fields})
    return client.post(f"/a/{wave.code}/receipt/", words, content_type=FORM)


def test_a_reply_is_read_by_whoever_holds_the_five_words(wave, response, lead, client):
    reply(response.pk, text="We read this.\r\nYou can talk to Sam.", by=lead)
    other = arrives(wave, "something else")
    assert "We read this" not in comes_back(client, wave, other).content.decode()
    page = comes_back(client, wave, response)
    assert page["Cache-Control"] == "no-store"
    assert "We read this.<br>You can talk to Sam." in page.content.decode()


def test_the_newest_reply_is_on_top_and_the_first_stays_as_it_was(wave, response, lead, client):
    for text in ("one", "two", "three"):
        reply(response.pk, text=f"reply {text}", by=lead)
    page = comes_back(client, wave, response).content.decode()
    assert page.index("reply three") < page.index("reply two") < page.index("reply one")
    assert Reply.objects.count() == 3


def test_the_lead_sees_that_it_was_read_as_a_day(wave, response, lead, client):
    reply(response.pk, text="hello", by=lead)
    assert replies_to(response.pk, lead).written[0].read_on is None
    comes_back(client, wave, response)
    Reply.objects.update(read_on=TODAY() - timedelta(days=2))
    comes_back(client, wave, response)
    assert replies_to(response.pk, lead).written[0].read_on == TODAY() - timedelta(days=2)


def test_typing_wrong_words_or_asking_only_reads_nothing(wave, response, lead, client):
    reply(response.pk, text="hello", by=lead)
    client.get(f"/a/{wave.code}/receipt/")
    client.post(f"/a/{wave.code}/receipt/", urlencode({"words": "one two three four five"}), content_type=FORM)
    assert look_up(receipt_of(response.pk), wave=asking.open_wave()) is None
    assert Reply.objects.get().read_on is None


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_REPLY + 1), "\0"])
def test_a_reply_that_cannot_be_read_on_a_phone_is_refused(response, lead, text):
    with pytest.raises(NotAllowed):
        reply(response.pk, text=text, by=lead)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
def test_nobody_else_replies(wave, response, role):
    other = staff("other", role)
    with pytest.raises(PermissionDenied):
        reply(response.pk, text="hello", by=other)
    assert replies_to(response.pk, other) is None


def test_a_lead_of_another_area_does_not(wave, response, lead, client):
    reply(response.pk, text=CANARY, by=lead)
    far = staff("far", Role.SAFEGUARDING_LEAD, area=asking.area("there"))
    with pytest.raises(PermissionDenied):
        reply(response.pk, text="hello", by=far)
    assert replies_to(response.pk, far) is None
    at_desk(client, far)
    answer = client.post(reverse("desk:text", args=[response.pk]), {"step": "reply", "reply": "hello"})
    assert answer.status_code in {302, 403}
    assert CANARY not in client.get(reverse("desk:text", args=[response.pk]), follow=True).content.decode()
    assert Reply.objects.count() == 1


def test_the_log_says_that_somebody_replied_and_not_what_or_to_whom(response, lead):
    reply(response.pk, text=CANARY, by=lead)
    entry = ModelLogEntry.objects.get(action="safeguarding.reply")
    assert entry.user == lead
    assert not any(part in f"{entry.data} {entry.label} {entry.object_id}" for part in (CANARY, str(response.pk)))


def test_taking_the_answers_back_takes_the_replies_too(wave, response, lead, client):
    other = arrives(wave, "still here")
    reply(response.pk, text=CANARY, by=lead)
    reply(other.pk, text="stays", by=lead)
    assert "deleted" in comes_back(client, wave, response, step="back").content.decode()
    assert [left.text for left in Reply.objects.all()] == ["stays"]
    with pytest.raises(NotAllowed):
        reply(response.pk, text="too late", by=lead)
    assert replies_to(response.pk, lead) is None


@pytest.mark.parametrize("was_coded", [False, True])
@pytest.mark.parametrize("of_an_area", [False, True])
def test_a_reply_left_behind_goes_with_the_next_sweep(wave, response, lead, was_coded, of_an_area):
    if was_coded:
        sweep()
    withdraw(receipt_of(response.pk), wave=wave)
    orphan = {"response_key": response.pk, "number": 1, "text": CANARY, "by": lead, "on": TODAY()}
    Reply.objects.create(**orphan)
    erase_withdrawn(area=wave.area if of_an_area else None)
    if of_an_area:
        erase_withdrawn()
    assert not Reply.objects.exists()
    assert not Withdrawal.objects.awaiting_erasure().exists()


def test_whoever_comes_back_is_told_whether_a_person_has_read_it(wave, response, lead, client):
    sweep()
    assert "waiting for a person" in comes_back(client, wave, response).content.decode()
    read_text(response.pk, by=lead)
    assert "waiting for a person" in comes_back(client, wave, response).content.decode()
    finish_reading(response.pk, is_worrying=False, by=lead)
    assert "A person has read" in comes_back(client, wave, response).content.decode()


def test_a_worry_looks_like_any_other_text_to_whoever_comes_back(wave, response, lead, client):
    worrying = arrives(wave, WORRY)
    sweep()
    pages = [comes_back(client, wave, one).content.decode() for one in (worrying, response)]
    own = rf'{receipt_of(worrying.pk)}|{receipt_of(response.pk)}|name="token" value="[^"]+"'
    assert len({re.sub(own, "", page) for page in pages}) == 1
    read_concern(Concern.objects.get(), by=lead)
    assert "A person has read" in comes_back(client, wave, worrying).content.decode()


def test_where_nothing_was_written_nobody_is_said_to_read(wave, client):
    ticked = arrives(wave, "")
    Response.objects.filter(pk=ticked.pk).update(has_words=False)
    page = comes_back(client, wave, ticked).content.decode()
    assert "We have your answers" in page
    assert "person has read" not in page
    assert "waiting for a person" not in page


@pytest.mark.parametrize(("days", "said"), [(30, "We say what changed by"), (-30, "we were to say what changed")])
def test_the_day_on_which_we_report_back_is_said(client, days, said):
    day = TODAY() + timedelta(days=days)
    wave = asking.open_wave(edition=asking.edition(report_back_on=day.isoformat()))
    page = comes_back(client, wave, arrives(wave, "hello")).content.decode()
    assert said in page
    assert f"{day.day} {day:%B} {day.year}" in page


def test_who_guesses_receipts_is_slowed_down_and_no_school_is_locked_out(wave, response, client, monkeypatch):
    pauses = []
    monkeypatch.setattr(receipt_page, "guesses", Guesses(clock=lambda: 0.0, pause=pauses.append))
    for _ in range(200):
        client.post(f"/a/{wave.code}/receipt/", "words=a+b+c+d+e", content_type=FORM)
    assert pauses == []
    assert "We have your answers" in comes_back(client, wave, response).content.decode()
    assert pauses == [1.0]
    receipt_page.guesses.turn.acquire()
    assert comes_back(client, wave, response).status_code == 429


def test_the_desk_replies_to_a_text_and_to_a_worry(wave, response, lead, client):
    arrives(wave, WORRY)
    sweep()
    at_desk(client, lead)
    concern = Concern.objects.get()
    for address in (reverse("desk:text", args=[response.pk]), reverse("desk:concern", args=[concern.pk])):
        assert "no names" in client.get(address).content.decode()
        page = client.post(address, {"step": "reply", "reply": "<i>Thank you</i>"}, follow=True)
        assert page.redirect_chain[-1][0] == address
        assert "&lt;i&gt;Thank you&lt;/i&gt;" in page.content.decode()
        assert "Not read yet" in page.content.decode()
        refused = client.post(address, {"step": "reply", "reply": ""}, follow=True).content.decode()
        assert "Write what they are to read" in refused
    comes_back(client, wave, response)
    assert "Read on" in client.get(reverse("desk:text", args=[response.pk])).content.decode()
    concern.refresh_from_db()
    assert concern.status == Concern.Status.SEEN


def test_where_the_answers_are_gone_nothing_can_be_replied(wave, response, lead, client):
    at_desk(client, lead)
    withdraw(receipt_of(response.pk), wave=wave)
    address = reverse("desk:text", args=[response.pk])
    assert "Send the reply" not in client.get(address).content.decode()
    page = client.post(address, {"step": "reply", "reply": "hello"}, follow=True).content.decode()
    assert "taken back" in page
    unknown = client.post(reverse("desk:text", args=[uuid.uuid4()]), {"step": "reply", "reply": "hello"})
    assert unknown.status_code == 302
    assert not Reply.objects.exists()


def test_no_word_of_a_reply_is_in_any_log(wave, response, lead, client, caplog):
    caplog.set_level(logging.DEBUG)
    at_desk(client, lead)
    client.post(reverse("desk:text", args=[response.pk]), {"step": "reply", "reply": CANARY})
    comes_back(client, wave, response)
    assert Reply.objects.get().text == CANARY
    assert CANARY not in caplog.text
    assert not any(CANARY in json.dumps(entry.data) + entry.label for entry in ModelLogEntry.objects.all())


def test_a_reply_pressed_twice_is_there_once(response, lead):
    for text in ("We talked with them.", "We talked with them.", "Somebody comes on Monday.", "We talked with them."):
        reply(response.pk, text=text, by=lead)
    assert Reply.objects.to(response.pk).count() == 3
