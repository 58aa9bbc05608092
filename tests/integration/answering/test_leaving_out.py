"""In a conversation a child chooses what is kept, and whoever the questions are about cannot hold it."""

import json
import uuid

import pytest
from django.urls import reverse

from surveys.instrument.items import Item, Kind
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Audience
from surveys.responses.models import Response
from tests.factories import asking, hearing
from tests.factories.people import at_desk
from tests.integration.answering.test_delivery import post, put

pytestmark = pytest.mark.django_db
OFFERED = 'name="leave_out" value="{}"'


def talk(*items, **fields):
    of = asking.area()
    made = asking.edition(*items, of=of, kind="conversation", audience=Audience.AGE_4_5, **fields)
    return asking.open_wave(edition=made, of=of)


@pytest.fixture
def wave():
    return talk(
        asking.closed_item("day", "good", "not_good"),
        asking.closed_item("more", "play", "talk", rule=Rule("day", frozenset({"good"}))),
        Item(code="place", kind=Kind.DRAWING, texts={"en": "Draw it."}),
        asking.text_item("tell"),
    )


def test_everything_can_be_left_out_but_what_others_follow_from(client, wave):
    page = client.get(f"/a/{wave.code}/").content.decode()
    assert [code for code in ("day", "more", "place", "tell") if OFFERED.format(code) in page] == [
        "more",
        "place",
        "tell",
    ]
    assert "You choose what is kept." in page


def test_a_survey_asks_nothing_of_the_kind(client):
    page = client.get(f"/a/{asking.open_wave().code}/").content.decode()
    assert "leave_out" not in page
    assert "data-refused" not in page


def test_what_is_left_out_of_a_form_is_never_stored(client, wave):
    sent = {"q_day": "good", "q_place": "words for a drawing", "q_tell": "only me", "leave_out": ["tell", "day", "x"]}
    assert post(client, wave, **sent).status_code == 303
    stored = Response.objects.get()
    assert stored.answers == {"day": "good", "place": "words for a drawing"}


def test_all_of_it_can_be_left_out(client, wave):
    assert post(client, wave, q_tell="only me", leave_out=["tell"]).status_code == 303
    assert Response.objects.get().answers == {}


def test_whoever_the_questions_are_about_stores_nothing(client, wave):
    refused = put(client, wave, body={"answers": {"tell": "hello"}, "helper": "subject"})
    assert refused.status_code == 422
    assert "let someone else hold this conversation" in refused.json()["errors"][0]["message"]
    again = post(client, wave, q_tell="hello", helper="subject")
    assert again.status_code == 422
    page = again.content.decode()
    assert "let someone else hold this conversation" in page
    assert "hello" in page
    assert not Response.objects.exists()


def test_in_a_survey_that_is_no_answer(client):
    wave = asking.open_wave()
    assert put(client, wave, body={"answers": {"words": "hello"}, "helper": "subject"}).status_code == 422
    assert not Response.objects.exists()


@pytest.mark.parametrize("left_out", ["\x00", "x" * 1000, "\u202etell", "tell; DROP"])
def test_nonsense_leaves_nothing_out(client, wave, left_out):
    assert post(client, wave, q_tell="hello", leave_out=[left_out]).status_code == 303
    assert Response.objects.get().answers == {"tell": "hello"}


def test_what_is_sent_twice_is_kept_once(client, wave):
    sent = uuid.uuid4()
    for _ in range(2):
        put(client, wave, response_id=sent, body={"answers": {"tell": "hello"}, "helper": "tapped"})
    assert Response.objects.count() == 1


class TestAtTheDesk:
    @pytest.fixture
    def wave(self):
        return hearing.conversation(about="social_worker")

    def page(self, client, person):
        at_desk(client, person)
        return client.get(reverse("desk:conversations")).content.decode()

    def test_the_one_it_is_about_cannot_hold_it_and_others_can(self, client, wave):
        worker, other = hearing.worker(wave), hearing.worker(wave, "advocate")
        hearing.named(wave, worker)
        hearing.named(wave, other, "advocate")
        held = f'href="/a/{wave.code}/"'
        mine = self.page(client, worker)
        assert "These questions are about you" in mine
        assert held not in mine
        assert held in self.page(client, other)

    def test_neither_do_they_print_it(self, client, wave):
        worker = hearing.worker(wave)
        hearing.named(wave, worker)
        at_desk(client, worker)
        # The desk leads whoever may not do something back to its first page, which says so.
        refused = client.get(reverse("desk:booklet", args=[wave.code, "en"]), follow=True)
        assert refused.redirect_chain[-1] == (reverse("wagtailadmin_home"), 302)

    def test_it_stays_in_the_edition(self, wave):
        document = json.loads(json.dumps(wave.edition.document))
        assert document["about"] == "social_worker"
