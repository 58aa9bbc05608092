"""The board that everybody reads, and the form with which anybody names what gets in the way."""

import re
import uuid
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from feedback.promises import blockage_actions as actions
from feedback.promises.blockage_actions import Answer
from feedback.promises.blockages import Blockage
from surveys.answering import blockage_page
from surveys.answering.guessing import WRONG_BEFORE_SLOW, Guesses
from surveys.frame.models import Area
from surveys.responses.blockage_actions import LONGEST_NAMED
from surveys.responses.blockages import NamedBlockage
from tests.factories import asking
from tests.factories.blocking import WORDS, looked_after, published, worded
from tests.factories.promising import board, in_days, officer

pytestmark = pytest.mark.django_db
BOARD, FORM = "/blockages/north/", "/blockages/north/name/"
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture(autouse=True)
def nobody_floods(monkeypatch):
    """Each test begins with nobody who has sent much."""
    monkeypatch.setattr(blockage_page, "sending", Guesses(pause=lambda seconds: None))


def says(reply):
    return reply.content.decode()


def token(client, address=FORM):
    return re.search(r'name="token" value="([^"]+)"', says(client.get(address)))[1]


def sends(client, words=WORDS, address=FORM, **given):
    said = {"words": words, "token": given.pop("token", None) or token(client, address), **given.pop("form", {})}
    return client.generic("POST", address, urlencode(said), content_type=URLENCODED, **given)


def test_anybody_names_something_without_a_cookie_or_a_script(client, area):
    reply = sends(client, form={"namer": "family"})
    assert "We got it." in says(reply)
    (kept,) = NamedBlockage.objects.all()
    assert (kept.words, kept.namer, kept.language, kept.named_on) == (WORDS, "family", "en", timezone.localdate())
    assert not reply.cookies
    assert reply["Cache-Control"] == "no-store"
    assert WORDS not in says(client.get(BOARD))


def test_a_page_sent_twice_is_kept_once(client, area):
    signed = token(client)
    for _ in range(2):
        assert "We got it." in says(sends(client, token=signed))
    assert NamedBlockage.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ("", 422, "Please write what gets in the way."),
        ("\0", 422, "Please write what gets in the way."),
        ("x" * (LONGEST_NAMED + 1), 422, "Please write less."),
        ("x" * 1_000_000, 413, "This is too much to send at once."),
    ],
)
def test_what_cannot_be_kept_is_said_beside_what_was_written(client, area, words, status, sentence):
    reply = sends(client, words)
    assert (reply.status_code, sentence in says(reply)) == (status, True)
    assert not NamedBlockage.objects.exists()
    if words.startswith("x") and status == 422:
        assert words in says(reply)


@pytest.mark.parametrize("words", ["🐸 نموذج يسأل مرتين", "<script>alert(1)</script>", "a\0b‮c"])
def test_every_other_sign_is_kept_and_shown_as_text(client, area, words):
    assert sends(client, words).status_code == 200
    assert "\0" not in NamedBlockage.objects.get().words
    assert "<script>alert" not in says(sends(client, words * 200))


def test_what_is_no_page_of_ours_is_refused(client, area):
    assert sends(client, token="x").status_code == 422
    assert sends(client, form={"namer": "boss"}).status_code == 422
    assert client.post(FORM, {"words": WORDS}).status_code == 415
    assert sends(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.put(FORM).status_code == 405
    asking.area("south")
    assert sends(client, token=token(client, "/blockages/south/name/")).status_code == 422
    assert not NamedBlockage.objects.exists()


@pytest.mark.parametrize("address", ["/blockages/nowhere/", "/blockages/nowhere/name/", "/blockages/north/xx/name/"])
def test_what_is_nowhere_is_said_so(client, area, address):
    assert client.get(address).status_code == 404


def test_whoever_sends_very_much_is_slowed_down_and_nobody_is_locked_out(client, area, monkeypatch):
    pauses = []
    monkeypatch.setattr(blockage_page, "sending", Guesses(pause=pauses.append))
    for _ in range(WRONG_BEFORE_SLOW):
        blockage_page.sending.was_wrong("127.0.0.1")
    assert "We got it." in says(sends(client))
    assert pauses == [1.0]
    blockage_page.sending.turn.acquire()
    busy = sends(client, "Nobody answers the phone after four.")
    assert (busy.status_code, "Many people" in says(busy)) == (429, True)
    assert "Nobody answers the phone after four." in says(busy)


def test_a_day_has_an_end(client, area, monkeypatch):
    monkeypatch.setitem(blockage_page.name_blockage.__wrapped__.__kwdefaults__, "most", 0)
    reply = sends(client)
    assert (reply.status_code, "come back tomorrow" in says(reply)) == (429, True)


def test_a_database_that_does_not_answer_loses_no_words(client, area, monkeypatch):
    signed = token(client)

    def broken(*given, **more):
        raise OperationalError("gone")

    monkeypatch.setattr(blockage_page, "name_blockage", broken)
    reply = sends(client, token=signed)
    assert (reply.status_code, WORDS in says(reply)) == (503, True)


def test_the_board_says_what_was_answered_and_for_how_many_days_it_waits(client, area):
    made = looked_after(area)
    worded(area, "Nobody has published this.", "Nobody answers the phone after four.")
    page = says(client.get(BOARD))
    assert "A small cost needs two signatures." in page
    assert "Days it has waited for an answer" in page
    assert "Nobody has published this." not in page
    assert WORDS not in page
    actions.answer_blockage(made, Answer("will", "Managers will sign alone.", in_days(5)), by=board(area))
    Blockage.objects.filter(pk=made.pk).update(due_on=in_days(-2))
    page = says(client.get(BOARD))
    assert "We are late with this" in page
    assert "Managers will sign alone." in page
    actions.recall_blockage(made, "It said too much.", by=officer(area))
    page = says(client.get(BOARD))
    assert "signatures" not in page
    assert "alone" not in page
    assert "It said too much." in page


def test_an_empty_board_says_what_it_is_for(client, area):
    page = client.get(BOARD)
    assert "There is nothing here yet." in says(page)
    assert not page.cookies
    actions.finish_review(area, by=officer(area))
    assert "We last looked at it on" in says(client.get(BOARD))


def test_it_is_said_in_the_languages_of_the_area(client, area):
    published(area)
    for address in ("/blockages/north/ar/", "/blockages/north/ar/name/"):
        page = client.get(address)
        assert page["Content-Language"] == "ar"
        assert 'dir="rtl"' in says(page)
    assert "We got it." not in says(sends(client, address="/blockages/north/ar/name/"))
    assert NamedBlockage.objects.get(language="ar")
    Area.objects.filter(pk=area.pk).update(languages=["pl"])
    assert client.get("/blockages/north/ar/").status_code == 404
    assert client.get("/blockages/north/ar/name/").status_code == 404


def test_the_board_of_an_area_that_became_part_of_another_is_there(client, area):
    Area.objects.filter(pk=area.pk).update(merged_into=asking.area("new"))
    assert client.get(BOARD).url == "/blockages/new/"
    assert "We got it." in says(sends(client, token=token(client)))
    assert NamedBlockage.objects.get().area.code == "new"


def test_the_address_says_nothing_of_who_sent_it(area):
    assert Client().get(FORM + f"?{uuid.uuid4()}").status_code == 200
