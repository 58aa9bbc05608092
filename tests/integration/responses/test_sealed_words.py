"""Words are sealed for their row: whoever has the database has none of them, and cannot move them about."""

import json
import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import models

from feedback.safeguarding.models import ConcernState, ContactState
from surveys.responses import words_keys
from surveys.responses.keys_in_use import WrongKeys, in_use, keys_fit_the_database
from surveys.responses.models import ContactMessage, Reply, Response
from surveys.responses.resealing import reseal_column, sealed_columns, unseal_column
from surveys.responses.sealed import CannotOpenWords, SealedText
from surveys.responses.words_keys import PADDED_TO, key_ids, sealed_under
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.contacting import asks_for_a_person
from tests.factories.stored import column, store, stored

pytestmark = pytest.mark.django_db
ANSWERS = "responses.Response.answers"
OTHER_KEY = "ab" * 32


@pytest.fixture
def wave():
    return asking.open_wave()


def test_what_is_stored_shows_no_word_and_opens_again(wave):
    response = arrives(wave, "a zyzzyva came")
    assert "zyzzyva" not in stored(response, "answers")
    assert sealed_under(stored(response, "answers")) == key_ids()[0]
    assert Response.objects.get(pk=response.pk).answers == {"words": "a zyzzyva came"}


@pytest.mark.parametrize("words", ["", "مرحبا", "a\x00b", "\ud83d", "  spaces at the end   ", "w1:not sealed"])
def test_every_text_comes_back_as_it_was(words):
    field = column("responses.ContactMessage.words")
    assert field.opened_at(field.sealed(words, b"here"), b"here") == words


def test_a_text_of_a_megabyte_comes_back(wave):
    message = asks_for_a_person(wave.area, words="é" * 2**20)
    assert ContactMessage.objects.get(pk=message.pk).words == "é" * 2**20


def test_the_length_does_not_tell_a_yes_from_a_no(wave):
    field = column(ANSWERS)
    assert len(field.sealed({"q": "yes"}, b"x")) == len(field.sealed({"q": "no"}, b"x"))
    assert PADDED_TO >= 64


def test_what_was_put_in_another_row_does_not_open(wave):
    one, other = arrives(wave, "one"), arrives(wave, "other")
    store(other, "answers", stored(one, "answers"))
    with pytest.raises(CannotOpenWords):
        Response.objects.get(pk=other.pk).answers  # noqa: B018


def test_what_was_put_in_another_column_does_not_open(wave):
    message = asks_for_a_person(wave.area, words="words", name="name")
    store(message, "name", stored(message, "words"))
    with pytest.raises(CannotOpenWords):
        ContactMessage.objects.get(pk=message.pk).name  # noqa: B018


def test_one_changed_byte_does_not_open_and_is_logged_without_an_id(wave, caplog):
    response = arrives(wave, "a zyzzyva came")
    before = stored(response, "answers")
    store(response, "answers", before[:-8] + ("AAAA" if before[-8:-4] != "AAAA" else "BBBB") + before[-4:])
    found = Response.objects.get(pk=response.pk)
    with pytest.raises(CannotOpenWords) as raised:
        found.answers  # noqa: B018
    assert ANSWERS in caplog.text
    for hidden in (str(response.pk), "zyzzyva", before):
        assert hidden not in caplog.text + str(raised.value)


def test_the_database_cannot_be_asked_what_is_in_it(wave):
    arrives(wave, "one")
    for asked in ({"answers__words": "one"}, {"answers__contains": {}}, {"answers": {"words": "one"}}):
        with pytest.raises(FieldError, match="sealed"):
            list(Response.objects.filter(**asked))
    with pytest.raises(FieldError, match="sealed for its row"):
        Response.objects.update(answers={"words": "all the same"})


def test_emptiness_can_be_asked_and_written(wave):
    message = asks_for_a_person(wave.area, words="", name="Zoë")
    assert ContactMessage.objects.filter(words="").exclude(name="").get() == message
    ContactMessage.objects.update(name="")
    assert stored(message, "name") == ""
    response = arrives(wave, "one")
    Response.objects.update(answers={})
    assert (stored(response, "answers"), Response.objects.get().answers) == ("{}", {})


def test_values_and_errors_show_nothing(wave):
    arrives(wave, "a zyzzyva came")
    (found,) = Response.objects.values_list("answers", flat=True)
    assert repr(found) == "<sealed>"


def test_what_nobody_opened_is_stored_as_it_was(wave):
    response = arrives(wave, "one")
    before = stored(response, "answers")
    found = Response.objects.get(pk=response.pk)
    found.save()
    assert stored(response, "answers") == before
    found.answers["words"] = "two"
    found.save()
    assert Response.objects.get().answers == {"words": "two"}


def test_a_field_that_has_no_row_to_be_bound_to_is_refused():
    class Loose(models.Model):
        """A row the database numbers."""

        said = SealedText()
        other = SealedText(bound_to="nothing")

        class Meta:
            app_label = "tests"

    assert [found.id for found in Loose._meta.get_field("said").check() if found.id] == ["sealed.E001"]
    assert "sealed.E002" in {found.id for found in Loose._meta.get_field("other").check()}


def test_reasons_are_bound_to_what_they_are_about():
    bound = {str(one): one.bound_to for one in sealed_columns() if one.model in (ConcernState, ContactState)}
    assert bound == {
        "safeguarding.ConcernState.place": "concern", "safeguarding.ConcernState.reason": "concern",
        "safeguarding.ContactState.reason": "message_key",
    }  # fmt: skip


def test_what_stood_there_before_there_were_keys_is_sealed_and_can_go_back(wave):
    """What the migrations do, to rows as they were."""
    response = arrives(wave, "one")
    reply = Reply(response_key=uuid.uuid4(), number=1, text="x", by_id=None, on=response.received_on)
    store(response, "answers", json.dumps({"words": "a zyzzyva"}))
    done = reseal_column(column(ANSWERS))
    assert (done.resealed, done.unopened) == (1, 0)
    assert "zyzzyva" not in stored(response, "answers")
    assert Response.objects.get().answers == {"words": "a zyzzyva"}
    assert reseal_column(column(ANSWERS)).resealed == 0
    unseal_column(column(ANSWERS))
    assert json.loads(stored(response, "answers")) == {"words": "a zyzzyva"}
    assert reply.text == "x"


def test_nothing_is_written_under_a_fresh_key_beside_words_that_are_lost(wave, settings):
    arrives(wave, "one")
    settings.EARSHOT_WORDS_KEYS = [OTHER_KEY]
    with pytest.raises(WrongKeys, match="Put it back"):
        arrives(wave, "two")
    (problem,) = keys_fit_the_database(None)
    assert problem.id == "responses.E001"
    assert words_keys.id_of(OTHER_KEY) not in in_use()


def test_whoever_sends_then_is_told_to_send_again(wave, client, settings):
    from tests.integration.answering.test_delivery import put

    settings.EARSHOT_WORDS_KEYS = [OTHER_KEY]
    assert put(client, wave, body={"answers": {"listened": "yes"}}).status_code == 503
    assert not Response.objects.exists()


def test_ready_says_that_a_check_fails(client, settings):
    assert client.get("/readyz").status_code == 200
    settings.EARSHOT_WORDS_KEYS = [OTHER_KEY]
    assert client.get("/readyz").status_code == 503
