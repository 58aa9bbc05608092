"""Two who act on the board at the same moment take turns, and the second finds what the first did."""

import uuid

import pytest
from django.db import transaction

from feedback.anonymisation.blockage_actions import leave_blockage
from feedback.promises import blockage_actions as actions
from feedback.promises.blockage_actions import Answer
from feedback.promises.blockages import Blockage, BlockageStep
from surveys.frame.policies import NotAllowed
from surveys.responses.blockage_actions import Named, name_blockage
from surveys.responses.blockages import NamedBlockage
from tests.factories import asking
from tests.factories.blocking import WORDS, looked_after, named, published, worded
from tests.factories.promising import board, officer, owner
from tests.integration.promises.test_races import waits

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Status = Blockage.Status


@pytest.fixture
def area():
    return asking.area("north")


def test_a_page_sent_twice_at_once_is_kept_once(area, elsewhere):
    sent = uuid.uuid4()
    with transaction.atomic():
        assert name_blockage(area, Named(WORDS), sent_as=sent)
        later = elsewhere(name_blockage, area, Named(WORDS), sent_as=sent)
        waits(later)
    assert later.result(timeout=30) is False
    assert NamedBlockage.objects.count() == 1


def test_of_two_who_decide_at_once_the_second_is_told(area, elsewhere):
    made, by, second = named(area), officer(area), board(area)
    with transaction.atomic():
        actions.word_named(made.pk, "A bus ticket takes long.", by=by)
        later = elsewhere(leave_blockage, made.pk, by=second)
        waits(later)
    with pytest.raises(NotAllowed, match="colleague"):
        later.result(timeout=30)
    assert Blockage.objects.count() == 1


def test_what_is_reworded_is_not_published_as_it_was_read(area, elsewhere):
    made, by, third = worded(area), officer(area, "third"), board(area)
    other, read = Blockage.objects.get(), made.words
    with transaction.atomic():
        actions.reword_blockage(made, "Other words.", by=by)
        later = elsewhere(actions.publish_blockage, other, words=read, by=third)
        waits(later)
    with pytest.raises(NotAllowed, match="changed in the meantime"):
        later.result(timeout=30)


def test_two_who_answer_at_once_leave_one_story(area, elsewhere):
    made, by, second = looked_after(area), owner(area), board(area)
    other = Blockage.objects.get()
    with transaction.atomic():
        actions.answer_blockage(made, Answer(Status.CHANGED, "Managers sign alone."), by=by)
        later = elsewhere(actions.answer_blockage, other, Answer(Status.CHANGED, "We did it."), by=second)
        waits(later)
    with pytest.raises(NotAllowed, match="cannot become"):
        later.result(timeout=30)
    assert BlockageStep.objects.filter(status=Status.CHANGED).count() == 1


def test_two_that_are_joined_to_each_other_at_once_leave_one(area, elsewhere):
    one, two = published(area), published(area, "Tickets take long.", "Nobody answers the phone after four.")
    by, second = board(area), officer(area)
    first, other = Blockage.objects.get(pk=one.pk), Blockage.objects.get(pk=two.pk)
    with transaction.atomic():
        actions.join_blockages(one, two, by=by)
        later = elsewhere(actions.join_blockages, other, first, by=second)
        waits(later)
    with pytest.raises(NotAllowed, match="not on the board"):
        later.result(timeout=30)
    assert Blockage.objects.public().count() == 1
