"""Two devices use one card at the very moment, or it is erased: they take turns, and nothing is kept twice."""

import uuid

import pytest
from django.db import transaction

from feedback.safeguarding.goal_actions import erase_card
from surveys.fieldwork.licence_actions import load_scale
from surveys.fieldwork.licences import LicensedScale
from surveys.frame.policies import NotAllowed
from surveys.responses.together import FamilyCard, Sitting
from surveys.responses.together_actions import set_goal
from tests.factories import asking
from tests.factories.licensed import INVENTED, administrator, answered, card, loaded, worker
from tests.integration.responses.test_withdrawal_races import waits

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scale():
    return loaded(asking.area("here"))


@pytest.fixture
def held(scale):
    return card(scale.area)


def test_of_two_devices_that_are_both_the_first_one_is_told(scale, held, elsewhere):
    with transaction.atomic():
        answered(held, scale, *[3] * 7)
        second = elsewhere(answered, held, scale, *[4] * 7)
        waits(second)
    with pytest.raises(NotAllowed, match="on another device"):
        second.result(timeout=20)
    assert Sitting.objects.count() == 1


def test_a_button_pressed_twice_keeps_one(scale, held, elsewhere):
    sent = uuid.uuid4()
    with transaction.atomic():
        first = answered(held, scale, *[3] * 7, sent_as=sent)
        second = elsewhere(answered, held, scale, *[3] * 7, sent_as=sent)
        waits(second)
    assert second.result(timeout=20).pk == first.pk


def test_nothing_is_kept_on_a_card_that_is_being_erased(held, elsewhere):
    by = worker(held.area)
    with transaction.atomic():
        erase_card(held.pk, by=by)
        late = elsewhere(set_goal, held.pk, words="x", language="en", sent_as=uuid.uuid4(), by=by)
        waits(late)
    with pytest.raises(NotAllowed, match="erased in the meantime"):
        late.result(timeout=20)
    assert not FamilyCard.objects.exists()


def test_two_who_load_at_once_leave_one_current(scale, elsewhere):
    by, content = administrator(scale.area), INVENTED.read_bytes()
    with transaction.atomic():
        load_scale(scale.area, content, by=by)
        second = elsewhere(load_scale, scale.area, content, by=by)
        waits(second)
    second.result(timeout=20)
    assert LicensedScale.objects.current().count() == 1
