"""Two draws at the same moment, and a draw while somebody takes their answers back: they take turns."""

from concurrent.futures import TimeoutError

import pytest
from django.db import transaction

from feedback.anonymisation.actions import lock_areas
from feedback.inspection import actions
from feedback.inspection.models import Grant, InspectionSample
from tests.factories import asking, inspecting

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def waits(later):
    """It is on its way, and has to wait."""
    with pytest.raises(TimeoutError):
        later.result(timeout=0.5)


def test_two_who_draw_at_once_get_the_same_sample(elsewhere):
    area = asking.area("north")
    inspecting.closed_year(area)
    one = inspecting.granted(area)
    other = inspecting.granted(area, of=inspecting.inspector(area, "other"), inspection="Another visit")
    with transaction.atomic():
        first = actions.draw(one, year=2025, by=one.inspector)
        second = elsewhere(actions.draw, other, year=2025, by=other.inspector)
        waits(second)
    assert second.result(timeout=20).pk == first.pk
    assert InspectionSample.objects.count() == 1


def test_an_inspection_that_is_ended_while_its_draw_waits_draws_nothing(elsewhere):
    area = asking.area("north")
    inspecting.closed_year(area)
    grant = inspecting.granted(area)
    with transaction.atomic():
        lock_areas({area.pk})
        later = elsewhere(actions.draw, grant, year=2025, by=grant.inspector)
        waits(later)
        actions.end_grant(Grant.objects.get(), by=grant.given_by)
    with pytest.raises(actions.policies.NotLetIn, match="was ended on"):
        later.result(timeout=20)
    assert not InspectionSample.objects.exists()


def test_two_who_send_the_same_form_at_once_let_in_once(elsewhere):
    area = asking.area("north")
    inspector = inspecting.inspector(area)
    with transaction.atomic():
        inspecting.granted(area, of=inspector)
        again = elsewhere(inspecting.granted, area, of=inspector)
        waits(again)
    with pytest.raises(actions.NotAllowed, match="already"):
        again.result(timeout=20)
    assert Grant.objects.count() == 1
