"""What the phone's addresses answer, and what they store."""

import json
import logging
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from surveys.fieldwork.models import OpenLink, Wave
from surveys.responses.models import Response
from tests.factories import asking

pytestmark = pytest.mark.django_db
CANARY = "the-canary-sings-at-night"


@pytest.fixture
def wave():
    return asking.open_wave()


def put(client, wave, *, body=None, response_id=None, content_type="application/json", raw=None, **headers):
    response_id = response_id or uuid.uuid4()
    content = {"edition": wave.edition.digest, "language": "en", "code": None, "helper": "alone", "answers": {}}
    content.update(body or {})
    data = json.dumps(content) if raw is None else raw
    address = f"/a/{wave.code}/responses/{response_id}/"
    return client.put(address, data=data, content_type=content_type, headers=headers)


def post(client, wave, **fields):
    content = urlencode({"edition": wave.edition.digest, "language": "en", "helper": "alone", **fields}, doseq=True)
    return client.post(f"/a/{wave.code}/", content, content_type="application/x-www-form-urlencoded")


def test_an_answer_is_stored_and_receipted(client, wave):
    reply = put(client, wave, body={"answers": {"listened": "yes", "who": ["mum", "dad"], "words": "hello"}})
    assert reply.status_code == 201
    assert len(reply.json()["receipt"].split()) == 5
    stored = Response.objects.get()
    assert stored.answers == {"listened": "yes", "who": ["mum", "dad"], "words": "hello"}
    assert (stored.area, stored.helper, stored.audience) == (wave.area, "alone", "AGE_8_11")
    assert stored.received_on == timezone.localdate()


def test_the_same_id_stores_once_whatever_it_brings(client, wave):
    response_id = uuid.uuid4()
    first = put(client, wave, response_id=response_id, body={"answers": {"listened": "yes"}})
    again = put(client, wave, response_id=response_id, body={"answers": {"listened": "no"}})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Response.objects.get().answers == {"listened": "yes"}


def test_answers_off_the_path_are_dropped(client, wave):
    put(client, wave, body={"answers": {"listened": "yes", "why": "busy"}})
    assert Response.objects.get().answers == {"listened": "yes"}


@pytest.mark.parametrize(
    ("body", "item"),
    [
        ({"answers": {"listened": "maybe"}}, "listened"),
        ({"answers": {"unknown": "x"}}, "unknown"),
        ({"answers": {"listened": {"deep": [1]}}}, "listened"),
        ({"answers": {"listened": 10**30}}, "listened"),
        ({"answers": ["listened"]}, ""),
        ({"answers": None}, ""),
        ({"answers": {"words": "x" * 5000}}, "words"),
        ({"helper": "everybody"}, "helper"),
        ({"language": "tlh"}, "language"),
        ({"code": 7}, "code"),
    ],
)
def test_bad_input_gets_the_documented_error_and_stores_nothing(client, wave, body, item):
    reply = put(client, wave, body={"answers": {}, **body})
    assert reply.status_code == 422
    assert [error["item"] for error in reply.json()["errors"]] == [item]
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b"[" * 60000, b'{"a": ' + b"9" * 5000 + b"}", b"\0"]
)
def test_what_is_not_whole_is_refused(client, wave, raw):
    assert put(client, wave, raw=raw).status_code in {400, 415, 422}
    assert not Response.objects.exists()


def test_too_much_is_refused_unread(client, wave):
    reply = put(client, wave, body={"answers": {"words": "x" * 1_000_000}})
    assert reply.status_code == 413
    assert not Response.objects.exists()


@pytest.mark.parametrize("text", ["a\0b", "\ud83d", "🙂" * 100, "مرحبا", "<script>alert(1)</script>", "x" * 4000])
def test_words_of_every_kind_are_kept(client, wave, text):
    reply = put(client, wave, raw=json.dumps({"edition": wave.edition.digest, "answers": {"words": text}}))
    assert reply.status_code == 201
    kept = Response.objects.get().answers["words"]
    assert kept == text.replace("\0", "").encode("utf-8", "replace").decode()


def test_an_edition_the_wave_never_had_is_a_conflict(client, wave):
    other = asking.edition()
    for digest in (other.digest[::-1], "", "x\0y"):
        assert put(client, wave, body={"edition": digest}).status_code == 409
    assert not Response.objects.exists()


def test_an_edition_the_wave_had_before_is_still_taken(client, wave):
    earlier = wave.edition
    wave.earlier_editions.add(earlier)
    wave.edition = asking.edition(asking.closed_item("new", "yes", "no"), of=wave.area)
    wave.save()
    reply = put(client, wave, body={"edition": earlier.digest, "answers": {"listened": "no", "why": "busy"}})
    assert reply.status_code == 201
    assert Response.objects.get().edition == earlier


def close(wave, days_ago):
    wave.status, wave.closed_on = Wave.Status.CLOSED, timezone.localdate() - timedelta(days=days_ago)
    wave.save()


def test_a_closed_wave_takes_late_answers_for_a_while(client, wave):
    close(wave, 28)
    assert put(client, wave).status_code == 201


def test_past_its_grace_a_wave_is_gone(client, wave):
    close(wave, 29)
    assert put(client, wave).status_code == 410
    assert post(client, wave).status_code == 410
    assert client.get(f"/a/{wave.code}/").status_code == 410


def test_an_address_that_never_was_is_not_found(client, wave):
    assert client.get("/a/nowhere/").status_code == 404
    assert client.put(f"/a/nowhere/responses/{uuid.uuid4()}/").status_code == 404
    assert client.put(f"/a/{wave.code}/responses/not-an-id/").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.example"}],
)
def test_another_site_cannot_send(client, wave, headers):
    assert put(client, wave, **headers).status_code == 403
    assert not Response.objects.exists()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {}])
def test_our_own_page_can(client, wave, headers):
    assert put(client, wave, **headers).status_code == 201


@pytest.mark.parametrize("method", ["get", "post", "delete", "patch", "options"])
def test_a_response_can_only_be_put(client, wave, method):
    assert getattr(client, method)(f"/a/{wave.code}/responses/{uuid.uuid4()}/").status_code == 405


def test_a_posters_code_decides_the_place(client, wave):
    place = asking.service(wave.area)
    link = OpenLink.objects.create(wave=wave, place="hall", area=wave.area, service=place, stage=asking.stage())
    put(client, wave, body={"code": f" {link.code[:4].upper()} {link.code[4:]} "})
    assert Response.objects.get().service == place


def test_a_code_that_leads_nowhere_costs_nobody_their_words(client, wave):
    other = OpenLink.objects.create(wave=asking.open_wave(), place="elsewhere", area=asking.area())
    for code in ("nonsense", other.code, "\0", "' or 1=1"):
        assert put(client, wave, body={"code": code}).status_code == 201
    assert {response.area for response in Response.objects.all()} == {wave.area}


def test_a_wave_of_several_areas_asks_for_the_code(client):
    wave = asking.open_wave()
    wave.area = None
    wave.save()
    reply = put(client, wave)
    assert (reply.status_code, reply.json()["errors"][0]["item"]) == (422, "code")
    assert post(client, wave).status_code == 422


def test_no_reply_sets_a_cookie_and_every_moment_of_a_child_is_kept_nowhere(client, wave):
    replies = [client.get(f"/a/{wave.code}/"), put(client, wave), post(client, wave), client.get("/a/")]
    replies.append(client.get(replies[2]["Location"]))
    assert not any(reply.cookies for reply in replies)
    assert [r["Cache-Control"] for r in (replies[1], replies[4])] == ["no-store", "no-store"]


def test_the_document_is_the_same_for_everybody_and_can_be_kept(client, wave):
    first = client.get(f"/a/{wave.code}/", headers={"user-agent": "one"})
    second = client.get(f"/a/{wave.code}/", headers={"user-agent": "other", "cookie": "sessionid=x"})
    assert first.content == second.content
    assert first["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in first.get("Vary", "")
    again = client.get(f"/a/{wave.code}/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_a_form_is_stored_and_leads_to_its_thanks(client, wave):
    reply = post(client, wave, q_listened="no", q_why="tired", q_who=["mum", "dad"], q_words="two\r\nlines")
    assert reply.status_code == 303
    assert Response.objects.get().answers == {
        "listened": "no", "why": "tired", "who": ["mum", "dad"], "words": "two\nlines"
    }  # fmt: skip
    thanks = client.get(reply["Location"])
    assert thanks.status_code == 200
    assert thanks.content.count(b"<li>") >= 3
    assert str(Response.objects.get().pk) not in reply["Location"]


def test_a_form_with_an_error_comes_back_with_what_was_written(client, wave):
    reply = post(client, wave, q_listened="maybe", q_words=CANARY)
    assert reply.status_code == 422
    assert CANARY in reply.content.decode()
    assert reply["Cache-Control"] == "no-store"
    assert not Response.objects.exists()


def test_a_form_of_another_kind_is_refused(client, wave):
    reply = client.post(f"/a/{wave.code}/", {"q_words": "x"})
    assert reply.status_code == 415


def test_words_are_in_no_log_and_no_error(client, wave, caplog):
    caplog.set_level(logging.DEBUG)
    replies = [
        put(client, wave, body={"answers": {"words": CANARY}}),
        put(client, wave, body={"answers": {"listened": CANARY}}),
        put(client, wave, raw=CANARY.encode()),
        post(client, wave, q_words=CANARY),
    ]
    assert CANARY not in caplog.text
    assert not any(CANARY in reply.content.decode() for reply in replies)


def test_storing_takes_few_queries(client, wave, django_assert_max_num_queries):
    put(client, wave)
    with django_assert_max_num_queries(5):
        put(client, wave, body={"answers": {"listened": "yes"}})


def test_typing_a_code_leads_to_the_survey(client, wave):
    link = OpenLink.objects.create(wave=wave, place="hall", area=wave.area)
    reply = client.post(
        "/a/", f"code={link.code.upper()[:4]}+{link.code[4:]}", content_type="application/x-www-form-urlencoded"
    )
    assert (reply.status_code, reply["Location"]) == (303, f"/a/{wave.code}/#{link.code}")


def test_a_wrong_code_is_told_gently_and_as_often_as_needed(client):
    for _ in range(30):
        reply = client.post("/a/", "code=zzz", content_type="application/x-www-form-urlencoded")
    assert reply.status_code == 404
    assert b"as often as you like" in reply.content


def test_a_poster_and_its_code_lead_to_the_survey(client, wave):
    link = OpenLink.objects.create(wave=wave, place="hall", area=wave.area)
    assert link.code[:4].encode() in client.get(f"/a/posters/{link.code}/").content
    svg = client.get(f"/a/posters/{link.code}.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert client.get("/a/posters/unknown/").status_code == 404
