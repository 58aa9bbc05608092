"""One card opens before, then after, each once; it can open after alone, and nothing joins the two answers."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from feedback.anonymisation.actions import sweep
from surveys.fieldwork.models import Invitation, Wave
from surveys.responses.models import Response
from tests.factories import occasions

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack():
    return occasions.pack()


def put(client, wave, code):
    body = {"edition": wave.edition.digest, "language": "en", "code": code, "helper": "alone"}
    body["answers"] = {"listened": "yes"}
    address = f"/a/{wave.code}/responses/{uuid.uuid4()}/"
    return client.put(address, json.dumps(body), content_type="application/json")


def types(client, code, language=""):
    return client.post(f"/a/{language}", f"code={code}", content_type="application/x-www-form-urlencoded")


def test_a_card_opens_before_then_after_then_nothing(client, pack):
    (code,) = occasions.cards(pack, 1)
    page = types(client, code)
    assert page.status_code == 200
    assert f"/a/{pack.before.code}/#{code}" in page.content.decode()
    assert f"/a/{pack.after.code}/#{code}" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert put(client, pack.before, code).status_code == 201
    assert types(client, code.upper())["Location"] == f"/a/{pack.after.code}/#{code}"
    assert put(client, pack.after, code).status_code == 201
    assert "This card has done its work" in types(client, code).content.decode()


def test_each_time_is_spent_once(client, pack):
    (code,) = occasions.cards(pack, 1)
    for wave in (pack.before, pack.after):
        assert put(client, wave, code).status_code == 201
        again = put(client, wave, code)
        assert again.status_code == 422
        assert "was used for these questions already" in again.content.decode()
    assert Response.objects.count() == 2


def test_whoever_missed_the_first_time_answers_the_second_and_counts_there_only(client, pack):
    (code,) = occasions.cards(pack, 1)
    assert put(client, pack.after, code).status_code == 201
    assert "This card has done its work" in types(client, code).content.decode()
    assert list(Invitation.objects.order_by("is_used").values_list("wave", "is_used")) == [
        (pack.before.pk, False), (pack.after.pk, True),
    ]  # fmt: skip


def test_before_that_waited_on_a_phone_without_signal_is_still_taken(client, pack):
    (code,) = occasions.cards(pack, 1)
    assert [put(client, wave, code).status_code for wave in (pack.after, pack.before)] == [201, 201]


@pytest.mark.parametrize("wrong", ["", "zzzzz22222", "\0", "🙂" * 20, "x" * 400])
def test_a_wrong_code_gets_a_gentle_page(client, pack, wrong):
    page = types(client, wrong)
    assert page.status_code == 404
    assert "We do not know this code yet." in page.content.decode()


def test_a_card_of_another_pack_or_wave_answers_nothing_here(client, pack):
    (foreign,) = occasions.cards(occasions.pack(), 1)
    for wave in (pack.before, pack.after):
        refused = put(client, wave, foreign)
        assert refused.status_code == 422
        assert "Please type the code that is on your card." in refused.content.decode()
    assert not Invitation.objects.filter(is_used=True).exists()


def test_where_before_is_closed_the_card_leads_to_after_and_where_both_are_to_nothing(client, pack):
    (code,) = occasions.cards(pack, 1)
    closed = {"status": "closed", "opened_on": timezone.localdate(), "closed_on": timezone.localdate()}
    Wave.objects.filter(pk=pack.before.pk).update(**closed)
    assert types(client, code)["Location"].startswith(f"/a/{pack.after.code}/")
    Wave.objects.filter(pk=pack.after.pk).update(**closed)
    assert types(client, code).status_code == 404


def test_a_card_past_its_last_day_is_told_so(client, pack):
    (code,) = occasions.cards(pack, 1)
    Invitation.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "This card is too old." in put(client, pack.after, code).content.decode()


def test_the_page_that_asks_which_is_there_in_every_language(client, pack):
    (code,) = occasions.cards(pack, 1)
    for language in ("pl", "cy", "ro", "uk", "so", "ar", "ur"):
        page = types(client, code, f"{language}/").content.decode()
        assert "still to come" not in page
        assert f'lang="{language}"' in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_of_two_phones_with_one_card_one_is_stored(pack):
    (code,) = occasions.cards(pack, 1)

    def send(_):
        try:
            return put(Client(), pack.after, code).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == [201, 422, 422, 422]


def values(row):
    """Everything a row holds that could be a key: no yes or no, no day, no part of the frame."""
    shared = {"wave_id", "area_id", "service_id", "stage_id", "edition_id"}
    held = [value for name, value in vars(row).items() if name not in shared and not name.startswith("_")]
    keys = [bytes(value) if isinstance(value, memoryview) else value for value in held]
    return {key for key in keys if isinstance(key, uuid.UUID | bytes | int) and not isinstance(key, bool)}


def test_an_insider_finds_nothing_that_joins_the_two_answers_or_an_answer_and_a_card(client, pack):
    codes = occasions.cards(pack, 3)
    assert [put(client, wave, codes[0]).status_code for wave in (pack.before, pack.after)] == [201, 201]
    before, after = Response.objects.get(wave=pack.before), Response.objects.get(wave=pack.after)
    assert not values(before) & values(after)
    for row in Invitation.objects.all():
        assert not values(row) & (values(before) | values(after))
    assert not [value for row in (before, after) for value in vars(row).values() if codes[0] in str(value)]
    # The two times of a card are sheets of their own, under hashes that do not lead to one another.
    assert len(set(Invitation.objects.values_list("sheet"))) == 2
    assert len(set(Invitation.objects.values_list("code_digest"))) == 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no transaction with a row")
def test_once_answers_are_screened_their_rows_are_not_of_the_transaction_that_spent_a_card(client, pack):
    (code,) = occasions.cards(pack, 1)
    for wave in (pack.before, pack.after):
        put(client, wave, code)
    sweep()
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM responses_response")
        answers = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT xmin::text FROM fieldwork_invitation")
        assert not answers & {row[0] for row in cursor.fetchall()}
