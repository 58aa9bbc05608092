"""What a delivery asks of the database, counted: a busy afternoon asks it hundreds of times a second."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.accounts.roles import Role
from surveys.answering.sealing import seal, sealing_key
from surveys.fieldwork.actions import make_link
from surveys.responses.actions import withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.people import staff
from tests.integration.answering.test_delivery import post, put

pytestmark = pytest.mark.django_db
WAVE = ("SELECT", "fieldwork_wave")
STORED = ("INSERT", "responses_response")
POSTER = ("SELECT", "fieldwork_openlink")


@pytest.fixture
def wave():
    """A wave whose questions this process has read already, and it knows that its keys fit."""
    from surveys.design.frozen import digest_of, instrument_of
    from surveys.responses.keys_in_use import confirm_that_keys_fit

    confirm_that_keys_fit()

    made = asking.open_wave()
    digest_of(made.edition_id)
    instrument_of(made.edition_id)
    return made


def asked(captured):
    """What was done to which table, in order; transactions are not counted."""
    found = []
    for query in captured:
        words = query["sql"].replace('"', "").split()
        if words[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            found.append((words[0], words[words.index("INTO" if words[0] == "INSERT" else "FROM") + 1]))
    return found


def test_a_delivery_costs_one_question_and_one_row(client, wave):
    with CaptureQueriesContext(connection) as captured:
        assert put(client, wave, body={"answers": {"listened": "yes"}}).status_code == 201
    assert asked(captured) == [WAVE, STORED]
    # Whether it was taken back is asked by the statement that stores it.
    (stored,) = (query["sql"] for query in captured if query["sql"].startswith("INSERT"))
    assert "responses_withdrawal" in stored


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_a_delivery_begins_none(client, wave):
    with CaptureQueriesContext(connection) as captured:
        assert put(client, wave, body={"answers": {"listened": "yes"}}).status_code == 201
    assert len(captured) == 2


def test_what_waited_sealed_costs_no_more(client, wave):
    response_id, key = str(uuid.uuid4()), sealing_key()
    plain = json.dumps({"edition": wave.edition.digest, "language": "en", "answers": {"listened": "yes"}}).encode()
    sealed = {"key": key.id, "sealed": seal(plain, response_id=response_id, public=key.public)}
    with CaptureQueriesContext(connection) as captured:
        assert put(client, wave, response_id=response_id, raw=json.dumps(sealed)).status_code == 201
    assert asked(captured) == [WAVE, STORED]


def test_a_form_costs_no_more(client, wave):
    with CaptureQueriesContext(connection) as captured:
        assert post(client, wave, q_listened="yes").status_code == 303
    assert asked(captured) == [WAVE, STORED]


def test_a_poster_costs_one_question_more(client, wave):
    link = make_link(wave, place="the hall", area=wave.area, by=staff("officer", Role.PARTICIPATION_OFFICER))
    with CaptureQueriesContext(connection) as captured:
        assert put(client, wave, body={"code": link.code}).status_code == 201
    assert asked(captured) == [WAVE, POSTER, STORED]


def test_what_was_taken_back_is_not_stored_again(client, wave):
    response_id = uuid.uuid4()
    assert put(client, wave, response_id=response_id).status_code == 201
    assert withdraw(receipt_of(response_id), wave=wave)
    with CaptureQueriesContext(connection) as captured:
        assert put(client, wave, response_id=response_id).status_code == 200
    assert asked(captured) == [WAVE, STORED]
    assert not Response.objects.exists()
