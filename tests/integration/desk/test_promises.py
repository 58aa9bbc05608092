"""Promises at the desk: an officer promises, an owner says what came of it, a care council doubts; each only theirs."""

import pytest
from django.urls import reverse

from feedback.accounts.roles import PERMISSIONS, Role
from feedback.promises.models import SEE, Promise
from tests.factories import asking
from tests.factories.people import at_desk, staff
from tests.factories.promising import board, in_days, late, officer, owner, promised

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


def given(area, **fields):
    """A form that is whole."""
    usual = {
        "theme": "came", "kind": "will", "due_on": in_days(9).isoformat(), "language": "en",
        "owner": owner(area).pk, "shown_as": "The head of visits", "agreed": "on",
        "said_": "Workers come late.", "will_": "They send a message.",
        "said_AGE_8_11": "Your worker comes late.", "will_AGE_8_11": "You get a message first.",
    }  # fmt: skip
    return {**usual, **fields}


def new(area):
    return reverse("desk:promise_new", args=[area.code])


def told(step, made, **fields):
    words = {"told_": "For all", "told_AGE_8_11": "For you"}
    return reverse("desk:promise_step", args=[made.pk, step]), {**words, **fields}


def test_an_officer_promises_and_everybody_reads_it(client, area):
    at_desk(client, officer(area))
    assert "Promise something in North" in client.get(new(area)).content.decode()
    answer = client.post(new(area), given(area), follow=True)
    assert "Promised, for everybody to see." in answer.content.decode()
    assert "You get a message first." in client.get("/promises/north/8-11/").content.decode()


def test_the_linter_reads_the_words_first_and_nothing_is_kept(client, area):
    at_desk(client, officer(area))
    hard = "Multidisciplinary safeguarding professionals will endeavour to facilitate participation."
    answer = client.post(new(area), given(area, will_AGE_8_11=hard, step="check")).content.decode()
    assert "This is advice" in answer
    assert "For 8 to 11 year olds" in answer
    assert not Promise.objects.exists()
    assert "It found nothing" in client.post(new(area), given(area, step="check")).content.decode()


def test_what_is_wrong_is_said_in_sentences_and_what_was_typed_stays(client, area):
    at_desk(client, officer(area))
    for fields, why in (
        ({"due_on": in_days(-1).isoformat()}, "over already"),
        ({"due_on": "soon"}, "valid date"),
        ({"agreed": ""}, "Ask the owner first"),
        ({"owner": 999999}, "Choose one of the people"),
        ({"said_AGE_8_11": "x" * 400}, "At most 300 fit"),
        ({"said_AGE_8_11": "x" * 100_000}, "far too long"),
        ({"said_AGE_8_11": "", "will_AGE_8_11": ""}, "whom it is about"),
        ({"will_AGE_8_11": ""}, "is empty"),
        ({"kind": "cannot", "will_AGE_8_11": ""}, "Say why it cannot be done"),
        ({"answers": "another-2026q1 x"}, "Select a valid choice"),
    ):
        answer = client.post(new(area), given(area, **fields)).content.decode()
        assert why in answer, why
        assert "Workers come late." in answer
    assert not Promise.objects.exists()
    assert client.post(new(area), given(area, said_AGE_8_11="nul \0 byte")).status_code == 200


def test_it_can_be_said_at_once_that_it_cannot_be_done(client, area):
    at_desk(client, officer(area))
    client.post(new(area), given(area, kind="cannot", due_on=""))
    assert Promise.objects.get().status == "cannot"
    assert "We can’t, because" in client.get("/promises/north/8-11/").content.decode()


def test_its_owner_keeps_it_and_a_board_officer_promises_it_again(client, area):
    made = late(area)
    at_desk(client, owner(area))
    assert "should have been done 12 days ago" in client.get(reverse("desk:promises")).content.decode().lower()
    assert "1 promise of yours should have been kept by now." in client.get("/desk/").content.decode()
    address, words = told("keep", made)
    assert "Everybody reads what you write here" in client.get(address).content.decode()
    assert "is required" in client.post(address, {"told_": "For all"}).content.decode()
    client.post(address, words)
    made.refresh_from_db()
    assert made.status == "kept"
    assert "cannot become" in client.post(address, words).content.decode()
    at_desk(client, board(area))
    address, words = told("again", made, due_on=in_days(4).isoformat())
    client.post(address, words)
    made.refresh_from_db()
    assert (made.status, made.due_on) == ("made", in_days(4))


def test_a_day_is_moved_and_a_mistake_taken_back(client, area):
    made = promised(area)
    at_desk(client, owner(area))
    address, words = told("move", made, due_on=in_days(-2).isoformat())
    assert "over already" in client.post(address, words).content.decode()
    client.post(address, {**words, "due_on": in_days(40).isoformat()})
    made.refresh_from_db()
    assert made.due_on == in_days(40)
    address, words = told("take-back", made)
    assert client.get(address).status_code != 200
    at_desk(client, officer(area))
    client.post(address, words)
    made.refresh_from_db()
    assert made.status == "taken_back"


def test_another_language_and_another_owner(client, area):
    made = promised(area)
    at_desk(client, officer(area))
    address = reverse("desk:promise_words", args=[made.pk])
    client.post(address, {"language": "pl", "said_AGE_8_11": "Mówisz", "will_AGE_8_11": "Zrobimy"})
    assert made.words.filter(language="pl").count() == 1
    assert (
        "already"
        in client.post(
            address, {"language": "pl", "said_AGE_8_11": "Mówisz", "will_AGE_8_11": "Zrobimy"}
        ).content.decode()
    )
    assert client.get(reverse("desk:promise_owner", args=[made.pk])).status_code != 200
    at_desk(client, board(area))
    address = reverse("desk:promise_owner", args=[made.pk])
    client.post(address, {"owner": officer(area).pk, "shown_as": "The officer", "agreed": "on"})
    made.refresh_from_db()
    assert (made.owner, made.shown_as) == (officer(area), "The officer")


def test_a_care_council_says_that_it_does_not_think_so(client, area):
    made = promised(area)
    at_desk(client, owner(area))
    client.post(*told("keep", made))
    young = at_desk(client, staff("aster", Role.CARE_COUNCIL_MEMBER, area=area))
    address = reverse("desk:promise", args=[made.pk])
    assert "We don’t think this is done" in young.get(address).content.decode()
    young.post(address, {"step": "doubt"})
    assert "does not think that this is done" in client.get("/promises/north/8-11/").content.decode()
    assert "aster" not in client.get("/promises/north/").content.decode()
    young.post(address, {"step": "end_doubt"})
    assert "does not think that this is done" not in client.get("/promises/north/8-11/").content.decode()


@pytest.mark.parametrize("role", [role for role in Role if SEE not in PERMISSIONS[role]])
def test_other_roles_find_no_door(client, area, role):
    made = promised(area)
    at_desk(client, staff("somebody", role, area=area))
    for name, arguments in (("promises", []), ("promise", [made.pk]), ("promise_new", [area.code])):
        assert client.get(reverse(f"desk:{name}", args=arguments)).status_code != 200
    assert "Go to the promises" not in client.get("/desk/").content.decode()


def test_another_areas_promise_is_not_found(client, area):
    made = promised(area)
    at_desk(client, board(asking.area("south"), "stranger"))
    for name, arguments in (("promise", [made.pk]), ("promise_step", [made.pk, "keep"]), ("promise_new", ["north"])):
        assert client.get(reverse(f"desk:{name}", args=arguments)).status_code == 404
    assert "You said to all" not in client.get(reverse("desk:promises")).content.decode()
    assert client.get(reverse("desk:promise_step", args=[made.pk, "burn"])).status_code == 404
