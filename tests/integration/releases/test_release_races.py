"""Two close, publish or take back at the same moment: they take turns, and the second sees what the first did."""

from concurrent.futures import TimeoutError

import pytest
from django.db import transaction

from feedback.anonymisation.actions import erase_withdrawn, sweep
from feedback.anonymisation.models import CodedResponse
from feedback.releases import actions
from feedback.releases.models import BlockTally, ClosedGroup, Release
from feedback.releases.tabulation import people, read_cells
from surveys.frame.policies import NotAllowed
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.integration.releases.releasing import Q1

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def waits(later):
    """It is on its way, and has to wait."""
    with pytest.raises(TimeoutError):
        later.result(timeout=0.5)


def test_two_who_close_at_once_close_once(area, edition, elsewhere):
    coded(edition, area, quarter="2025Q1", n=40)
    by = analyst()
    with transaction.atomic():
        first = actions.close_area_quarter(area, quarter=Q1, by=by)
        second = elsewhere(actions.close_area_quarter, area, quarter=Q1, by=by)
        waits(second)
    assert second.result(timeout=30) is None
    assert Release.objects.get() == first
    assert ClosedGroup.objects.values("window", "stage", "audience", "service").count() == ClosedGroup.objects.count()


def test_two_who_publish_at_once_publish_once(area, edition, elsewhere):
    coded(edition, area, quarter="2025Q1", n=40)
    second_person = checker()
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    actions.propose(interpreted(draft), by=analyst())
    actions.approve(draft, by=second_person)
    one, other = Release.objects.get(), Release.objects.get()
    with transaction.atomic():
        actions.publish(one, by=second_person)
        second = elsewhere(actions.publish, other, by=second_person)
        waits(second)
    with pytest.raises(NotAllowed):
        second.result(timeout=30)
    assert Release.objects.get().status == "published"
    assert Release.objects.get().states.filter(status="published").count() == 1


def test_publishing_and_withdrawing_at_once_leaves_one_story(area, edition, elsewhere):
    coded(edition, area, quarter="2025Q1", n=40)
    second_person = checker()
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    actions.propose(interpreted(draft), by=analyst())
    actions.approve(draft, by=second_person)
    one, other = Release.objects.get(), Release.objects.get()
    with transaction.atomic():
        actions.publish(one, by=second_person)
        withdrawing = elsewhere(actions.withdraw_release, other, reason="A wrong import.", by=second_person)
        waits(withdrawing)
    withdrawing.result(timeout=30)
    assert [state.status for state in Release.objects.get().states.order_by("pk")][-2:] == ["published", "withdrawn"]


def test_a_withdrawal_in_the_second_the_block_closes_is_wholly_in_it_and_then_gone(elsewhere):
    """The block stays, the answers go; nothing is counted half."""
    from surveys.responses.actions import withdraw

    wave = asking.open_wave(of=asking.area("north"))
    responses = [arrives(wave, "") for _ in range(25)]
    Response.objects.update(received_on="2025-02-03")
    sweep()
    by = analyst()
    with transaction.atomic():
        actions.close_area_quarter(wave.area, quarter=Q1, by=by)

        def take_back():
            assert withdraw(receipt_of(responses[0].pk), wave=wave)
            return erase_withdrawn()

        taking = elsewhere(take_back)
        waits(taking)
    assert taking.result(timeout=30) == 1
    assert CodedResponse.objects.count() == 24
    for block in BlockTally.objects.filter(question="listened"):
        assert sum(map(people, read_cells(block.tallies).values())) == 25
