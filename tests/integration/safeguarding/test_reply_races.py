"""A reply is written at the very moment the answers are taken back, or another reply is: they take turns."""

import pytest
from django.db import transaction

from feedback.accounts.roles import Role
from feedback.safeguarding.replies import reply
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import withdraw
from surveys.responses.models import Reply
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.people import staff
from tests.integration.responses.test_withdrawal_races import waits

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


def test_nothing_is_replied_to_answers_that_are_being_taken_back(wave, lead, elsewhere):
    response = arrives(wave, "hello")
    with transaction.atomic():
        assert withdraw(receipt_of(response.pk), wave=wave)
        replying = elsewhere(reply, response.pk, text="hello", by=lead)
        waits(replying)
    with pytest.raises(NotAllowed):
        replying.result(timeout=20)
    assert not Reply.objects.exists()


def test_who_takes_the_answers_back_takes_the_reply_that_was_just_written(wave, lead, elsewhere):
    response = arrives(wave, "hello")
    with transaction.atomic():
        reply(response.pk, text="hello", by=lead)
        back = elsewhere(withdraw, receipt_of(response.pk), wave=wave)
        waits(back)
    assert back.result(timeout=20)
    assert not Reply.objects.exists()


def test_two_leads_who_reply_at_once_are_both_heard(wave, lead, elsewhere):
    response, other = arrives(wave, "hello"), staff("other", Role.SAFEGUARDING_LEAD, area=wave.area)
    with transaction.atomic():
        reply(response.pk, text="one", by=lead)
        second = elsewhere(reply, response.pk, text="two", by=other)
        waits(second)
    second.result(timeout=20)
    assert [left.text for left in Reply.objects.to(response.pk)] == ["two", "one"]
