"""Who may key booklets, how long a first reading waits, and what is kept of who keyed what."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.safeguarding.models import Concern
from surveys.answering import keying
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.responses.models import PaperEntry, Response
from surveys.responses.paper_actions import Keyed, erase_overdue_entries
from tests.factories import asking
from tests.factories.answering import WORRY
from tests.factories.paper import keys, officers, typed
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def two(wave):
    return officers(wave.area, "ann", "bob")


def closed(wave, days_ago):
    day = timezone.localdate() - timedelta(days=days_ago)
    Wave.objects.filter(pk=wave.pk).update(status=Wave.Status.CLOSED, opened_on=day, closed_on=day)
    wave.refresh_from_db()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTICIPATION_OFFICER])
def test_only_an_officer_keys_or_sees_what_waits(wave, two, role):
    keys(wave, two[0], q_listened="yes")
    somebody = staff("somebody", role)
    for act in (
        lambda: keys(wave, somebody),
        lambda: keying.key(wave, typed(), by=somebody),
        lambda: keying.settle(wave, typed(), by=somebody),
        lambda: keying.waiting(wave, by=somebody),
        lambda: keying.forget(wave, typed(entry=PaperEntry.objects.get().pk), by=somebody),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert PaperEntry.objects.count() == 1


def test_an_officer_of_another_area_keys_nothing_here(wave):
    with pytest.raises(PermissionDenied):
        keys(wave, *officers(asking.area("far"), "far"))


def test_what_waits_is_listed_by_number_and_never_with_an_answer(wave, two):
    keys(wave, two[0], 12, q_words="our secret")
    keys(wave, two[1], 3, q_words="our secret")
    listed = keying.waiting(wave, by=two[0])
    assert [(one.number, one.keyed_by, one.is_mine) for one in listed] == [(3, "bob", False), (12, "ann", True)]
    assert "secret" not in repr(listed)


def test_an_entry_can_be_deleted_and_the_booklet_keyed_anew(wave, two):
    keys(wave, two[0], q_listened="yes")
    entry = PaperEntry.objects.get().pk
    keying.forget(wave, typed(entry=entry), by=two[1])
    with pytest.raises(NotAllowed, match="Somebody else"):
        keying.forget(wave, typed(entry=entry), by=two[1])
    assert keys(wave, two[0], q_listened="no").keyed == Keyed.ONCE


@pytest.mark.parametrize("entry", ["", "x", "0", str(uuid.uuid4())], ids=["none", "letter", "digit", "another"])
def test_nothing_else_is_deleted(wave, two, entry):
    keys(wave, two[0], q_listened="yes")
    with pytest.raises(NotAllowed):
        keying.forget(wave, typed(entry=entry), by=two[0])
    assert PaperEntry.objects.count() == 1


def test_an_entry_of_another_wave_is_not_deleted_from_here(wave, two):
    keys(wave, two[0], q_listened="yes")
    with pytest.raises(NotAllowed):
        keying.forget(asking.open_wave(of=wave.area), typed(entry=PaperEntry.objects.get().pk), by=two[0])


def test_who_comes_too_late_for_the_second_reading_does_not_begin_a_first(wave, two):
    (third,) = officers(wave.area, "cem")
    keys(wave, two[0], q_listened="yes")
    begun = keying.begin(wave, typed(), by=third).after
    keys(wave, two[1], q_listened="yes")
    for act in (keying.key, keying.settle):
        with pytest.raises(NotAllowed, match="Somebody else has finished or deleted this number"):
            act(wave, typed(after=begun, q_listened="yes"), by=third)
    assert Response.objects.count() == 1
    assert not PaperEntry.objects.exists()


def test_two_who_begin_the_same_number_at_once_are_first_and_second(wave, two):
    begun = [keying.begin(wave, typed(), by=person).after for person in two]
    assert begun == [None, None]
    keying.key(wave, typed(q_listened="yes"), by=two[0])
    assert keying.key(wave, typed(q_listened="yes"), by=two[1]).keyed == Keyed.RECORDED


def test_the_database_keeps_one_entry_of_a_number(wave, two):
    keys(wave, two[0], q_listened="yes")
    entry = PaperEntry.objects.get()
    entry.pk = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_what_a_child_wrote_on_paper_is_screened(wave, two):
    for person in two:
        keys(wave, person, q_words=WORRY)
    sweep()
    assert Response.objects.get().status == Response.Status.HELD
    assert Concern.objects.count() == 1


def test_entries_that_nobody_keys_again_are_erased_after_the_days_of_grace(wave, two, capsys):
    other = asking.open_wave(of=wave.area)
    keys(wave, two[0], 1, q_listened="yes")
    keys(wave, two[0], 2, q_listened="yes")
    keys(other, two[0], 1, q_listened="yes")
    closed(wave, days_ago=28)
    assert erase_overdue_entries() == 0
    closed(wave, days_ago=29)
    for said in ("2 first keyings erased.", "0 first keyings erased."):
        call_command("erase_paper_entries")
        assert capsys.readouterr().out.strip() == said
    assert PaperEntry.objects.get().wave == other
    (logged,) = ModelLogEntry.objects.filter(action="responses.erase_entries")
    assert (logged.user, logged.data["entries"], logged.data["program"]) == (None, 2, "pytest")


def keyed_days_ago(days):
    PaperEntry.objects.update(keyed_on=timezone.localdate() - timedelta(days=days))


def test_an_entry_does_not_wait_for_ever_in_a_wave_that_is_never_closed(wave, two):
    keys(wave, two[0], 1, q_listened="yes")
    assert PaperEntry.objects.get().keyed_on == timezone.localdate()
    keyed_days_ago(28)
    assert erase_overdue_entries() == 0
    keyed_days_ago(29)
    keys(wave, two[0], 2, q_listened="yes")
    assert erase_overdue_entries() == 1
    assert PaperEntry.objects.get().number == 2
    assert keys(wave, two[1], 1, q_listened="yes").keyed == Keyed.ONCE


def test_how_long_an_entry_waits_is_said_by_its_wave(two):
    wave = asking.open_wave(of=two[0].roles_held.get().area, grace_days=7)
    keys(wave, two[0], q_listened="yes")
    keyed_days_ago(8)
    assert erase_overdue_entries() == 1


def test_an_entry_of_a_closed_wave_does_not_wait_for_longer_than_one_of_an_open_wave(wave, two):
    keys(wave, two[0], q_listened="yes")
    keyed_days_ago(29)
    closed(wave, days_ago=1)
    assert erase_overdue_entries() == 1


def test_the_sweep_erases_them_as_well(wave, two):
    keys(wave, two[0], q_listened="yes")
    closed(wave, days_ago=29)
    sweep()
    assert not PaperEntry.objects.exists()


def logged():
    entries = ModelLogEntry.objects.filter(action__startswith="responses.").order_by("pk")
    for entry in entries:
        assert entry.data.pop("area")
    return [(entry.action.removeprefix("responses."), entry.user.username, entry.data) for entry in entries]


def test_the_log_says_once_a_day_who_keyed_and_each_time_who_looked(wave, two):
    for number in (101, 102, 103):
        keys(wave, two[0], number, q_listened="yes", q_words="our secret")
    for number in (101, 102):
        keys(wave, two[1], number, q_listened="yes", q_words="our secret")
    for _ in range(2):
        keys(wave, two[1], 103, q_listened="no", q_words="our secret")
    keying.forget(wave, typed(entry=PaperEntry.objects.get().pk), by=two[1])
    assert logged() == [
        ("key_booklet", "ann", {}),
        ("record_booklet", "bob", {}),
        ("compare_booklet", "bob", {"questions": 1}),
        ("compare_booklet", "bob", {"questions": 1}),
        ("delete_entry", "bob", {}),
    ]


def test_the_next_day_is_logged_anew(wave, two):
    keys(wave, two[0], 1, q_listened="yes")
    QuerySet(ModelLogEntry).update(timestamp=timezone.now() - timedelta(days=1))
    keys(wave, two[0], 2, q_listened="yes")
    assert [action for action, *_ in logged()] == ["key_booklet", "key_booklet"]


def test_no_log_holds_a_number_an_answer_or_a_key(wave, two):
    for person in two:
        keys(wave, person, 7531, q_words="our secret")
    said = " ".join(map(str, ModelLogEntry.objects.values_list("object_id", "label", "data")))
    for private in ("7531", "secret", str(Response.objects.get().pk), Response.objects.get().pk.hex):
        assert private not in said


def test_nothing_that_is_kept_joins_a_response_to_who_keyed_it(wave, two):
    """As an insider would look: the vault has no field for it, and the entry that had one is gone."""
    for person in two:
        keys(wave, person, q_listened="yes")
    kept = {key: str(value) for key, value in vars(Response.objects.get()).items() if not key.startswith("_")}
    assert not {"keyed_by", "keyed_by_id", "number"} & set(kept)
    assert not PaperEntry.objects.exists()
