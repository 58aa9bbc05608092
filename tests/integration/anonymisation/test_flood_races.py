"""A day is put aside while the sweep codes its answers: none slips into a figure, and none is lost."""

from concurrent.futures import TimeoutError

import pytest
from django.db import transaction

from feedback.anonymisation.actions import code_cleared, sweep
from feedback.anonymisation.flood_actions import count_after_all, leave_out, put_aside
from feedback.anonymisation.floods import Flood
from feedback.anonymisation.models import CodedResponse
from feedback.safeguarding.actions import screen_waiting
from surveys.frame.policies import NotAllowed
from surveys.responses.models import Response
from tests.factories import asking, flooding

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WHY = "No school knows of it."


def waits(later):
    """It is on its way, and has to wait."""
    with pytest.raises(TimeoutError):
        later.result(timeout=0.5)


def statuses():
    return sorted(Response.objects.values_list("status", flat=True))


def test_what_the_sweep_would_code_meanwhile_is_aside(elsewhere):
    wave = asking.open_wave()
    flooding.answers(wave, 2, on=flooding.yesterday())
    sweep()
    flood, by = flooding.flood(wave), flooding.officer(wave.area)
    with transaction.atomic():
        put_aside(flood, because=WHY, by=by)
        # They come, and are screened, after it was decided which are put aside, and before that is kept.
        coming = elsewhere(_two_more, wave)
        waits(coming)
    coming.result(timeout=30)
    assert statuses() == ["aside"] * 4
    assert not CodedResponse.objects.exists()


def _two_more(wave):
    flooding.answers(wave, 2, on=flooding.yesterday())
    screen_waiting()
    code_cleared()


def test_what_the_sweep_is_coding_is_aside_once_it_is_coded(elsewhere):
    wave = asking.open_wave()
    flooding.answers(wave, 3, on=flooding.yesterday())
    screen_waiting()
    flood, by = flooding.flood(wave), flooding.officer(wave.area)
    with transaction.atomic():
        code_cleared()
        putting = elsewhere(put_aside, flood, because=WHY, by=by)
        waits(putting)
    assert putting.result(timeout=30) == 3
    assert statuses() == ["aside"] * 3
    assert not CodedResponse.objects.exists()


def test_two_who_decide_at_once_decide_once(elsewhere):
    wave = asking.open_wave()
    flooding.answers(wave, 3, on=flooding.yesterday())
    sweep()
    flood = flooding.flood(wave)
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    other, second, third = Flood.objects.get(), flooding.second(wave.area), flooding.second(wave.area, "third")
    with transaction.atomic():
        leave_out(flood, because=WHY, by=second)
        counting = elsewhere(count_after_all, other, because=WHY, by=third)
        waits(counting)
    with pytest.raises(NotAllowed):
        counting.result(timeout=30)
    assert statuses() == ["left_out"] * 3
    assert [step.status for step in flood.steps.all()] == ["aside", "left_out"]
