"""The board at the desk: named by those who work there, read, worded, published, answered and looked through."""

import re
import uuid

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import PERMISSIONS, Role
from feedback.promises.blockages import REVIEW, SEE, Blockage, BlockageReview
from feedback.safeguarding.models import Concern
from surveys.responses.blockages import NamedBlockage
from tests.factories import asking
from tests.factories.blocking import WORDS, looked_after, named, published, worded
from tests.factories.people import at_desk, staff
from tests.factories.promising import board, in_days, officer, owner

pytestmark = pytest.mark.django_db
BOARD = "desk:blockages"


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def desk(client, area):
    return at_desk(client, officer(area))


def says(reply):
    return reply.content.decode()


def token(client):
    page = says(client.get(reverse("desk:blockage_name", args=["north"])))
    return re.search(r'name="token" value="([^"]+)"', page)[1]


@pytest.mark.parametrize("role", list(Role))
def test_only_whose_job_it_is_comes_in(client, area, role):
    made, waiting = worded(area), named(area, "Nobody answers the phone after four.")
    person = at_desk(client, staff("somebody", role, area=area))
    assert (person.get(reverse(BOARD)).status_code == 200) == (SEE in PERMISSIONS[role])
    reads = person.get(reverse("desk:blockage_named", args=[waiting.pk])).status_code == 200
    assert reads == (REVIEW in PERMISSIONS[role])
    assert (person.get(reverse("desk:blockage", args=[made.pk])).status_code == 200) == (REVIEW in PERMISSIONS[role])
    person.post(reverse("desk:blockage", args=[made.pk]), {"step": "publish", "words": made.words})
    assert (Blockage.objects.get(pk=made.pk).status == "open") == (REVIEW in PERMISSIONS[role])


def test_who_names_something_at_the_desk_is_written_nowhere(client, area):
    person = at_desk(client, owner(area))
    said = {"words": WORDS, "token": token(person)}
    for _ in range(2):
        reply = person.post(reverse("desk:blockage_name", args=["north"]), said, follow=True)
        assert "Kept, without your name." in says(reply)
    assert NamedBlockage.objects.get().namer == "staff"
    assert not ModelLogEntry.objects.exists()
    assert person.get(reverse("desk:blockage_name", args=["elsewhere"])).status_code == 404


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"words": ""}, "Please write"), ({"words": "x" * 5000}, "write less"), ({"token": "x"}, "not whole")],
)
def test_what_cannot_be_kept_stays_in_the_box(client, area, given, sentence):
    person = at_desk(client, owner(area))
    said = {"words": WORDS, "token": token(person), **given}
    page = says(person.post(reverse("desk:blockage_name", args=["north"]), said))
    assert sentence in page
    assert said["words"] in page
    assert not NamedBlockage.objects.exists()
    too_much = {**said, "words": "y" * 3_000_000}
    assert person.post(reverse("desk:blockage_name", args=["north"]), too_much).status_code in (400, 413)


def test_an_officer_reads_it_and_words_it(desk, area):
    made = named(area)
    assert "1 to read." in says(desk.get(reverse("wagtailadmin_home")))
    assert "Read 1 of this week" in says(desk.get(reverse(BOARD)))
    address = reverse("desk:blockage_named", args=[made.pk])
    assert WORDS in says(desk.get(address))
    assert "required" in says(desk.post(address, {"step": "word", "words": " ", "language": "en"}))
    said = {"step": "word", "words": "A small cost needs two signatures.", "language": "en"}
    assert "A second person reads it" in says(desk.post(address, said, follow=True))
    assert "A colleague has decided" in says(desk.post(address, said, follow=True))
    assert Blockage.objects.count() == 1


def test_it_is_joined_left_or_handed_to_the_leads(desk, area):
    seen = published(area)
    for step, more, done in (
        ("join", {"other": str(seen.pk)}, "Put together"),
        ("leave", {}, "Left out."),
        ("worry", {}, "with the safeguarding leads now"),
    ):
        made = named(area, f"Nobody answers the phone after {step}.")
        address = reverse("desk:blockage_named", args=[made.pk])
        assert done in says(desk.post(address, {"step": step, **more}, follow=True)), step
    assert Concern.objects.filter(response_key=made.pk).exists()
    made = named(area, "Our school never hears whether a referral arrived.")
    address = reverse("desk:blockage_named", args=[made.pk])
    assert "Choose the other one." in says(desk.post(address, {"step": "join", "other": "x"}))
    assert desk.post(address, {"step": "nothing"}).status_code == 200
    gone = reverse("desk:blockage_named", args=[uuid.uuid4()])
    assert "not there any more" in says(desk.get(gone, follow=True))


def test_everything_that_can_be_done_with_one(client, area):
    made, other = worded(area), published(area, "Tickets take long.", "Nobody answers the phone after four.")
    person = at_desk(client, board(area))
    person_of = str(owner(area).pk)
    address = reverse("desk:blockage", args=[made.pk])
    for given, sentence in (
        ({"step": "reword", "words": "A bus ticket takes long.", "language": "en"}, "somebody else publishes it"),
        ({"step": "publish", "words": "A bus ticket takes long."}, "somebody else publishes it"),
        ({"step": "give", "owner": person_of, "shown_as": "Team manager"}, "Ask the owner first"),
        ({"step": "give", "owner": "0", "shown_as": "Team manager", "agreed": "on"}, "Choose one of the people"),
        ({"step": "give", "owner": person_of, "shown_as": "Team manager", "agreed": "on"}, "Given to them."),
        ({"step": "publish", "words": "x"}, "You worded this"),
    ):
        assert sentence in says(person.post(address, given, follow=True)), given
    at_desk(client, officer(area))
    for given, sentence in (
        ({"step": "publish", "words": "A bus ticket takes long."}, "Published."),
        ({"step": "answer", "text": "x"}, "Choose what you answer."),
        ({"step": "answer", "status": "will", "text": "We will.", "due_on": ""}, "by which day"),
        ({"step": "answer", "status": "will", "text": "We will.", "due_on": "x"}, "valid date"),
        ({"step": "answer", "status": "cannot", "text": "y" * 100_000}, "too long"),
        ({"step": "answer", "status": "will", "text": "We will.", "due_on": in_days(3)}, "Answered,"),
        ({"step": "answer", "status": "will", "text": "We will.", "due_on": in_days(3)}, "already"),
        ({"step": "recall", "because": ""}, "required"),
        ({"step": "join", "other": str(made.pk)}, "Choose the other one."),
        ({"step": "join", "other": str(other.pk)}, "Put together."),
        ({"step": "recall", "because": "x"}, "Put together with another"),
    ):
        assert sentence in says(client.post(address, given, follow=True)), given
    taken = reverse("desk:blockage", args=[other.pk])
    assert "Taken off the board." in says(client.post(taken, {"step": "recall", "because": "Wrong."}, follow=True))


def test_its_owner_answers_and_does_no_more(client, area):
    made = looked_after(area)
    person = at_desk(client, owner(area))
    assert "1 that you look after, not answered." in says(person.get(reverse("wagtailadmin_home")))
    address = reverse("desk:blockage", args=[made.pk])
    page = says(person.get(address))
    assert "Answer it in public" in page
    assert "Take it off the board" not in page
    person.post(address, {"step": "recall", "because": "x"})
    said = {"step": "answer", "status": "changed", "text": "Managers sign alone."}
    assert "Answered, for everybody to read." in says(person.post(address, said, follow=True))
    assert Blockage.objects.get().status == "changed"


def test_the_board_is_looked_through(desk, area):
    assert "Nobody has looked" in says(desk.get(reverse(BOARD)))
    assert "Looked through." in says(desk.post(reverse(BOARD), {"area": "north"}, follow=True))
    assert BlockageReview.objects.get().area == area
    assert desk.post(reverse(BOARD), {"area": "elsewhere"}).status_code == 404
    named(area)
    assert "Read it first" in says(desk.post(reverse(BOARD), {"area": "north"}, follow=True))


def test_another_area_is_not_there(client, area):
    made = published(area)
    person = at_desk(client, officer(asking.area("south"), "stranger"))
    assert person.get(reverse("desk:blockage", args=[made.pk])).status_code == 404
    assert made.words not in says(person.get(reverse(BOARD)))
