"""Somebody asks to be contacted: stored once, for the right people, and never refused because they came too late."""

import json
import logging
import uuid
from datetime import date, timedelta

import pytest
from django.core.signing import Signer
from django.db import DataError, IntegrityError, OperationalError
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from surveys.answering import contacting as rules
from surveys.answering.contact_words import OF_FAMILY
from surveys.answering.sealing import seal, sealing_key
from surveys.fieldwork.link_codes import card_digest
from surveys.fieldwork.models import Invitation, OpenLink, Wave
from surveys.instrument.wording import LANGUAGES, Audience
from surveys.responses.models import ContactMessage, Response
from tests.factories import asking
from tests.integration.answering.contacting import FORM, WHOLE, post, put, token_in

pytestmark = pytest.mark.django_db
CANARY = "the-canary-sings-at-night"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def nationwide():
    made = asking.open_wave()
    Wave.objects.filter(pk=made.pk).update(area=None)
    made.refresh_from_db()
    return made


def test_a_message_is_stored_and_nothing_of_it_is_said_again(client, wave):
    reply = put(client, wave)
    assert (reply.status_code, reply.json(), reply["Cache-Control"]) == (201, {}, "no-store")
    kept = ContactMessage.objects.get()
    assert (kept.wanted, kept.name, kept.reach, kept.words) == (
        "trusted",
        "Kit",
        "ring gran after school",
        "about home",
    )
    assert (kept.area, kept.audience, kept.language) == (wave.area, "AGE_8_11", "en")
    assert (kept.status, kept.sent_on, kept.done_on) == ("waiting", timezone.localdate(), None)
    assert not Response.objects.exists()


def test_the_same_id_stores_once_whatever_it_brings(client, wave):
    sent_as = uuid.uuid4()
    replies = [put(client, wave, sent_as=written, words=written) for written in (str(sent_as), str(sent_as).upper())]
    assert [reply.status_code for reply in replies] == [201, 200]
    assert ContactMessage.objects.get().words == str(sent_as)


def test_the_id_in_the_address_is_not_the_one_that_is_kept(client, wave):
    """A log of addresses, kept on the way, is of no use to whoever reads the database."""
    sent_as = uuid.uuid4()
    put(client, wave, sent_as=sent_as)
    assert ContactMessage.objects.get().pk != sent_as


def test_what_waited_sealed_is_stored_once_and_only_under_its_id(client, wave):
    sent_as, key = str(uuid.uuid4()), sealing_key()
    sealed = seal(json.dumps({**WHOLE, "code": ""}).encode(), response_id=sent_as, public=key.public)
    body = json.dumps({"key": key.id, "sealed": sealed})
    assert [put(client, wave, sent_as=sent_as, raw=body).status_code for _ in range(2)] == [201, 200]
    assert put(client, wave, raw=body).status_code == 400
    assert ContactMessage.objects.get().reach == WHOLE["reach"]


@pytest.mark.parametrize(
    ("parts", "item"),
    [
        ({"reach": ""}, "reach"),
        ({"reach": " \n\0 "}, "reach"),
        ({"reach": None}, "reach"),
        ({"reach": "x" * 501}, "reach"),
        ({"name": "x" * 101}, "name"),
        ({"words": "x" * 2001}, "words"),
        ({"words": ["a"]}, "words"),
        ({"reach": {"a": 1}}, "reach"),
        ({"wanted": "everybody"}, "wanted"),
        ({"code": 7}, "code"),
    ],
)
def test_bad_input_gets_the_documented_error_and_stores_nothing(client, wave, parts, item):
    reply = put(client, wave, **parts)
    assert reply.status_code == 422
    assert [error["item"] for error in reply.json()["errors"]] == [item]
    assert all(error["message"] for error in reply.json()["errors"])
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"x"', b"[" * 60000, b"\0", b'{"key": 1}'])
def test_what_is_not_whole_is_refused(client, wave, raw):
    assert put(client, wave, raw=raw).status_code in {400, 415, 422}
    assert not ContactMessage.objects.exists()


def test_a_megabyte_is_too_much(client, wave):
    assert put(client, wave, words="x" * 1_000_000).status_code == 413
    assert post(client, wave, words="x" * 1_000_000).status_code == 413
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize(
    "text", ["a\0b", "\ud83d", "🙂" * 50, "مرحبا، اتصل بي", "<script>alert(1)</script>", "two\r\nlines"]
)
def test_words_of_every_kind_are_kept(client, wave, text):
    assert put(client, wave, name=text, reach=text, words=text).status_code == 201
    kept = ContactMessage.objects.get()
    expected = text.replace("\0", "").replace("\r", "").encode("utf-8", "replace").decode()
    assert {kept.name, kept.reach, kept.words} == {expected}


def test_a_form_takes_as_many_letters_of_any_kind_as_it_says(client, wave):
    full = {name: "é’" * (longest // 2) for name, longest in rules.LONGEST.items()}
    assert post(client, wave, **full).status_code == 200
    kept = ContactMessage.objects.get()
    assert {name: getattr(kept, name) for name in full} == full


def test_whoever_chooses_nobody_is_read_all_the_same(client, wave):
    assert put(client, wave, wanted="", name="", words="", language="tlh").status_code == 201
    assert (ContactMessage.objects.get().wanted, ContactMessage.objects.get().language) == ("lead", "en")


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://else.example"}]
)
def test_another_site_cannot_send(client, wave, headers):
    assert put(client, wave, headers=headers).status_code == 403
    assert post(client, wave, headers=headers).status_code == 403
    assert not ContactMessage.objects.exists()


def test_only_the_two_ways_that_are_documented(client, wave):
    for method in ("get", "post", "delete", "patch", "options"):
        assert getattr(client, method)(f"/a/{wave.code}/contacts/{uuid.uuid4()}/").status_code == 405
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)(f"/a/{wave.code}/contact/").status_code == 405
    assert put(client, wave, content_type="text/plain").status_code == 415
    assert client.post(f"/a/{wave.code}/contact/", {"reach": "x"}).status_code == 415
    assert client.get("/a/nowhere/contact/").status_code == 404
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("days_ago", [0, 28, 400])
def test_nobody_who_asks_for_help_is_told_that_they_came_too_late(client, wave, days_ago):
    wave.status, wave.closed_on = Wave.Status.CLOSED, timezone.localdate() - timedelta(days=days_ago)
    wave.save()
    assert put(client, wave).status_code == 201
    assert post(client, wave).status_code == 200
    assert ContactMessage.objects.count() == 2


def test_a_wave_that_has_not_begun_says_so(client, wave):
    wave.status, wave.opened_on = Wave.Status.PLANNED, None
    wave.save()
    assert put(client, wave).status_code == 404
    assert client.get(f"/a/{wave.code}/contact/").status_code == 404


def test_no_card_is_needed_to_ask_for_help(client, wave):
    Wave.objects.filter(pk=wave.pk).update(needs_card=True)
    assert put(client, wave).status_code == 201


def card_of(wave, area, **fields):
    later = timezone.localdate() + timedelta(days=9)
    return Invitation.objects.create(
        wave=wave, sheet=uuid.uuid4(), code_digest=card_digest("bcdfghjkmn"), area=area,
        **{"expires_on": later, **fields},
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{}, {"is_used": True}, {"expires_on": date(2020, 1, 1)}])
def test_a_card_says_in_which_area_and_is_not_spent(client, nationwide, fields):
    card = card_of(nationwide, asking.area("far"), **fields)
    assert put(client, nationwide, code=" BCDFG-hjkmn ").status_code == 201
    assert ContactMessage.objects.get().area.code == "far"
    was_used = card.is_used
    card.refresh_from_db()
    assert card.is_used is was_used


def test_a_poster_says_in_which_area_whichever_questions_it_leads_to(client, nationwide):
    link = OpenLink.objects.create(wave=asking.open_wave(), place="hall", area=asking.area("far"))
    assert put(client, nationwide, code=link.code).status_code == 201
    assert post(client, nationwide, code=link.code.upper()).status_code == 200
    assert {message.area.code for message in ContactMessage.objects.all()} == {"far"}


@pytest.mark.parametrize("code", ["", "  ", "nonsense", "\0", "🙂", "x" * 300])
def test_without_an_area_the_code_is_asked_for_and_nothing_is_lost(client, nationwide, code):
    reply = put(client, nationwide, code=code)
    assert (reply.status_code, reply.json()["errors"][0]["item"]) == (422, "code")
    page = post(client, nationwide, code=code, words=CANARY)
    assert page.status_code == 422
    assert CANARY in page.content.decode()
    assert not ContactMessage.objects.exists()


def test_where_there_is_an_area_a_code_changes_nothing(client, wave):
    link = OpenLink.objects.create(wave=wave, place="hall", area=asking.area("far"))
    assert put(client, wave, code=link.code).status_code == 201
    assert ContactMessage.objects.get().area == wave.area


def test_who_guesses_codes_here_is_slowed_down_too(client, nationwide, monkeypatch):
    from surveys.answering.guessing import Guesses

    pauses = []
    monkeypatch.setattr(rules, "guesses", Guesses(clock=lambda: 0.0, pause=pauses.append))
    link = OpenLink.objects.create(wave=nationwide, place="hall", area=asking.area())
    for _ in range(200):
        put(client, nationwide, code="wrong")
    assert pauses == []
    assert put(client, nationwide, code=link.code).status_code == 201
    assert pauses == [1.0]


def test_the_form_is_one_persons_own_and_kept_nowhere(client, wave):
    pages = [client.get(f"/a/{wave.code}/contact/") for _ in range(2)]
    assert token_in(pages[0]) != token_in(pages[1])
    for page in (*pages, post(client, wave)):
        assert page["Cache-Control"] == "no-store"
        assert not page.cookies
        assert "Content-Security-Policy" in page


def test_a_form_is_stored_once_however_often_it_is_sent(client, wave):
    token = token_in(client.get(f"/a/{wave.code}/contact/"))
    pages = [post(client, wave, token=token, words="once") for _ in range(3)]
    assert {page.status_code for page in pages} == {200}
    assert len({page.content for page in pages}) == 1
    assert "We have your message" in pages[0].content.decode()
    assert ContactMessage.objects.get().words == "once"
    assert post(client, wave).status_code == 200
    assert ContactMessage.objects.count() == 2


def test_a_corrected_form_keeps_its_place(client, wave):
    wrong = post(client, wave, reach="", words=CANARY, wanted="advocate")
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert CANARY in page
    assert 'value="advocate" checked' in page
    assert post(client, wave, token=token_in(wrong), words=CANARY).status_code == 200
    assert ContactMessage.objects.count() == 1


@pytest.mark.parametrize(
    "token",
    ["", "x", uuid.uuid4().hex, Signer(salt="contact other").sign(uuid.uuid4().hex)],
    ids=["none", "short", "unsigned", "signed by another"],
)
def test_a_token_somebody_made_up_stores_nothing_and_loses_nothing(client, wave, token):
    page = post(client, wave, token=token, words=CANARY)
    assert page.status_code == 422
    assert CANARY in page.content.decode()
    assert not ContactMessage.objects.exists()
    assert post(client, wave, token=token_in(page)).status_code == 200


def test_what_was_written_is_never_read_as_markup(client, wave):
    page = post(client, wave, reach="", name='"><script>alert(1)</script>', words="</textarea><script>")
    assert "<script>alert" not in page.content.decode()
    assert "</textarea><script>" not in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_and_its_thanks_are_there_in_every_language(client, wave, language):
    page = client.get(f"/a/{wave.code}/{language}/contact/")
    assert page.status_code == 200
    assert page["Content-Language"] == language
    assert f'lang="{language}" dir="{"rtl" if language in {"ar", "ur"} else "ltr"}"' in page.content.decode()
    with override(language):
        drafted = escape(gettext("A computer helped to translate this. Someone who speaks it still has to check it."))
    assert (drafted in page.content.decode()) is (language != "en")
    assert post(client, wave, language=f"{language}/").status_code == 200
    assert ContactMessage.objects.get().language == language


@pytest.mark.parametrize(
    "audience", [Audience.AGE_6_7, Audience.AGE_12_17, Audience.CARE_LEAVER, Audience.PARENT_CARER]
)
def test_everybody_is_told_who_will_know_before_they_write(client, audience):
    wave = asking.open_wave(audience=audience)
    page = client.get(f"/a/{wave.code}/contact/").content.decode()
    before = page[: page.index("<fieldset")]
    for told in (
        "keep children",
        wave.area.name,
        "your answers",
        "could still guess",
        "tell others",
        "working day",
        "999",
    ):
        assert told in before, told
    after = post(client, wave).content.decode()
    for told in ("within one working day", wave.area.name, "999"):
        assert told in after, told


def test_children_are_told_of_childline_beside_the_form_and_after_it():
    for family in ("children", "young"):
        assert "0800 1111" in OF_FAMILY[family].not_now
        assert "0800 1111" in OF_FAMILY[family].urgent


def test_words_are_in_no_log_and_no_error(client, wave, nationwide, caplog):
    caplog.set_level(logging.DEBUG)
    replies = [
        put(client, wave, name=CANARY, reach=CANARY, words=CANARY),
        put(client, wave, wanted=CANARY, reach=CANARY),
        put(client, wave, reach=CANARY * 100),
        put(client, wave, raw=CANARY.encode()),
        put(client, nationwide, code=CANARY, reach=CANARY),
        post(client, wave, name=CANARY, reach=CANARY, words=CANARY),
        client.post(f"/a/{wave.code}/contact/", CANARY, content_type=FORM),
    ]
    assert CANARY not in caplog.text
    assert not any(CANARY in reply.content.decode() for reply in replies)
    assert [message.words for message in ContactMessage.objects.all()].count(CANARY) == 2


def test_storing_takes_as_many_queries_on_a_busy_day(client, wave, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        put(client, wave)
    for _ in range(30):
        put(client, wave)
    with django_assert_max_num_queries(12):
        put(client, wave)
    assert ContactMessage.objects.count() == 32


def test_whoever_comes_too_late_for_the_questions_is_shown_the_way_to_a_person(client, wave):
    wave.status, wave.closed_on = Wave.Status.CLOSED, timezone.localdate() - timedelta(days=40)
    wave.save()
    closed = client.get(f"/a/{wave.code}/")
    assert closed.status_code == 410
    assert f'href="/a/{wave.code}/contact/"' in closed.content.decode()
    assert "/contact/" not in client.get("/a/no-such-wave/").content.decode()


@pytest.mark.parametrize("trouble", [OperationalError, IntegrityError, DataError])
def test_where_we_have_no_room_nothing_written_is_lost_or_logged(client, wave, monkeypatch, caplog, trouble):
    def fails(message):
        raise trouble(f"no room\nDETAIL: Failing row contains {message.reach}.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(rules, "ask_for_a_person", fails)
        page = post(client, wave, words=CANARY, reach="behind the shop")
        device = put(client, wave, reach="behind the shop")
    assert (page.status_code, device.status_code) == (503, 503)
    assert CANARY in page.content.decode()
    assert "behind the shop" in page.content.decode()
    assert "behind the shop" not in caplog.text
    assert post(client, wave, words=CANARY, token=token_in(page)).status_code == 200
    assert ContactMessage.objects.count() == 1


def test_a_form_comes_back_in_another_language_with_what_was_written(client, wave):
    page = post(client, wave, to="ur", words=CANARY, wanted="trusted", reach="gran")
    shown = page.content.decode()
    assert (page.status_code, page["Content-Language"], page["Cache-Control"]) == (200, "ur", "no-store")
    assert 'lang="ur" dir="rtl"' in shown
    assert CANARY in shown
    assert 'value="trusted" checked' in shown
    assert f'action="/a/{wave.code}/ur/contact/"' in shown
    assert ContactMessage.objects.count() == 0
