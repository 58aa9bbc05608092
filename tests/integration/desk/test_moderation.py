"""The moderator's screens: one comment after another, with and without a script, on pages nobody else opens."""

import time
import uuid

import pytest
from django.core import signing
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.models import Comment, CommentLink, Moderation
from feedback.safeguarding.models import Concern
from surveys.responses.actions import withdraw
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.moderating import comment, moderator
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
WORDS = "my worker Kelly is nice <b>"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def ann(client, wave):
    person = moderator(wave.area, "ann")
    at_desk(client, person)
    return person


def address(of):
    return f"/desk/work/comments/{of.pk}/"


def page(client, where):
    return client.get(where, follow=True).content.decode()


def test_a_moderator_finds_what_waits_and_goes_from_one_to_the_next(client, wave, ann):
    made = [comment(wave, WORDS), comment(wave, "all is well")]
    assert "2 comments wait" in page(client, "/desk/")
    assert "Begin with the next" in page(client, "/desk/work/comments/")
    seen = set()
    where = f"/desk/work/comments/{Comment.objects.order_by('made_on', 'pk')[ann.pk % 2].pk}/"
    for _ in made:
        assert "As it was written" in page(client, where)
        seen.add(where)
        where = client.post(where, {"step": "usable", "kind": "PERSON", "mark": ["2"]})["Location"]
    assert seen == {address(one) for one in made}
    assert where == "/desk/work/comments/"
    assert "No comment waits" in page(client, where)
    assert {one.text for one in Comment.objects.all()} == {"my worker [name] is nice <b>", "all is [name]"}


@pytest.mark.parametrize(("step", "said"), [("usable", "Usable."), ("not_usable", "no word of it is kept.")])
def test_the_next_is_announced_only_where_there_is_one(client, wave, ann, step, said):
    made = [comment(wave, WORDS), comment(wave, "all is well")]
    for one, follows in zip(made, (True, False), strict=True):
        sent = {"step": step, "kind": "PERSON", "mark": ["2"]}
        text = client.post(address(one), sent, follow=True).content.decode()
        assert said in text
        assert ("Here is the next." in text) is follows


def test_the_page_shows_both_and_escapes(client, wave, ann):
    text = page(client, address(comment(wave, WORDS)))
    assert "<span>Kelly</span>" in text
    assert 'data-number="2" checked' in text
    assert "my worker [name] is nice &lt;b&gt;" in text
    assert "<b>" not in text
    assert "Would a classmate know" in text
    assert "Is it about someone else" in text


def test_what_is_tried_is_shown_and_not_stored(client, wave, ann):
    made = comment(wave, WORDS)
    text = client.post(address(made), {"step": "try", "kind": "SCHOOL", "mark": ["2", "4"]}).content.decode()
    assert "my worker [name] is [school]" in text
    assert Comment.objects.get().marks == made.marks
    assert ModelLogEntry.objects.filter(action="anonymisation.read_comment").count() == 1


def test_what_is_refused_keeps_what_was_ticked(client, wave, ann):
    made = comment(wave, WORDS)
    sent = {"step": "usable", "kind": "SCHOOL", "mark": ["2", "4"], "yes": ["classmate"]}
    text = client.post(address(made), sent).content.decode()
    assert "answered yes" in text
    assert "is [school]" in text
    assert not Moderation.objects.exists()


def test_a_decision_sent_twice_counts_once(client, wave, ann):
    made, other = comment(wave, WORDS), comment(wave, "all is well")
    for _ in range(2):
        client.post(address(made), {"step": "usable", "kind": "PERSON", "mark": ["2"]})
    assert Moderation.objects.count() == 1
    other.refresh_from_db()
    assert other.status == "redacted"


def test_the_last_decision_is_taken_back_from_the_next_page(client, wave, ann):
    made, other = comment(wave, WORDS), comment(wave, "all is well")
    client.post(address(made), {"step": "not_usable", "kind": "PERSON"})
    assert "Take back my last decision" in page(client, address(other))
    reply = client.post(address(made), {"step": "take_back"})
    assert reply["Location"] == address(made)
    assert Comment.objects.get(pk=made.pk).status == "redacted"


def test_what_worries_goes_to_the_leads(client, wave, ann):
    made = comment(wave, WORDS)
    client.post(address(made), {"step": "worry"})
    assert Concern.objects.get().status == "raised"
    assert "safeguarding leads" in page(client, address(made))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MODERATOR])
def test_the_pages_are_closed_to_every_other_role(client, wave, role):
    made = comment(wave, WORDS)
    at_desk(client, staff("somebody", role, area=wave.area))
    for where in ("/desk/work/comments/", address(made)):
        assert "As it was written" not in page(client, where)
        assert client.get(where).status_code == 302
    client.post(address(made), {"step": "usable", "kind": "PERSON"})
    assert not Moderation.objects.exists()


def test_a_comment_of_another_area_is_not_there(client, ann):
    made = comment(asking.open_wave(of=asking.area("far")), WORDS)
    assert "of another area" in page(client, address(made))
    client.post(address(made), {"step": "usable", "kind": "PERSON"})
    assert not Moderation.objects.exists()
    assert "not there" in page(client, f"/desk/work/comments/{uuid.uuid4()}/")


def test_taken_back_while_the_page_is_open(client, wave, ann):
    made = comment(wave, WORDS)
    withdraw(receipt_of(CommentLink.objects.get().response_key), wave=wave)
    reply = client.post(address(made), {"step": "usable", "kind": "PERSON"}, follow=True)
    assert "taken back" in reply.content.decode()
    assert not Comment.objects.get().text


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "usable", "kind": "PERSON", "mark": ["-1", "9" * 5000, "²", "x", "\x00", "3.5"]},
        {"step": "usable", "kind": "\x00"},
        {"step": "usable", "kind": "y" * 1_000_000},
        {"step": "\x00"},
        {"step": "z" * 1_000_000, "kind": "PERSON"},
        {"step": "usable", "kind": "PERSON", "yes": ["\x00", "nonsense"]},
        {},
    ],
)
def test_nonsense_breaks_nothing(client, wave, ann, sent):
    made = comment(wave, WORDS)
    # What is too long is refused for every page alike.
    assert client.post(address(made), sent).status_code in {200, 302, 400, 413}
    assert Comment.objects.get().text in {"", WORDS}


def test_the_drawing_and_a_text_in_another_language(client, ann, wave):
    made = comment(wave, "mój brat Kuba chce być z nami", language="pl")
    text = page(client, address(made))
    assert "may not be English" in text
    assert "I read this language" in text


def test_each_mark_is_called_what_somebody_said_it_is(client, wave, ann):
    made = comment(wave, "my worker Kelly of Oakfields helps my gran")
    client.post(address(made), {"step": "usable", "kind": "OTHER", "mark": ["2:PERSON", "4:ORG", "6", "7:PERSON"]})
    made.refresh_from_db()
    assert made.text == "my worker [name] of [service] helps [left out] [name]"


def test_a_kind_that_does_not_exist_is_refused(client, wave, ann):
    made = comment(wave, WORDS)
    for sent in ("2:NONSENSE", "2:\x00", "2:" + "x" * 100_000):
        text = client.post(address(made), {"step": "usable", "kind": "PERSON", "mark": [sent]}).content.decode()
        assert "Choose what the words" in text
    assert not Moderation.objects.exists()


def test_what_was_called_by_hand_is_still_so_after_a_refusal(client, wave, ann):
    made = comment(wave, WORDS)
    sent = {"step": "usable", "kind": "PERSON", "mark": ["2:SCHOOL"], "yes": ["classmate"]}
    text = client.post(address(made), sent).content.decode()
    assert "my worker [school] is nice" in text
    assert 'data-called="SCHOOL"' in text


@pytest.mark.parametrize(("seconds", "decided"), [(0, False), (5, True), (-3600, True)])
def test_whoever_presses_twice_does_not_decide_on_what_came_up(client, wave, ann, seconds, decided):
    """Also without a script, and where the clock was set back in between."""
    made = comment(wave, WORDS)
    shown = signing.dumps(time.time() - seconds, salt="moderation.shown")
    sent = {"step": "usable", "kind": "PERSON", "mark": ["2"], "since": shown}
    text = client.post(address(made), sent, follow=True).content.decode()
    assert Moderation.objects.exists() is decided
    assert ("nothing was decided" in text) is not decided


def test_the_page_says_when_it_was_shown(client, wave, ann):
    made = comment(wave, WORDS)
    since = page(client, address(made)).split('name="since" value="')[1].split('"')[0]
    client.post(address(made), {"step": "not_usable", "kind": "PERSON", "since": since})
    assert not Moderation.objects.exists()
    client.post(address(made), {"step": "not_usable", "kind": "PERSON", "since": "\x00" + since})
    assert Moderation.objects.count() == 1


def test_the_next_is_there_in_few_queries(client, wave, ann, django_assert_max_num_queries):
    """However many wait: at twelve seconds a comment nobody waits for the database."""
    made = [comment(wave, f"my worker Kelly is {word}") for word in ("nice", "kind", "funny")]
    page(client, address(made[0]))
    with django_assert_max_num_queries(30):
        client.get(address(made[1]))
    with django_assert_max_num_queries(34):
        client.post(address(made[0]), {"step": "usable", "kind": "PERSON"})
