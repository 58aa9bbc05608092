"""An answer is taken back at the very moment somebody does something else with it: they take turns."""

import uuid
from concurrent.futures import TimeoutError

import pytest
from django.db import connection, transaction

from feedback.anonymisation.actions import code_cleared, erase_withdrawn, lock_areas
from feedback.anonymisation.models import CodedResponse
from feedback.safeguarding.actions import screen_waiting
from surveys.responses.actions import Place, new_response, record, withdraw
from surveys.responses.models import Response, Withdrawal
from surveys.responses.receipts import receipt_of
from tests.factories import asking

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wave():
    return asking.open_wave()


def made(wave, response_id=None):
    return new_response(
        response_id or uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id),
        answers={"listened": "yes"}, language="en", helper="alone",
    )  # fmt: skip


def arrived(wave):
    response = made(wave)
    assert record(response)
    return response


def waits(later):
    """It is on its way, and has to wait."""
    with pytest.raises(TimeoutError):
        later.result(timeout=0.5)


def test_a_delivery_at_the_moment_of_taking_back_stores_nothing(wave, elsewhere):
    response = arrived(wave)
    with transaction.atomic():
        assert withdraw(receipt_of(response.pk), wave=wave)
        again = elsewhere(record, made(wave, response.pk))
        waits(again)
    assert again.result(timeout=20) is False
    assert not Response.objects.exists()


def test_taking_back_waits_for_who_is_coding_and_then_the_coded_row_is_erased(wave, elsewhere):
    response = arrived(wave)
    screen_waiting()
    with transaction.atomic():
        assert code_cleared() == 1
        back = elsewhere(withdraw, receipt_of(response.pk), wave=wave)
        waits(back)
    assert back.result(timeout=20)
    assert erase_withdrawn() == 1
    assert not CodedResponse.objects.exists()
    assert not Withdrawal.objects.awaiting_erasure().exists()


def test_what_is_taken_back_is_not_coded_any_more(wave, elsewhere):
    response = arrived(wave)
    screen_waiting()
    with transaction.atomic():
        assert withdraw(receipt_of(response.pk), wave=wave)
        coding = elsewhere(code_cleared)
        if connection.features.has_select_for_update_skip_locked:
            assert coding.result(timeout=20) == 0
    assert coding.result(timeout=20) == 0
    assert not CodedResponse.objects.exists()


def test_nothing_is_erased_from_an_area_that_is_being_counted(wave, elsewhere):
    response = arrived(wave)
    screen_waiting()
    code_cleared()
    withdraw(receipt_of(response.pk), wave=wave)
    with transaction.atomic():
        lock_areas({wave.area_id})
        erasing = elsewhere(erase_withdrawn)
        waits(erasing)
        assert CodedResponse.objects.exists()
        assert erase_withdrawn(area=wave.area) == 1
    assert erasing.result(timeout=20) == 0
    assert not CodedResponse.objects.exists()


def test_two_who_take_back_the_same_do_it_once(wave, elsewhere):
    response = arrived(wave)
    with transaction.atomic():
        assert withdraw(receipt_of(response.pk), wave=wave)
        other = elsewhere(withdraw, receipt_of(response.pk), wave=wave)
        waits(other)
    assert other.result(timeout=20) is False
    assert Withdrawal.objects.count() == 1
