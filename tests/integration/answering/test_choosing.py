"""Under *my person* whoever answers chooses who hears them: what is offered, what is stored, and what is refused."""

import json
import uuid

import pytest
from django.db import connection

from surveys.answering.sealing import seal, sealing_key
from surveys.fieldwork.hearer_actions import end_hearer
from surveys.instrument.items import Item, Kind
from surveys.responses.actions import withdraw
from surveys.responses.chosen_hearers import ChosenHearers
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from surveys.responses.sealed import CannotOpenWords
from tests.factories import asking, hearing
from tests.integration.answering.test_delivery import post, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return hearing.conversation()


@pytest.fixture
def hearers(wave):
    return [
        hearing.named(wave, hearing.worker(wave)),
        hearing.named(wave, hearing.worker(wave, "advocate"), "advocate"),
    ]


def sends(client, wave, hearers, **more):
    body = {"answers": {"words": "hello"}}
    if hearers is not None:
        body["hearers"] = hearers
    return put(client, wave, body={**body, **more.pop("body", {})}, **more)


def chosen():
    return ChosenHearers.objects.get().chosen


def test_the_screen_offers_those_who_are_named_and_nothing_is_ticked(client, wave, hearers):
    page = client.get(f"/a/{wave.code}/").content.decode()
    screen = page.split('id="s-hear"')[1].split("</section>")[0]
    assert screen.count('type="checkbox"') == 3
    assert "checked" not in screen
    for words in ("My social worker", "My advocate", "Only people who keep children safe"):
        assert words in screen
    assert "My youth worker" not in screen
    assert "advocate.1" in screen
    assert 'href="#s-hear"' in page.split('id="s-promise"')[1].split("</section>")[0]
    assert 'href="#s-hear" data-restart' in page


def test_surveys_of_other_promises_have_no_such_screen(client):
    page = client.get(f"/a/{asking.open_wave().code}/").content.decode()
    assert "s-hear" not in page
    assert "hearers" not in page


def test_what_was_chosen_is_kept_sealed(client, wave, hearers):
    assert sends(client, wave, ["social_worker.1"]).status_code == 201
    assert chosen() == [hearers[0].pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT chosen FROM responses_chosenhearers")
        stored = str(cursor.fetchone()[0])
    assert str([hearers[0].pk]) not in stored
    assert "social" not in stored


@pytest.mark.parametrize("sent", [None, [], ["nobody_else"]])
def test_nobody_else_is_a_choice_and_leaving_it_out_is_the_same(client, wave, hearers, sent):
    assert sends(client, wave, sent).status_code == 201
    assert chosen() == []


@pytest.mark.parametrize(
    "sent",
    [
        ["youth_worker.1"],
        ["social_worker.2"],
        ["social_worker"],
        ["social_worker.1\0"],
        ["social_worker.1", "nobody_else"],
        ["social_worker.1", 1],
        ["social_worker.1", ["advocate.1"]],
        ["social_worker.1", None],
        "social_worker.1",
        {"social_worker.1": True},
        7,
        ["x" * 10_000],
        [""],
    ],
)
def test_what_nobody_offered_is_refused_whole(client, wave, hearers, sent):
    reply = sends(client, wave, sent)
    assert reply.status_code == 422
    assert reply.json()["errors"] == [{"item": "hearers", "message": "Please choose again who may hear this."}]
    assert not Response.objects.exists()
    assert not ChosenHearers.objects.exists()


def test_somebody_of_another_wave_cannot_be_chosen(client, wave, hearers):
    other = hearing.conversation(of=wave.area)
    hearing.named(other, hearing.worker(other), "youth_worker")
    assert sends(client, wave, ["youth_worker.1"]).status_code == 422


def test_a_megabyte_of_choices_is_too_much(client, wave, hearers):
    assert sends(client, wave, ["social_worker.1"] * 80_000).status_code == 413


def test_the_same_twice_is_chosen_once_and_sent_twice_is_stored_once(client, wave, hearers):
    key = uuid.uuid4()
    replies = [sends(client, wave, ["advocate.1", "advocate.1"], response_id=key) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [201, 200]
    assert sends(client, wave, ["social_worker.1"], response_id=key).status_code == 200
    assert chosen() == [hearers[1].pk]


def test_under_another_promise_nothing_of_it_is_kept(client):
    wave = asking.open_wave()
    assert sends(client, wave, ["social_worker.1"]).status_code == 201
    assert not ChosenHearers.objects.exists()


def test_without_a_script_it_is_a_form_and_stays_ticked_when_something_is_wrong(client, wave, hearers):
    assert post(client, wave, q_words="hello", hearers=["social_worker.1", "advocate.1"]).status_code == 303
    assert chosen() == sorted(one.pk for one in hearers)
    again = post(client, wave, q_listened="not one of them", hearers=["advocate.1"])
    assert again.status_code == 422
    screen = again.content.decode().split('id="s-hear"')[1].split("</section>")[0]
    assert 'value="advocate.1" checked' in screen
    assert screen.count("checked") == 1


def test_another_language_without_a_script_keeps_what_was_chosen(client):
    both = {"en": "What should we know?", "ar": "ماذا يجب أن نعرف؟"}
    wave = hearing.conversation(Item("words", Kind.TEXT, both), languages=("en", "ar"), title=both)
    hearing.named(wave, hearing.worker(wave))
    page = post(client, wave, to="ar", hearers=["social_worker.1"]).content.decode()
    assert 'dir="rtl"' in page
    assert 'value="social_worker.1" checked' in page


def test_a_form_that_says_both_is_shown_again_with_the_sentence_at_its_place(client, wave, hearers):
    page = post(client, wave, q_words="hello", hearers=["social_worker.1", "nobody_else"])
    assert page.status_code == 422
    assert 'href="#s-hear"' in page.content.decode().split('class="errors"')[1].split("</div>")[0]
    assert page.content.decode().count("Please choose again who may hear this.") == 2
    assert not Response.objects.exists()


def test_sealed_on_the_device_and_sent_after_they_have_left_it_stays_theirs(client, wave, hearers):
    """Whoever is named next for the same does not take the place of the one whom the child chose."""
    end_hearer(wave, "social_worker.1", by=hearing.officer(wave))
    after = hearing.named(wave, hearing.worker(wave, "after"))
    key, sent_as = sealing_key(), str(uuid.uuid4())
    plain = {
        "edition": wave.edition.digest,
        "language": "en",
        "answers": {"words": "x"},
        "hearers": ["social_worker.1"],
    }
    sealed = {"key": key.id, "sealed": seal(json.dumps(plain).encode(), response_id=sent_as, public=key.public)}
    assert put(client, wave, raw=json.dumps(sealed), response_id=sent_as).status_code == 201
    assert chosen() == [hearers[0].pk] != [after.pk]
    page = client.get(f"/a/{wave.code}/").content.decode()
    assert "social_worker.2" in page
    assert "social_worker.1" not in page


def test_what_is_taken_back_takes_the_choice_along(client, wave, hearers):
    key = uuid.uuid4()
    sends(client, wave, ["social_worker.1"], response_id=key)
    assert withdraw(receipt_of(key), wave=wave)
    assert not ChosenHearers.objects.exists()


def test_a_choice_sealed_for_one_response_does_not_open_as_that_of_another(client, wave, hearers):
    for choice in (["social_worker.1"], ["advocate.1"]):
        sends(client, wave, choice)
    one, other = ChosenHearers.objects.all()
    stored = ChosenHearers.objects.filter(pk=other.pk).values_list("chosen", flat=True).get()
    with connection.cursor() as cursor:
        key = ChosenHearers._meta.pk.get_db_prep_value(one.pk, connection)
        cursor.execute(
            "UPDATE responses_chosenhearers SET chosen = %s WHERE response_key = %s", [str.__str__(stored), key]
        )
    with pytest.raises(CannotOpenWords):
        assert ChosenHearers.objects.get(pk=one.pk).chosen
