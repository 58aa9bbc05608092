"""From a lead who takes a worry on to what became of it; nothing of it is ever deleted."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.actions import end_role, set_active
from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import Role
from feedback.safeguarding import concern_actions as life
from feedback.safeguarding.actions import close_concern, pass_on, read_concern, refer_concern, screen_waiting
from feedback.safeguarding.calling import call
from feedback.safeguarding.forgetting import erase_all_about, forget_what_was_noted, settled
from feedback.safeguarding.models import Alarm, Concern, ConcernState, Setting
from feedback.safeguarding.repeats import repeats_of
from feedback.safeguarding.setting_actions import add_setting, close_setting
from surveys.frame.policies import NotAllowed
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def leads(area):
    return [lead(name, area) for name in ("ann", "bob")]


def lead(name, area):
    person = staff(name, Role.SAFEGUARDING_LEAD, area=area)
    person.email = f"{name}@example.org"
    person.save()
    return person


@pytest.fixture
def concern(area):
    arrives(asking.open_wave(of=area), WORRY)
    screen_waiting()
    call()
    mail.outbox.clear()
    return Concern.objects.get()


def steps(concern):
    return list(concern.states.order_by("pk").values_list("step", flat=True))


def test_of_two_leads_who_take_it_on_at_once_one_has_it_and_the_other_reads_who(concern, leads):
    ann, bob = leads
    first, second = (Concern.objects.get() for _ in range(2))
    life.claim_concern(first, by=ann)
    with pytest.raises(NotAllowed, match="ann has taken this on"):
        life.claim_concern(second, by=bob)
    life.claim_concern(second, by=ann)
    assert Concern.objects.get().holder == ann
    assert steps(concern) == ["claimed"]


def test_what_somebody_else_has_is_taken_over_with_a_reason_only(concern, leads):
    ann, bob = leads
    life.claim_concern(concern, by=ann)
    for act in (
        lambda: close_concern(concern, reason="Nothing.", by=bob),
        lambda: life.hand_over_concern(concern, ann, note="Yours.", by=bob),
        lambda: life.ask_for_opinion(concern, ann, question="What?", by=bob),
    ):
        with pytest.raises(NotAllowed, match="ann has taken this on"):
            act()
    life.claim_concern(concern, reason="Ann is ill today.", by=bob)
    assert Concern.objects.get().holder == bob
    assert concern.states.last().reason == "Ann is ill today."


def test_it_is_handed_over_with_a_note_and_the_other_is_told_that_something_waits(
    concern, leads, django_capture_on_commit_callbacks
):
    ann, bob = leads
    life.claim_concern(concern, by=ann)
    with pytest.raises(NotAllowed, match="Write a note"):
        life.hand_over_concern(concern, bob, note=" ", by=ann)
    with django_capture_on_commit_callbacks(execute=True):
        life.hand_over_concern(concern, bob, note="The school rings at ten.", by=ann)
    assert Concern.objects.get().holder == bob
    (message,) = mail.outbox
    assert message.to == ["bob@example.org"]
    assert "school" not in message.subject + message.body


@pytest.mark.parametrize("whom", ["none", "myself", "elsewhere", "moderator"])
def test_it_is_handed_to_nobody_but_another_lead_of_the_area(concern, leads, area, whom):
    people = {
        "none": None,
        "myself": leads[0],
        "elsewhere": lead("eve", asking.area("there")),
        "moderator": staff("mod", Role.MODERATOR, area=area),
    }
    for act, words in ((life.hand_over_concern, "note"), (life.ask_for_opinion, "question")):
        with pytest.raises(NotAllowed, match="Choose another safeguarding lead"):
            act(concern, people[whom], **{words: "Please."}, by=leads[0])


def test_a_second_opinion_is_given_by_who_was_asked_once(concern, leads):
    ann, bob = leads
    life.claim_concern(concern, by=ann)
    life.ask_for_opinion(concern, bob, question="Home or school?", by=ann)
    with pytest.raises(NotAllowed, match="bob was asked already"):
        life.ask_for_opinion(concern, bob, question="Again?", by=ann)
    with pytest.raises(NotAllowed, match="Nobody waits"):
        life.give_opinion(concern, opinion="Mine.", by=ann)
    life.give_opinion(concern, opinion="Home.", by=bob)
    assert Concern.objects.get().holder == ann
    with pytest.raises(NotAllowed, match="Nobody waits"):
        life.give_opinion(concern, opinion="Once more.", by=bob)
    assert steps(concern) == ["claimed", "asked", "opinion"]


@pytest.mark.parametrize(
    ("note", "said"), [("", "Write the note"), ("a\0b", "cannot be kept"), ("x" * 1_000_000, "too long")]
)
def test_a_note_that_cannot_be_kept_is_refused_with_a_sentence(concern, leads, note, said):
    with pytest.raises(NotAllowed, match=said):
        life.note_concern(concern, note=note, by=leads[0])
    assert not concern.states.exists()


def test_a_note_pressed_twice_is_there_once_and_can_be_added_when_it_is_finished(concern, leads):
    ann, bob = leads
    read_concern(concern, by=ann)
    close_concern(concern, reason="Nothing.", by=ann)
    for _ in range(2):
        life.note_concern(concern, note="They rang again.", by=bob)
    assert steps(concern) == ["moved", "moved", "note"]
    with pytest.raises(NotAllowed, match="finished"):
        life.claim_concern(concern, by=ann)


def test_every_step_is_logged_with_who_took_it(concern, leads):
    ann, bob = leads
    life.claim_concern(concern, by=ann)
    life.ask_for_opinion(concern, bob, question="What?", by=ann)
    life.give_opinion(concern, opinion="This.", by=bob)
    life.hand_over_concern(concern, bob, note="Yours.", by=ann)
    life.note_concern(concern, note="Noted.", by=bob)
    logged = ModelLogEntry.objects.filter(action__startswith="safeguarding.").order_by("pk")
    assert [(one.action.partition(".")[2], one.user) for one in logged] == [
        ("claim_concern", ann),
        ("ask_for_opinion", ann),
        ("give_opinion", bob),
        ("hand_over_concern", ann),
        ("note_concern", bob),
    ]


def test_an_outcome_says_all_that_belongs_to_it(concern, leads):
    ann = leads[0]
    read_concern(concern, by=ann)
    referral = {"reason": "Harm.", "place": "Front door", "on": TODAY()}
    for missing, said in (("reason", "what was decided"), ("place", "where it was referred"), ("on", "which day")):
        given = {**referral, missing: None if missing == "on" else " "}
        with pytest.raises(NotAllowed, match=said):
            refer_concern(concern, **given, by=ann)
    for day, said in ((TODAY() + timedelta(days=1), "future"), (TODAY() - timedelta(days=1), "before")):
        with pytest.raises(NotAllowed, match=said):
            refer_concern(concern, **{**referral, "on": day}, by=ann)
    for outcome, said in (("advice", "Which advice|which advice"), ("not_identified", "was tried"), ("", "Choose")):
        with pytest.raises(NotAllowed, match=said):
            close_concern(concern, reason=" ", outcome=outcome, by=ann)
    refer_concern(concern, **referral, by=ann)
    last = concern.states.order_by("pk").last()
    assert (last.outcome, last.place, last.referred_on, last.reason) == ("referral", "Front door", TODAY(), "Harm.")
    assert Response.objects.get().status == Response.Status.CLEARED


def test_who_is_no_lead_of_the_area_takes_no_step(concern, area):
    strangers = [lead("eve", asking.area("there")), staff("mod", Role.MODERATOR, area=area)]
    for person in strangers:
        for act in (
            lambda by: life.claim_concern(concern, by=by),
            lambda by: life.note_concern(concern, note="Hello.", by=by),
            lambda by: life.give_opinion(concern, opinion="Hello.", by=by),
            lambda by: life.set_setting(concern, None, by=by),
            lambda by: refer_concern(concern, reason="x", place="x", on=TODAY(), by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
    assert not concern.states.exists()


@pytest.mark.parametrize("how", ["role", "account"])
def test_a_lead_who_leaves_mid_case_loses_it_and_it_is_called_anew(concern, leads, area, how):
    ann, bob = leads
    read_concern(concern, by=ann)
    life.claim_concern(concern, by=ann)
    life.ask_for_opinion(concern, bob, question="What?", by=ann)
    call()
    assert not Alarm.objects.exists()
    administrator = staff("admin", Role.ADMINISTRATOR, area=area)
    if how == "role":
        end_role(RoleHeld.objects.get(user=ann), by=administrator)
    else:
        set_active(ann, is_active=False, by=administrator)
    call()
    concern.refresh_from_db()
    assert (concern.holder, concern.status, concern.asked) == (None, Concern.Status.RAISED, bob)
    assert [message.to for message in mail.outbox] == [["bob@example.org"]]
    assert concern.states.order_by("pk").last().step == "left"
    life.claim_concern(concern, by=bob)
    call()
    assert steps(concern)[-1] == "claimed"


def test_what_is_passed_on_after_it_was_finished_has_nobody_and_a_clock_of_its_own(concern, leads, area):
    ann = leads[0]
    read_concern(concern, by=ann)
    life.claim_concern(concern, by=ann)
    close_concern(concern, reason="Nothing.", by=ann)
    pass_on(concern.response_key, by=staff("mod", Role.MODERATOR, area=area))
    concern.refresh_from_db()
    assert (concern.holder, concern.due_on, concern.status) == (None, None, Concern.Status.RAISED)


def test_a_worry_and_its_steps_are_not_deleted(concern, leads):
    life.note_concern(concern, note="Noted.", by=leads[0])
    for rows in (concern, Concern.objects.all(), concern.states.first(), ConcernState.objects.all()):
        with pytest.raises(NotAllowed, match="never deleted"):
            rows.delete()
    assert (Concern.objects.count(), ConcernState.objects.count()) == (1, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps this lock of the database")
@pytest.mark.parametrize("table", ["safeguarding_concern", "safeguarding_concernstate"])
def test_the_database_deletes_none_either(concern, leads, table):
    life.note_concern(concern, note="Noted.", by=leads[0])
    with pytest.raises(Error, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
    assert erase_all_about([concern.response_key]) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('earshot.erasing', true)")
        assert cursor.fetchone() == ("",)


def test_words_of_staff_go_with_answers_that_are_taken_back(concern, leads):
    ann = leads[0]
    read_concern(concern, by=ann)
    life.note_concern(concern, note="secret", by=ann)
    refer_concern(concern, reason="secret", place="secret", on=TODAY(), by=ann)
    forget_what_was_noted([concern.response_key])
    assert {(one.reason, one.place) for one in concern.states.all()} == {("", "")}


def test_a_note_on_a_finished_worry_does_not_keep_a_childs_words_longer(concern, leads):
    ann = leads[0]
    read_concern(concern, by=ann)
    close_concern(concern, reason="Nothing.", by=ann)
    long_ago = TODAY() - timedelta(days=60)
    ConcernState.objects.update(on=long_ago)
    life.note_concern(concern, note="They rang again.", by=ann)
    assert settled(Response.objects.all(), before=TODAY() - timedelta(days=30)).exists()


def test_other_worries_of_the_same_setting_are_counted_because_a_lead_said_so(concern, leads, area):
    ann = leads[0]
    home = add_setting(area, "Rowan  House", by=ann)
    assert home.name == "Rowan House"
    arrives(asking.open_wave(of=area), WORRY)
    arrives(asking.open_wave(of=area), WORRY)
    screen_waiting()
    others = list(Concern.objects.exclude(pk=concern.pk))
    for one in (concern, *others):
        assert repeats_of(one, by=ann).many == 0
        life.set_setting(one, home, by=ann)
    Concern.objects.filter(pk=others[0].pk).update(raised_on=TODAY() - timedelta(days=366))
    found = repeats_of(concern, by=ann)
    assert (found.many, found.seen) == (1, (others[1],))
    life.set_setting(others[1], None, by=ann)
    assert repeats_of(concern, by=ann).many == 0


def test_a_setting_is_of_one_area_and_on_its_list_once(concern, leads, area):
    ann = leads[0]
    there = asking.area("there")
    eve = lead("eve", there)
    elsewhere = add_setting(there, "Hill School", by=eve)
    with pytest.raises(NotAllowed, match="of this area"):
        life.set_setting(concern, elsewhere, by=ann)
    with pytest.raises(PermissionDenied):
        add_setting(area, "Hill School", by=eve)
    school = add_setting(area, "Hill School", by=ann)
    with pytest.raises(NotAllowed, match="already"):
        add_setting(area, "hill school", by=ann)
    close_setting(school, by=ann)
    add_setting(area, "Hill School", by=ann)
    assert Setting.objects.filter(area=area, is_closed=False).count() == 1
