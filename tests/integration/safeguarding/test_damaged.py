"""One row that does not open keeps no other from anybody, and whoever meets it is told what to do."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.comments import Comment
from feedback.safeguarding.actions import finish_reading
from feedback.safeguarding.models import Concern
from feedback.safeguarding.replies import reply
from surveys.responses.actions import look_up
from surveys.responses.letters import Letter
from surveys.responses.models import ContactMessage, Reply, Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.contacting import asks_for_a_person
from tests.factories.people import at_desk, staff
from tests.factories.stored import store, stored
from tests.factories.writing_back import writes_back

pytestmark = pytest.mark.django_db
SENTENCE = "What was written here cannot be opened"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


def damage(row, name):
    store(row, name, stored(row, name)[:-8] + "AAAAAAA=")


def test_the_sweep_takes_the_others_all_the_way(wave, lead, caplog):
    responses = [arrives(wave, f"all is well {number}") for number in range(4)]
    damage(responses[0], "answers")
    sweep()
    assert Response.objects.filter(status="coded").count() == 3
    # What could not be screened waits for a person.
    assert Response.objects.exclude(status="coded").get().pk == responses[0].pk
    # Damaged only later, between two steps: it stays where it is, and the rest goes on.
    late = responses[1:]
    for response in late:
        finish_reading(response.pk, is_worrying=False, by=lead)
    damage(late[0], "answers")
    sweep()
    assert Comment.objects.count() == 2
    Response.objects.filter(pk=late[0].pk).update(status="cleared")
    last = arrives(wave, "the last one")
    sweep()
    assert Response.objects.get(pk=late[0].pk).status == "cleared"
    assert Response.objects.get(pk=last.pk).status == "coded"
    assert not any(str(response.pk) in caplog.text for response in responses)


def test_a_lead_is_told_and_the_child_is_not_told_that_it_was_read(client, wave, lead):
    response = arrives(wave, "all is well")
    sweep()
    damage(response, "answers")
    at_desk(client, lead)
    assert SENTENCE in client.get(reverse("desk:text", args=[response.pk])).content.decode()
    finish_reading(response.pk, is_worrying=False, by=lead)
    assert not look_up(receipt_of(response.pk), wave=wave).is_read


def test_a_worry_that_does_not_open_can_be_finished_with(client, wave, lead):
    response = arrives(wave, WORRY)
    sweep()
    damage(response, "answers")
    at_desk(client, lead)
    concern = Concern.objects.get()
    page = reverse("desk:concern", args=[concern.pk])
    assert SENTENCE in client.get(page).content.decode()
    client.post(page, {"reason": "Could not be opened; the school was rung."})
    state = concern.states.last()
    damage(state, "reason")
    # A reason that does not open leaves its place empty, and the page is there.
    assert client.get(page).status_code == 200
    assert not look_up(receipt_of(response.pk), wave=wave).is_read


def test_a_message_that_does_not_open_waits_on_the_list(client, wave, lead):
    message, other = asks_for_a_person(wave.area, words="one"), asks_for_a_person(wave.area, words="two")
    damage(message, "words")
    at_desk(client, lead)
    sweep()
    assert client.get(reverse("desk:concerns")).status_code == 200
    page = reverse("desk:contact", args=[message.pk])
    assert SENTENCE in client.get(page).content.decode()
    assert "two" in client.get(reverse("desk:contact", args=[other.pk])).content.decode()
    client.post(page, {"reason": "Rang everybody of that day."})
    assert ContactMessage.objects.get(pk=message.pk).status == "done"


def test_a_letter_and_a_reply_that_cannot_be_opened_are_told_to_the_lead_and_to_nobody_as_read(wave, lead, client):
    response = arrives(wave, "we played uno")
    letter = writes_back(response, "are you there")
    reply(response.pk, text="yes", by=lead)
    damage(letter, "words")
    damage(Reply.objects.get(), "text")
    sweep()
    at_desk(client, lead)
    address = reverse("desk:text", args=[response.pk])
    page = client.get(address).content.decode()
    assert "What was written here cannot be opened" in page
    assert "This reply cannot be opened" in page
    client.post(address, {"step": "read", "letters": "1"})
    assert Letter.objects.get().read_on is None
    words = urlencode({"words": receipt_of(response.pk)})
    page = client.post(f"/a/{wave.code}/receipt/", words, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 200
    assert "Something of ours does not work just now" in page.content.decode()


def test_another_reply_can_be_sent_after_one_that_does_not_open(wave, lead):
    response = arrives(wave, "we played uno")
    sweep()
    reply(response.pk, text="We read it.", by=lead)
    damage(Reply.objects.get(), "text")
    reply(response.pk, text="We read it.", by=lead)
    assert Reply.objects.count() == 2
