"""Bad input and bad luck, by every way in: nothing is lost that was thanked for, nothing is stored that was refused."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.answering.sealing import seal, sealing_key
from surveys.fieldwork.actions import invite
from surveys.fieldwork.models import Invitation, Wave
from surveys.instrument.drawing import LONGEST_DRAWING
from surveys.instrument.items import Item, Kind
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.people import staff
from tests.integration.answering.sending import by_device, every_way, form, plain, sealed

pytestmark = pytest.mark.django_db
WORDS = "all of this took me an hour"


@pytest.fixture
def wave():
    return asking.open_wave()


def card(wave, **fields):
    """The code of a card, in a wave that asks for one."""
    Wave.objects.filter(pk=wave.pk).update(needs_card=True)
    fields = {"expires_on": timezone.localdate() + timedelta(days=9), **fields}
    (code,) = invite(wave, cards=1, area=wave.area, by=staff("officer", Role.PARTICIPATION_OFFICER), **fields)
    return code


def refused(reply, item, said):
    """Refused with a sentence at its place; nothing is stored, and a form keeps what was written."""
    assert reply.status == 422, reply.page
    assert said in reply.errors[item]
    assert WORDS not in [stored.answers.get("words") for stored in Response.objects.all()]
    if reply.page.startswith("<!doctype"):
        assert WORDS in reply.page
    return True


@by_device
def test_a_double_tap_a_second_try_and_a_lost_reply_store_once(client, wave, send):
    response_id = uuid.uuid4()
    replies = [send(client, wave, response_id=response_id, answers={"words": WORDS}) for _ in range(3)]
    assert [reply.status for reply in replies] == [201, 200, 200]
    assert len({reply.page for reply in replies}) == 1
    assert Response.objects.get().answers == {"words": WORDS}


def test_a_form_sent_twice_is_thanked_twice_and_never_refused(client, wave):
    """A page that is the same for everybody cannot hold an id: at least once is what a form has."""
    replies = [form(client, wave, answers={"words": WORDS}) for _ in range(2)]
    assert [reply.status for reply in replies] == [303, 303]
    assert replies[0].headers["Location"] != replies[1].headers["Location"]


def test_thanks_can_be_loaded_again_and_store_nothing(client, wave):
    address = form(client, wave).headers["Location"]
    pages = [client.get(address) for _ in range(3)]
    assert [page.status_code for page in pages] == [200] * 3
    assert len({page.content for page in pages}) == 1
    assert Response.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@by_device
def test_two_tabs_that_send_the_same_at_one_moment_store_once(client, wave, send):
    response_id = uuid.uuid4()
    statuses = at_once(lambda: send(client, wave, response_id=response_id).status, times=6)
    assert sorted(statuses) == [200] * 5 + [201]
    assert Response.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@every_way
def test_two_devices_with_one_card_at_one_moment_store_one(client, wave, send):
    code = card(wave)
    replies = at_once(lambda: send(client, wave, code=code), times=4)
    assert sorted(reply.was_stored for reply in replies) == [False] * 3 + [True]
    assert {reply.status for reply in replies if not reply.was_stored} == {422}
    assert Response.objects.count() == 1


def at_once(act, *, times):
    def acts():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [one.result(timeout=60) for one in [pool.submit(acts) for _ in range(times)]]


@every_way
def test_the_second_device_with_one_card_is_told_so(client, wave, send):
    code = card(wave)
    assert send(client, wave, code=code).was_stored
    assert refused(send(client, wave, code=code, answers={"words": WORDS}), place_of(send), "used already")


def place_of(send, item="code"):
    """Where a page puts what belongs to no question: at the end, by the button."""
    return "" if send is form else item


@every_way
def test_an_old_card_is_told_so_and_stays_unused(client, wave, send):
    code = card(wave)
    Invitation.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert refused(send(client, wave, code=code, answers={"words": WORDS}), place_of(send), "too old")
    assert not Invitation.objects.get().is_used


@every_way
@pytest.mark.parametrize("code", [None, "", "bcdfghjkmn", "b" * 500])
def test_a_wrong_code_is_asked_for_again_where_one_is_needed(client, wave, send, code):
    card(wave)
    reply = send(client, wave, code=code, answers={"words": WORDS})
    assert refused(reply, place_of(send), "type the code that is on your card")


@every_way
def test_a_wrong_code_costs_nothing_where_none_is_needed(client, wave, send):
    assert send(client, wave, code="bcdfghjkmn", answers={"words": WORDS}).was_stored
    assert Response.objects.get().area == wave.area


@every_way
def test_a_closed_wave_takes_what_was_on_its_way_and_then_no_more(client, wave, send):
    wave.status, wave.closed_on = Wave.Status.CLOSED, timezone.localdate() - timedelta(days=28)
    wave.save()
    assert send(client, wave).was_stored
    wave.closed_on -= timedelta(days=1)
    wave.save()
    late = send(client, wave)
    assert (late.status, late.headers["Cache-Control"]) == (410, "no-store")
    assert "These questions are closed" in late.page
    assert Response.objects.count() == 1


@every_way
def test_a_wave_that_has_not_begun_says_so(client, wave, send):
    wave.status, wave.opened_on = Wave.Status.PLANNED, None
    wave.save()
    early = send(client, wave)
    assert early.status == 404
    assert "not begun yet" in early.page
    assert not Response.objects.exists()


@every_way
def test_answers_to_a_retired_edition_are_taken(client, wave, send):
    earlier = wave.edition
    wave.earlier_editions.add(earlier)
    wave.edition = asking.edition(asking.closed_item("new", "yes", "no"), of=wave.area)
    wave.save()
    assert send(client, wave, edition=earlier.digest, answers={"words": WORDS}).was_stored
    assert Response.objects.get().edition == earlier


@every_way
@pytest.mark.parametrize("digest", ["", "0" * 64, "x\0y", "\ud83d", "🙂", "x" * 5000])
def test_answers_to_questions_the_wave_never_asked_are_not(client, wave, send, digest):
    reply = send(client, wave, edition=digest, answers={"words": WORDS})
    assert reply.status == 409
    assert "answers to other questions" in reply.page
    assert not Response.objects.exists()


@every_way
@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        ("listened", "perhaps", "choose one of the answers shown"),
        ("listened", "did_not_answer", "choose one of the answers shown"),
        ("people", ["mum", "the queen"], "choose from the answers shown"),
        ("words", "x" * 4001, "at most 4000 letters"),
    ],
)
def test_a_tampered_option_is_refused_at_its_question(client, send, item, value, said):
    wave = asking.open_wave(
        asking.closed_item("listened", "yes", "no"), asking.closed_item("people", "mum", "dad", kind=Kind.MULTI),
        asking.text_item("words"), asking.text_item("more"),
    )  # fmt: skip
    reply = send(client, wave, answers={"more": WORDS, item: value})
    assert refused(reply, item, said)
    assert not Response.objects.exists()


@every_way
@pytest.mark.parametrize(("name", "screen"), [("helper", "helper"), ("told", "told"), ("language", "language")])
@pytest.mark.parametrize("value", ["everybody", "\0", "\ud83d", "🙂", "سلام", "x" * 5000])
def test_a_tampered_field_is_refused_at_its_place(client, wave, send, name, screen, value):
    reply = send(client, wave, answers={"words": WORDS}, **{name: value})
    item = screen if screen != "language" else place_of(send, "language")
    assert refused(reply, item, "choose one of the answers shown")


@every_way
def test_answers_off_the_route_are_dropped_unread(client, wave, send):
    assert send(client, wave, answers={"listened": "yes", "why": "perhaps", "words": WORDS}).was_stored
    assert Response.objects.get().answers == {"listened": "yes", "words": WORDS}


@every_way
def test_a_megabyte_of_text_is_refused_unread(client, wave, send):
    reply = send(client, wave, answers={"words": "x" * 1_000_000})
    assert reply.status == 413
    assert "too much to send at once" in reply.page
    assert not Response.objects.exists()


KEPT = {
    "NUL": ("a\0b", "ab"),
    "controls": ("a\x01\x1bb\tc", "ab\tc"),
    "half a character": ("a\ud83d b", "a? b"),
    "the other half": ("\udc4d", "?"),
    "emoji": ("👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👍🏽", "👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👍🏽"),
    "mixed direction": ("I said نعم and then שלום 123", "I said نعم and then שלום 123"),
    "turned around": ("\u202edrow\u202c \u2066x\u2069", "\u202edrow\u202c \u2066x\u2069"),
    "many marks": ("Z" + "\u0301" * 200, "Z" + "\u0301" * 200),
    "line ends": ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
    "no characters": ("\ufffe\uffff\ufeff", "\ufffe\uffff\ufeff"),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "as long as may be": ("’" * 4000, "’" * 4000),
}


@every_way
@pytest.mark.parametrize(("sent", "kept"), KEPT.values(), ids=KEPT)
def test_words_of_every_kind_are_kept(client, wave, send, sent, kept):
    reply = send(client, wave, answers={"words": sent})
    assert reply.was_stored, reply.page
    # What stands for half a character differs from way to way; what was around it does not.
    stored = Response.objects.get().answers["words"].replace("\ufffd", "?")
    assert re.sub(r"\?+", "?", stored) == kept


@pytest.mark.parametrize(("sent", "kept"), KEPT.values(), ids=KEPT)
def test_words_of_every_kind_are_shown_again_and_can_be_sent_again(client, wave, sent, kept):
    reply = form(client, wave, answers={"listened": "perhaps", "words": sent})
    assert reply.status == 422
    assert form(client, wave, answers={"words": Shown(reply.page).words}).was_stored
    stored = Response.objects.get().answers["words"].replace("\ufffd", "?")
    assert re.sub(r"\?+", "?", stored) == kept


class Shown(HTMLParser):
    """What a browser finds in the box for words."""

    def __init__(self, page):
        super().__init__()
        self.words, self.is_inside = "", False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        assert not self.is_inside, f"<{tag}> came out of the words"
        self.is_inside = tag == "textarea"

    def handle_endtag(self, tag):
        self.is_inside = False

    def handle_data(self, data):
        if self.is_inside:
            # A browser takes a NUL for a character it cannot read, and does not send it.
            self.words += data.replace("\0", "")


@pytest.fixture
def drawn():
    return asking.open_wave(Item("words", Kind.DRAWING, {"en": "Draw your day"}))


def scribble(length):
    """Strokes of exactly so many characters."""
    strokes = "M1,1l1,1" + " 1,1" * ((length - 8) // 4)
    assert len(strokes) == length
    return strokes


@by_device
def test_a_drawing_of_fifty_thousand_points_is_refused_unread(client, drawn, send):
    reply = send(client, drawn, answers={"words": {"strokes": "M1,1l" + " ".join(["1,1"] * 50_000)}})
    assert reply.status == 413
    assert not Response.objects.exists()


@by_device
@pytest.mark.parametrize("more", [0, 4])
def test_the_largest_drawing_is_kept_and_a_larger_one_is_told_so(client, drawn, send, more):
    strokes = scribble(LONGEST_DRAWING + more)
    reply = send(client, drawn, answers={"words": {"strokes": strokes}})
    if more:
        assert reply.errors == {"words": "This drawing is too big to send. Please draw it with fewer lines."}
        assert not Response.objects.exists()
    else:
        assert reply.status == 201
        assert Response.objects.get().answers["words"]["strokes"] == strokes


@by_device
@pytest.mark.parametrize("strokes", ['"/><script>alert(1)</script>', "M1,1l1,1\0", "M1,1l1,1\ud83d", "M1,1l1,1 🙂"])
def test_strokes_that_are_no_drawing_are_refused(client, drawn, send, strokes):
    reply = send(client, drawn, answers={"words": {"strokes": strokes}})
    assert "draw again" in reply.errors["words"]
    assert not Response.objects.exists()


def test_a_drawing_cannot_come_as_a_form_and_stays_words(client, drawn):
    assert form(client, drawn, answers={"words": '{"strokes": "M1,1l1,1"}'}).was_stored
    assert Response.objects.get().answers == {"words": '{"strokes": "M1,1l1,1"}'}


@pytest.mark.parametrize("change", [{"key": "0" * 16}, {"sealed": "AAAA" * 60}, {"sealed": None}])
def test_what_nobody_can_open_is_refused(client, wave, change):
    response_id, key = str(uuid.uuid4()), sealing_key()
    body = {"key": key.id, "sealed": seal(b"{}", response_id=response_id, public=key.public), **change}
    reply = client.put(f"/a/{wave.code}/responses/{response_id}/", body, content_type="application/json")
    assert reply.status_code == 400
    assert "did not arrive whole" in reply.json()["errors"][0]["message"]


def test_plain_and_sealed_of_one_id_are_one(client, wave):
    """A device that could not seal at first, and then could."""
    response_id = uuid.uuid4()
    statuses = [send(client, wave, response_id=response_id).status for send in (plain, sealed, plain)]
    assert statuses == [201, 200, 200]
