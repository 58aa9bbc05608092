"""Two who say what came of a promise at the same moment take turns, and the second finds what the first said."""

from concurrent.futures import TimeoutError

import pytest
from django.db import transaction

from feedback.promises import actions
from feedback.promises.models import Promise, PromiseReminder, PromiseState
from feedback.promises.policies import Said
from feedback.promises.reminder_actions import remind_owners
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.promising import board, in_days, late, officer, owner, promised, told

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def waits(later):
    with pytest.raises(TimeoutError):
        later.result(timeout=0.5)


@pytest.fixture
def area():
    return asking.area("north")


def test_two_who_keep_at_once_keep_once(area, elsewhere):
    made, first, second = promised(area), owner(area), board(area)
    other = Promise.objects.get()
    with transaction.atomic():
        actions.keep(made, told("AGE_8_11"), by=first)
        later = elsewhere(actions.keep, other, told("AGE_8_11"), by=second)
        waits(later)
    with pytest.raises(NotAllowed, match="cannot become kept"):
        later.result(timeout=30)
    assert list(PromiseState.objects.values_list("status", flat=True)) == ["made", "kept"]


def test_keeping_and_moving_at_once_leaves_one_story(area, elsewhere):
    made, by = promised(area), owner(area)
    other = Promise.objects.get()
    with transaction.atomic():
        actions.keep(made, told("AGE_8_11"), by=by)
        later = elsewhere(actions.move_day, other, in_days(30), told("AGE_8_11"), by=by)
        waits(later)
    with pytest.raises(NotAllowed, match="still to be kept"):
        later.result(timeout=30)


def test_two_who_word_it_in_one_language_at_once_word_it_once(area, elsewhere):
    made, by = promised(area), officer(area)
    other = Promise.objects.get()
    with transaction.atomic():
        actions.add_words(made, [Said("", "pl", "Powiedziano", "Zrobimy")], by=by)
        later = elsewhere(actions.add_words, other, [Said("", "pl", "Inaczej", "Zrobimy")], by=by)
        waits(later)
    with pytest.raises(NotAllowed, match="already"):
        later.result(timeout=30)


def test_two_runs_at_once_remind_once(area, elsewhere, mailoutbox):
    late(area)
    person = owner(area)
    person.email = "owner@example.org"
    person.save()
    with transaction.atomic():
        sent = remind_owners()
        later = elsewhere(remind_owners)
        waits(later)
    assert sent + later.result(timeout=30) == len(mailoutbox) == 1
    assert PromiseReminder.objects.count() == 1
