"""The worries at the desk: who waits, who has taken what on, what is done; and nothing of another area."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.safeguarding.actions import screen_waiting
from feedback.safeguarding.calling import call
from feedback.safeguarding.models import Concern, ConcernState, Setting
from feedback.safeguarding.setting_actions import add_setting
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
WORRIES = "/desk/work/worries/"


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def leads(area):
    return [staff(name, Role.SAFEGUARDING_LEAD, area=area) for name in ("ann", "bob")]


@pytest.fixture
def concern(area):
    arrives(asking.open_wave(of=area), WORRY)
    screen_waiting()
    call()
    return Concern.objects.get()


def does(client, concern, step, **given):
    """What the desk says after a button was pressed."""
    return client.post(f"{WORRIES}{concern.pk}/", {"step": step, **given}, follow=True).content.decode()


def test_a_worry_from_taking_it_on_to_a_referral(client, concern, leads, area):
    ann, bob = leads
    at_desk(client, ann)
    assert "Nobody has taken it on." in client.get(WORRIES).content.decode()
    client.get(f"{WORRIES}{concern.pk}/")
    assert "You have taken it on." in does(client, concern, "claim")
    assert "Rang the school" in does(client, concern, "note", words="Rang the school.")
    assert "Asked." in does(client, concern, "ask", person=bob.pk, words="What do you think?")
    add_setting(area, "Rowan House", by=ann)
    page = does(client, concern, "setting", setting=str(Setting.objects.get().pk))
    assert "no other worry about it" in page
    at_desk(client, bob)
    assert "You were asked for a second opinion." in client.get(f"{WORRIES}?show=mine").content.decode()
    assert "1 worry waits, 1 for you." in client.get("/desk/").content.decode()
    assert "ann has taken this on" in does(client, concern, "finish", outcome="no_action", reason="Nothing.")
    assert "Refer it." in does(client, concern, "opinion", words="Refer it.")
    at_desk(client, ann)
    assert "Handed over" in does(client, concern, "hand_over", person=bob.pk, words="Please go on.")
    at_desk(client, bob)
    assert "Say where it was referred to" in does(client, concern, "finish", outcome="referral", reason="Harm.")
    today = timezone.localdate().isoformat()
    does(client, concern, "finish", outcome="referral", reason="Harm.", place="Front door", on=today)
    concern.refresh_from_db()
    assert concern.status == Concern.Status.REFERRED
    assert str(concern.pk) not in client.get(WORRIES).content.decode()
    assert str(concern.pk) in client.get(f"{WORRIES}?show=finished").content.decode()
    page = client.get(f"{WORRIES}{concern.pk}/").content.decode()
    for said in ("Front door", "Refer it.", "Please go on.", "Rang the school."):
        assert said in page
    assert "Take it on" not in page


def test_the_second_of_two_reads_who_has_it(client, concern, leads):
    ann, bob = leads
    does(at_desk(client, ann), concern, "claim")
    assert "ann has taken this on" in does(at_desk(client, bob), concern, "claim")
    assert "You have taken it on." in does(client, concern, "claim", words="Ann is ill.")


@pytest.mark.parametrize(
    ("words", "said"), [("", "Write the note"), ("a\0b", "cannot be kept"), ("x" * 99_999, "too long")]
)
def test_a_note_that_cannot_be_kept_says_why(client, concern, leads, words, said):
    assert said in does(at_desk(client, leads[0]), concern, "note", words=words)
    assert not ConcernState.objects.filter(step="note").exists()


def test_a_megabyte_is_refused(client, concern, leads):
    reply = at_desk(client, leads[0]).post(f"{WORRIES}{concern.pk}/", {"step": "note", "words": "x" * 1_000_000})
    assert reply.status_code == 413
    assert not ConcernState.objects.filter(step="note").exists()


def test_what_was_typed_is_not_lost_when_something_is_missing(client, concern, leads):
    client = at_desk(client, leads[0])
    given = {"step": "finish", "outcome": "referral", "reason": "They told us <b>twice</b>.", "on": "2026-01-01"}
    refused = client.post(f"{WORRIES}{concern.pk}/", given)
    assert refused.status_code == 422
    for kept in ("They told us &lt;b&gt;twice&lt;/b&gt;.</textarea>", 'value="referral" checked', 'value="2026-01-01"'):
        assert kept in refused.content.decode()
    refused = client.post(f"{WORRIES}{concern.pk}/", {"step": "ask", "words": "Home or school?"})
    assert "Home or school?</textarea>" in refused.content.decode()


@pytest.mark.parametrize(
    "given", [{"step": "ask"}, {"step": "ask", "person": "0"}, {"step": "hand_over", "person": "x"}]
)
def test_whoever_is_not_offered_cannot_be_chosen(client, concern, leads, given):
    assert "Choose another safeguarding lead" in does(at_desk(client, leads[0]), concern, words="Please.", **given)


@pytest.mark.parametrize("given", [{"outcome": "eaten"}, {}, {"outcome": "referral", "place": "x", "on": "2026-02-31"}])
def test_an_outcome_that_is_none_finishes_nothing(client, concern, leads, given):
    does(at_desk(client, leads[0]), concern, "finish", reason="Because.", **given)
    concern.refresh_from_db()
    assert not concern.is_finished


def test_another_areas_lead_finds_nothing(client, concern, leads, area):
    setting = add_setting(area, "Rowan House", by=leads[0])
    at_desk(client, staff("eve", Role.SAFEGUARDING_LEAD, area=asking.area("there")))
    assert client.get(f"{WORRIES}{concern.pk}/").status_code == 404
    for step in ("claim", "note", "finish", "opinion", "setting", "hand_over", "reply"):
        assert client.post(f"{WORRIES}{concern.pk}/", {"step": step, "words": "x"}).status_code == 404
    assert client.get(f"{WORRIES}settings/here/").status_code == 404
    assert client.post(f"{WORRIES}settings/there/", {"step": "close", "setting": setting.pk}).status_code == 404
    assert "in Here" not in client.get(WORRIES).content.decode()
    for role in (Role.MODERATOR, Role.ADMINISTRATOR, Role.PARTICIPATION_OFFICER):
        at_desk(client, staff(f"a-{role}", role, area=area))
        for path in ("", "settings/", "settings/here/", f"{concern.pk}/"):
            assert client.get(f"{WORRIES}{path}").status_code in (302, 403, 404)
            assert "Rowan" not in client.get(f"{WORRIES}{path}", follow=True).content.decode()


def test_a_step_that_is_none_is_refused(client, concern, leads):
    assert at_desk(client, leads[0]).post(f"{WORRIES}{concern.pk}/", {"step": "dance"}).url == "/desk/"
    assert not concern.states.exists()


def test_leads_keep_the_list_of_settings(client, leads):
    at_desk(client, leads[0])
    page = f"{WORRIES}settings/here/"
    assert "Rowan House" in client.post(page, {"step": "add", "name": "Rowan House"}, follow=True).content.decode()
    for name, said in (("", "Write the name"), ("rowan house", "already"), ("x" * 121, "121"), ("a\0b", "one line")):
        assert said in client.post(page, {"step": "add", "name": name}, follow=True).content.decode()
    setting = Setting.objects.get()
    assert client.post(page, {"step": "close", "setting": "x"}).status_code == 404
    assert (
        "The list is empty" in client.post(page, {"step": "close", "setting": setting.pk}, follow=True).content.decode()
    )


def test_ten_thousand_at_once_are_shown_in_pages_with_as_many_queries_as_a_few(client, area, leads):
    at_desk(client, leads[0])
    today = timezone.localdate()

    def queries(many):
        Concern.objects.bulk_create(
            Concern(response_key=uuid.uuid4(), area=area, severity="soon", raised_on=today) for _ in range(many)
        )
        call()
        client.get(WORRIES)
        with CaptureQueriesContext(connection) as found:
            page = client.get(f"{WORRIES}?page=2").content.decode()
        return len(found), page

    (few, _), (many, page) = queries(60), queries(9_940)
    assert few == many
    assert "Page 2 of 400, 10000 worries." in page
    for show in ("mine", "unclaimed", "finished", "nonsense"):
        assert client.get(f"{WORRIES}?show={show}&page=999999").status_code == 200
