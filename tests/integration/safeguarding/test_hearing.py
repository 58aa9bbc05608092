"""Whoever a child chose hears them and answers; nobody else, and nothing later gives anybody more."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.erasing import erase_area, erase_old_answers
from feedback.anonymisation.models import CodedResponse, Comment
from feedback.safeguarding.actions import finish_reading
from feedback.safeguarding.hearing import hearing_of, hearings_for, left_unheard
from feedback.safeguarding.hearing_actions import answer_child, hear, hear_in_place, raise_what_was_heard
from feedback.safeguarding.models import Concern
from feedback.safeguarding.reading import unread
from surveys.fieldwork.actions import open_wave, plan_wave
from surveys.fieldwork.hearer_actions import end_hearer, name_hearer
from surveys.fieldwork.hearers import Hearer
from surveys.fieldwork.models import Wave
from surveys.fieldwork.plan_actions import follow_plans
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import look_up
from surveys.responses.chosen_hearers import ChosenHearers
from surveys.responses.models import Reply, Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking, hearing
from tests.factories.people import staff
from tests.factories.writing_back import grows_old

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return hearing.conversation()


@pytest.fixture
def worker(wave):
    return hearing.worker(wave)


@pytest.fixture
def mine(wave, worker):
    return hearing.named(wave, worker)


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


def test_whoever_was_chosen_hears_all_of_it_and_the_child_can_see_the_day(wave, worker, mine):
    response = hearing.says(wave, "i want to see my brother", mine, listened="no", who=["mum", "dad"])
    heard = hear(response.pk, by=worker)
    assert [part.words for part in heard.words] == ["No", "Mum\nDad", "i want to see my brother"]
    kept = look_up(receipt_of(response.pk), wave=wave).hearers
    assert kept.heard_on(mine.pk) == response.received_on
    assert not kept.was_in_place(mine.pk)
    entry = ModelLogEntry.objects.get(action="safeguarding.hear")
    assert (entry.user, entry.data["area"]) == (worker, wave.area.code)


def test_nobody_hears_what_was_said_to_somebody_else(wave, worker, mine):
    advocate = hearing.worker(wave, "advocate")
    theirs = hearing.named(wave, advocate, "advocate")
    to_worker, to_both = hearing.says(wave, "a", mine), hearing.says(wave, "b", mine, theirs)
    to_nobody = hearing.says(wave, "c")
    assert {one.response_key for one in hearings_for(worker)} == {to_worker.pk, to_both.pk}
    assert {one.response_key for one in hearings_for(advocate)} == {to_both.pk}
    for person, response in ((advocate, to_worker), (advocate, to_nobody), (worker, to_nobody)):
        for do in (hear, raise_what_was_heard):
            with pytest.raises(PermissionDenied):
                do(response.pk, by=person)
        with pytest.raises(PermissionDenied):
            answer_child(response.pk, text="Hello", by=person)
    assert not Concern.objects.exists()
    assert not Reply.objects.exists()


@pytest.mark.parametrize("role", [*Role])
def test_no_role_opens_a_conversation_without_being_chosen(wave, mine, role):
    response = hearing.says(wave, "to my worker", mine)
    other = staff("other", role, area=wave.area)
    with pytest.raises(PermissionDenied):
        hear(response.pk, by=other)
    assert not hearings_for(other)


def test_who_is_named_later_for_the_same_hears_only_what_is_said_from_then_on(wave, worker, mine):
    before = hearing.says(wave, "before", mine)
    end_hearer(wave, mine.code, by=hearing.officer(wave))
    next_one = hearing.worker(wave, "next")
    after = hearing.says(wave, "after", hearing.named(wave, next_one))
    assert [one.response_key for one in hearings_for(next_one)] == [after.pk]
    for person in (worker, next_one):
        with pytest.raises(PermissionDenied):
            hear(before.pk, by=person)


def test_naming_the_same_person_again_does_not_open_what_was_said_before(wave, worker, mine):
    before = hearing.says(wave, "before", mine)
    end_hearer(wave, mine.code, by=hearing.officer(wave))
    hearing.named(wave, worker)
    with pytest.raises(PermissionDenied):
        hear(before.pk, by=worker)


def test_nobody_moves_what_was_named_to_somebody_else(wave, worker, mine):
    other = hearing.worker(wave, "other")
    for change in ({"person": other}, {"category": "advocate"}, {"wave": asking.open_wave()}):
        for name, value in change.items():
            setattr(mine, name, value)
        with pytest.raises(NotAllowed):
            mine.save()
        with pytest.raises(NotAllowed):
            Hearer.objects.filter(pk=mine.pk).update(**change)
        mine.refresh_from_db()
    for gone in (mine.delete, Hearer.objects.all().delete):
        with pytest.raises(NotAllowed):
            gone()


def test_two_cannot_be_the_same_to_the_children_of_a_wave(wave, worker, mine):
    with pytest.raises(NotAllowed, match="cannot tell two apart"):
        hearing.named(wave, hearing.worker(wave, "other"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearer.objects.create(
            wave=wave, category="social_worker", number=9, person=worker, named_by=worker, since="2026-01-01"
        )


def test_what_is_not_screened_or_erased_is_not_there(wave, worker, mine):
    response = hearing.says(wave, "hello", mine, screened=False)
    assert hearing_of(response.pk, worker) is None
    Response.objects.update(status=Response.Status.ERASED)
    assert hearing_of(response.pk, worker) is None


def test_an_answer_stands_under_the_receipt_once(wave, worker, mine):
    response = hearing.says(wave, "hello", mine)
    for _ in range(2):
        answer_child(response.pk, text="I come on\0 Friday.", by=worker)
    (reply,) = look_up(receipt_of(response.pk), wave=wave).replies
    assert (reply.text, reply.by) == ("I come on Friday.", worker)
    assert ModelLogEntry.objects.filter(action="safeguarding.answer_child").count() == 1
    for text in ("", " \n", "x" * 1001, "x" * 1_000_000):
        with pytest.raises(NotAllowed):
            answer_child(response.pk, text=text, by=worker)


def test_a_worry_goes_to_the_leads(wave, worker, mine, lead):
    response = hearing.says(wave, "he said not to tell", mine)
    Concern.objects.all().erase()
    raise_what_was_heard(response.pk, by=worker)
    raise_what_was_heard(response.pk, by=worker)
    concern = Concern.objects.visible_to(lead, "safeguarding.read_concern").get()
    assert (concern.response_key, concern.status, concern.rules) == (response.pk, "raised", ["read-by-a-hearer"])


def test_leads_read_it_as_every_text(wave, mine, lead):
    response = hearing.says(wave, "i like my room", mine)
    assert response.pk in unread(lead).values_list("pk", flat=True)
    assert finish_reading(response.pk, is_worrying=False, by=lead)


@pytest.mark.parametrize("how", ["account", "role", "naming"])
def test_what_somebody_left_unheard_goes_to_the_leads_and_the_child_is_told(wave, worker, mine, lead, how):
    heard, left = hearing.says(wave, "one", mine), hearing.says(wave, "two", mine)
    hear(heard.pk, by=worker)
    assert not left_unheard(lead)
    if how == "account":
        type(worker).objects.filter(pk=worker.pk).update(is_active=False)
    elif how == "role":
        worker.roles_held.all().delete()
    else:
        end_hearer(wave, mine.code, by=hearing.officer(wave))
    worker = type(worker).objects.get(pk=worker.pk)
    assert [one.response_key for one in left_unheard(lead)] == [left.pk]
    assert not hearings_for(worker)
    with pytest.raises(PermissionDenied):
        hear(left.pk, by=worker)
    elsewhere = staff("elsewhere", Role.SAFEGUARDING_LEAD, area=asking.area())
    assert not left_unheard(elsewhere)
    for person in (elsewhere, hearing.worker(wave, "other")):
        with pytest.raises(PermissionDenied):
            hear_in_place(left.pk, mine.code, by=person)
    hear_in_place(left.pk, mine.code, by=lead)
    assert not left_unheard(lead)
    assert ChosenHearers.objects.get(pk=left.pk).was_in_place(mine.pk)
    with pytest.raises(NotAllowed):
        hear_in_place(left.pk, mine.code, by=lead)
    with pytest.raises(NotAllowed):
        hear_in_place(heard.pk, mine.code, by=lead)


def planned(wave):
    return plan_wave(wave.edition, code="planned", name="Planned", area=wave.area, by=hearing.officer(wave))


def test_nobody_is_asked_to_choose_among_nobody(wave, worker):
    found = planned(wave)
    with pytest.raises(NotAllowed, match="Name at least one"):
        open_wave(found, by=hearing.officer(wave))
    Wave.objects.filter(pk=found.pk).update(opens_on="2026-01-01")
    assert follow_plans() == (0, 0)
    hearing.named(found, worker)
    assert follow_plans() == (1, 0)


def test_somebody_who_left_does_not_count(wave, worker):
    found = planned(wave)
    hearing.named(found, worker)
    worker.roles_held.all().delete()
    with pytest.raises(NotAllowed, match="Name at least one"):
        open_wave(found, by=hearing.officer(wave))


@pytest.mark.parametrize("role", [*Role])
def test_only_officers_of_the_area_name_somebody(wave, worker, role):
    by = staff("by", role, area=wave.area)
    if role == Role.PARTICIPATION_OFFICER:
        name_hearer(wave, category="advocate", person=worker, by=by)
    else:
        with pytest.raises(PermissionDenied):
            name_hearer(wave, category="advocate", person=worker, by=by)
    with pytest.raises(PermissionDenied):
        name_hearer(wave, category="youth_worker", person=worker, by=staff("far", role, area=asking.area()))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda wave, worker: {"category": "mum"}, "what this person is"),
        (lambda wave, worker: {"person": None}, "may not hear"),
        (lambda wave, worker: {"person": staff("far", Role.PRACTITIONER, area=asking.area())}, "may not hear"),
        (lambda wave, worker: {"person": staff("mod", Role.MODERATOR, area=wave.area)}, "may not hear"),
        (lambda wave, worker: {"wave": asking.open_wave(of=wave.area)}, "Only a wave under"),
    ],
)
def test_who_cannot_be_named(wave, worker, change, why):
    given = {"wave": wave, "category": "advocate", "person": worker, **change(wave, worker)}
    with pytest.raises(NotAllowed, match=why):
        name_hearer(given.pop("wave"), by=hearing.officer(wave), **given)


def test_a_closed_wave_gets_nobody_new(wave, worker):
    Wave.objects.filter(pk=wave.pk).update(status="closed", closed_on="2026-11-26")
    with pytest.raises(NotAllowed, match="closed"):
        hearing.named(wave, worker)


def test_nothing_of_it_is_counted_or_goes_to_a_moderator(wave, worker, mine, lead):
    response = hearing.says(wave, "i like my room", mine, listened="no")
    finish_reading(response.pk, is_worrying=False, by=lead)
    hear(response.pk, by=worker)
    sweep()
    assert not Comment.objects.exists()
    assert CodedResponse.objects.get().answers == {}
    assert not CodedResponse.objects.counted().exists()


def test_with_the_answers_goes_the_choice_and_the_receipt_still_says_who_has_heard(wave, worker, mine, lead):
    response = hearing.says(wave, "hello", mine)
    hear(response.pk, by=worker)
    finish_reading(response.pk, is_worrying=False, by=lead)
    sweep()
    grows_old(response, days=40)
    assert erase_old_answers() == 1
    kept = ChosenHearers.objects.get()
    assert kept.chosen == []
    assert kept.heard_on(mine.pk)
    assert not hearings_for(worker)


def test_erasing_an_area_takes_the_choices_along(wave, mine):
    hearing.says(wave, "hello", mine)
    erase_area(wave.area)
    assert not ChosenHearers.objects.exists()
