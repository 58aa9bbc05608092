"""What once went wrong between a phone and the server, each a sentence that must stay true."""

import io
import json
import re
import time
import uuid
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.core.signing import TimestampSigner
from django.test import Client

from cms.pages.models import WayInBlock
from surveys.fieldwork.models import Wave
from surveys.responses.models import Response
from tests.factories import asking
from tests.integration.answering.test_delivery import post, put

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def wave():
    return asking.open_wave()


class BrokenOff(io.BytesIO):
    """A connection that ends in the middle."""

    def read(self, *_):
        raise OSError("the phone went into a tunnel")


def form_of(wave, **fields):
    return urlencode({"edition": wave.edition.digest, "language": "en", "helper": "alone", **fields}).encode()


def sends_part(client, wave, stream, length):
    """A form of which the connection brings less than it said."""
    arrives = {"wsgi.input": stream, "CONTENT_LENGTH": str(length)}
    return client.post(f"/a/{wave.code}/", b"-", content_type=FORM, **arrives)


def test_half_a_form_is_refused_and_not_stored_without_its_last_answers(client, wave):
    body = form_of(wave, q_listened="yes", q_words="all of this")
    reply = sends_part(client, wave, io.BytesIO(body[:-4]), len(body))
    assert reply.status_code == 400
    assert not Response.objects.exists()


def test_half_a_delivery_is_refused_although_it_reads_like_a_whole_one(client, wave):
    body = json.dumps({"edition": wave.edition.digest, "answers": {}}).encode()
    reply = client.put(
        f"/a/{wave.code}/responses/{uuid.uuid4()}/", b"-", content_type="application/json",
        **{"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body) + 20)},
    )  # fmt: skip
    assert reply.status_code == 400
    assert not Response.objects.exists()


def test_a_connection_that_breaks_is_refused_and_not_a_fault_of_ours(client, wave):
    assert sends_part(client, wave, BrokenOff(), 40).status_code == 400


@pytest.mark.parametrize("length", ["²", "-1", "many"])
def test_a_length_that_is_no_number_is_refused(client, wave, length):
    assert sends_part(client, wave, io.BytesIO(b"x"), length).status_code == 400


@pytest.fixture
def reissued(wave):
    """A wave whose questions were changed after somebody had opened the page, and the edition that was opened."""
    earlier = wave.edition
    wave.earlier_editions.add(earlier)
    wave.edition = asking.edition(asking.closed_item("new", "yes", "no"), of=wave.area)
    wave.save()
    return wave, earlier


def test_a_form_of_an_earlier_edition_keeps_its_answers(client, reissued):
    wave, earlier = reissued
    reply = post(client, wave, edition=earlier.digest, q_listened="no", q_why="busy", q_words="still here")
    assert reply.status_code == 303
    assert Response.objects.get().answers == {"listened": "no", "why": "busy", "words": "still here"}
    assert Response.objects.get().edition == earlier


def test_an_error_in_a_form_of_an_earlier_edition_shows_the_questions_it_asked(client, reissued):
    wave, earlier = reissued
    reply = post(client, wave, edition=earlier.digest, q_listened="maybe", q_words="still here")
    page = reply.content.decode()
    assert reply.status_code == 422
    assert earlier.digest in page
    assert "Question listened?" in page
    assert "still here" in page


def test_two_long_answers_of_any_letters_fit_into_a_form(client):
    wave = asking.open_wave(asking.text_item("first"), asking.text_item("second"))
    reply = post(client, wave, q_first="’" * 4000, q_second="é’" * 2000)
    assert reply.status_code == 303
    assert Response.objects.get().answers["first"] == "’" * 4000


def test_a_megabyte_is_too_much_for_a_form_too(client, wave):
    assert post(client, wave, q_words="x" * 1_000_000).status_code == 413
    assert not Response.objects.exists()


def test_thanks_cannot_be_had_for_an_address_somebody_made_up(client, wave):
    for token in (uuid.uuid4(), uuid.uuid4().hex, TimestampSigner(salt="thanks other").sign(uuid.uuid4().hex)):
        reply = client.get(f"/a/{wave.code}/thanks/{token}/")
        assert reply.status_code == 404
        assert b"receipt" not in reply.content


def test_thanks_are_over_after_ten_minutes(client, wave, monkeypatch):
    address = post(client, wave, q_listened="yes")["Location"]
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 590)
    assert client.get(address).content.count(b"<li>") >= 3
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 610)
    late = client.get(address)
    assert (late.status_code, late["Cache-Control"]) == (410, "no-store")
    assert b"receipt" not in late.content


def test_thanks_belong_to_one_wave_and_tell_nobody_the_response(client, wave):
    address = post(client, wave)["Location"]
    stored = Response.objects.get().pk
    assert str(stored) not in address
    assert stored.hex not in address
    assert client.get(address.replace(wave.code, asking.open_wave().code)).status_code == 404


def test_a_wave_that_has_not_begun_says_so(client, wave):
    wave.status, wave.opened_on = Wave.Status.PLANNED, None
    wave.save()
    page = client.get(f"/a/{wave.code}/")
    assert page.status_code == 404
    assert b"not begun yet" in page.content
    for reply in (put(client, wave), post(client, wave)):
        assert reply.status_code == 404
        assert "not begun yet" in reply.content.decode()
    assert not Response.objects.exists()


def test_an_id_may_be_written_in_capitals_and_is_the_same_id(client, wave):
    response_id = str(uuid.uuid4())
    replies = [put(client, wave, response_id=written) for written in (response_id.upper(), response_id)]
    assert [reply.status_code for reply in replies] == [201, 200]
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["{wave}/responses/{id}", "{wave}/responses/{id}0/", "{wave}/responses/{id}/x/", "a/b/c/{id}/", "{id}.html"]
)
@pytest.mark.parametrize("method", ["get", "put", "post"])
def test_an_address_of_nothing_is_refused_by_ourselves_and_in_no_log(wave, path, method, caplog):
    response_id = str(uuid.uuid4()).upper()
    phone = Client(enforce_csrf_checks=True)
    reply = getattr(phone, method)("/a/" + path.format(wave=wave.code, id=response_id))
    assert reply.status_code == 404
    assert b"nothing at this address" in reply.content
    assert not reply.cookies
    assert response_id not in caplog.text


def test_a_method_that_nobody_needs_is_refused_before_any_address_is_read(wave, caplog):
    response_id = str(uuid.uuid4())
    reply = Client(enforce_csrf_checks=True).delete(f"/a/{wave.code}/responses/{response_id}/")
    assert reply.status_code == 405
    assert response_id not in caplog.text


def test_what_the_framework_refuses_is_in_no_log_either(client, wave, caplog):
    address = post(client, wave)["Location"]
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert address not in caplog.text


def test_an_address_without_its_last_stroke_still_leads_to_the_questions(client, wave):
    reply = client.get(f"/a/{wave.code}", follow=True)
    assert reply.redirect_chain[-1][0] == f"/a/{wave.code}/"
    assert reply.status_code == 200


def test_what_hiding_leaves_in_the_history_leads_away(client, settings):
    reply = client.get("/a/away")
    assert (reply.status_code, reply["Location"]) == (302, settings.EARSHOT_QUICK_EXIT_ADDRESS)


def test_how_far_one_is_reads_as_a_sentence(client, wave):
    page = client.get(f"/a/{wave.code}/").content.decode()
    assert "Question 1 of 4" in page
    assert "1 / 4" not in page


def way_in(**values):
    return {"title": "children", "text": "How is it going?", "wave": "a-wave", "poster": "abcdefgh", **values}


@pytest.mark.parametrize("wrong", [{"wave": "a wave"}, {"poster": "abcd/efgh"}, {"wave": "ü"}])
def test_a_code_that_cannot_be_in_an_address_does_not_cost_the_front_door(wrong):
    block = WayInBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(way_in(**wrong)))
    assert block.render(block.to_python(way_in(**wrong))).strip() == ""


def test_codes_that_can_lead_to_the_questions():
    block = WayInBlock()
    shown = block.render(block.clean(block.to_python(way_in())))
    assert "/a/a-wave/#abcdefgh" in shown
    assert "/a/posters/abcdefgh/" in shown


@pytest.mark.parametrize("word", ["what", "no", "promise", "who", "try", "told", "send"])
def test_a_question_may_have_the_code_of_a_screen_of_ours(client, word):
    wave = asking.open_wave(asking.closed_item(word, "yes", "no"), asking.text_item("words"))
    page = client.get(f"/a/{wave.code}/").content.decode()
    ids = re.findall(r'<section class="[^"]*" id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#(s-[^"]+)"', page)) <= set(ids)
