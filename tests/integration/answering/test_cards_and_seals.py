"""Cards are spent with the answers and joined to none of them; what waited sealed is stored like anything else."""

import json
import random
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.answering.sealing import seal, sealing_key
from surveys.fieldwork.actions import invite
from surveys.fieldwork.link_codes import card_digest
from surveys.fieldwork.models import Invitation, Wave
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    made = asking.open_wave()
    Wave.objects.filter(pk=made.pk).update(needs_card=True)
    return made


def cards(wave, n=10, service=None):
    return invite(
        wave, cards=n, area=wave.area, service=service, expires_on=timezone.localdate() + timedelta(days=9),
        by=staff("officer", Role.PARTICIPATION_OFFICER),
    )  # fmt: skip


def put(client, wave, code, *, response_id=None, words="hello", **more):
    body = {"edition": wave.edition.digest, "language": "en", "code": code, "helper": "alone", **more}
    body.setdefault("answers", {"words": words})
    address = f"/a/{wave.code}/responses/{response_id or uuid.uuid4()}/"
    return client.put(address, json.dumps(body), content_type="application/json")


def test_a_card_is_spent_with_the_answers(client, wave):
    service = asking.service(wave.area)
    (code,) = cards(wave, 1, service=service)
    assert put(client, wave, f" {code[:5].upper()}-{code[5:]}").status_code == 201
    assert Response.objects.get().service == service
    assert Invitation.objects.get().is_used


def test_sending_again_is_no_second_use(client, wave):
    (code,) = cards(wave, 1)
    response_id = uuid.uuid4()
    assert [put(client, wave, code, response_id=response_id).status_code for _ in range(3)] == [201, 200, 200]


def test_two_devices_with_one_card(client, wave):
    (code,) = cards(wave, 1)
    assert put(client, wave, code).status_code == 201
    second = put(client, wave, code, words="the words of the second")
    assert second.status_code == 422
    (error,) = second.json()["errors"]
    assert error["item"] == "code"
    assert error["message"].startswith("This card has been used already. Each card works once.")
    assert Response.objects.count() == 1


@pytest.mark.parametrize("code", ["", "bcdfghjkmn", "\0", "🙂", "x" * 300])
def test_without_a_card_nothing_is_stored_where_one_is_needed(client, wave, code):
    cards(wave, 1)
    reply = put(client, wave, code)
    assert (reply.status_code, reply.json()["errors"][0]["item"]) == (422, "code")
    assert not Response.objects.exists()
    assert not Invitation.objects.filter(is_used=True).exists()


def test_an_old_card_says_so_and_loses_nothing(client, wave):
    (code,) = cards(wave, 1)
    Invitation.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    reply = put(client, wave, code)
    assert reply.status_code == 422
    assert "too old" in reply.json()["errors"][0]["message"]


def test_bad_answers_do_not_spend_a_card(client, wave):
    (code,) = cards(wave, 1)
    assert put(client, wave, code, answers={"listened": "perhaps"}).status_code == 422
    assert not Invitation.objects.get().is_used


def test_a_card_of_another_wave_opens_nothing_here(client, wave):
    (code,) = cards(asking.open_wave(), 1)
    assert put(client, wave, code).status_code == 422


def test_a_typed_card_leads_to_its_survey(client, wave):
    (code,) = cards(wave, 1)
    typed = urlencode({"code": f"{code[:5]} {code[5:]}".upper()})
    reply = client.post("/a/", typed, content_type="application/x-www-form-urlencoded")
    assert (reply.status_code, reply["Location"]) == (303, f"/a/{wave.code}/#{code}")


def everything_about(model, key):
    """The rows as an insider with full access reads them, with what the database itself says of each."""
    hidden = "ctid::text, xmin::text" if connection.vendor == "postgresql" else "rowid, 0"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {hidden} FROM {model._meta.db_table}")
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_an_insider_cannot_tell_which_card_an_answer_came_with(client, wave):
    """Every way of lining up used cards with responses is right about as often as chance."""
    codes = cards(wave, 40)
    used = random.Random(5).sample(codes, 20)
    pairs = {}
    for code in used:
        response_id = uuid.uuid4()
        assert put(client, wave, code, response_id=response_id).status_code == 201
        card = Invitation.objects.get(code_digest=card_digest(code))
        pairs[response_id.hex] = card.pk.hex
    spent = {card.pk.hex for card in Invitation.objects.filter(is_used=True)}
    responses = [tuple(map(str, row)) for row in everything_about(Response, "id")]
    found = [tuple(map(str, row)) for row in everything_about(Invitation, "id")]
    found = [row for row in found if row[0].replace("-", "") in spent]
    for one in range(3):
        for other in range(3):
            lined_up = zip(
                sorted(responses, key=lambda row, n=one: (len(row[n]), row[n])),
                sorted(found, key=lambda row, n=other: (len(row[n]), row[n])),
                strict=True,
            )
            right = sum(pairs[r[0].replace("-", "")] == c[0].replace("-", "") for r, c in lined_up)
            assert right <= 5, (one, other)
    # On PostgreSQL a card's own transaction would give it away, if the whole sheet were not written with it.
    transactions = [row[2] for row in everything_about(Invitation, "id")]
    assert len(set(transactions)) == 1


def test_what_waited_sealed_is_stored_once(client):
    wave = asking.open_wave()
    response_id, key = str(uuid.uuid4()), sealing_key()
    plain = {"edition": wave.edition.digest, "language": "en", "code": None, "answers": {"words": "on the bus"}}
    plain |= {"helper": "alone", "told": "somebody", "turned": True}
    body = {"key": key.id, "sealed": seal(json.dumps(plain).encode(), response_id=response_id, public=key.public)}
    address = f"/a/{wave.code}/responses/{response_id}/"
    replies = [client.put(address, json.dumps(body), content_type="application/json") for _ in range(2)]
    assert [reply.status_code for reply in replies] == [201, 200]
    stored = Response.objects.get()
    assert (stored.answers, stored.told, stored.is_turned) == ({"words": "on the bus"}, "somebody", True)
    elsewhere = client.put(
        f"/a/{wave.code}/responses/{uuid.uuid4()}/", json.dumps(body), content_type="application/json"
    )
    assert elsewhere.status_code == 400
    assert Response.objects.count() == 1


@pytest.mark.parametrize("inside", [b"", b"[]", b"{", b"\xff", b'{"key": "x", "sealed": "y"}'])
def test_a_seal_around_nonsense_stores_nothing(client, inside):
    wave, response_id, key = asking.open_wave(), str(uuid.uuid4()), sealing_key()
    body = {"key": key.id, "sealed": seal(inside, response_id=response_id, public=key.public)}
    reply = client.put(f"/a/{wave.code}/responses/{response_id}/", json.dumps(body), content_type="application/json")
    assert reply.status_code in {400, 409}
    assert not Response.objects.exists()
