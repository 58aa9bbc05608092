"""The sweep looks at everything, is stopped by nothing, and leaves no clock behind."""

import logging
import uuid

import pytest
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.safeguarding import actions
from feedback.safeguarding.models import Concern
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave()


def poisoned(wave):
    """A row that no code of ours stores, and that cannot be read as answers."""
    response = arrives(wave, "secret words")
    response.answers = ["secret words"]
    response.save()
    return response


def test_raising_a_concern_leaves_no_time_in_the_log(wave):
    arrives(wave, WORRY)
    before = ModelLogEntry.objects.count()
    assert actions.screen_waiting().held == 1
    assert Concern.objects.count() == 1
    assert ModelLogEntry.objects.count() == before


def test_what_cannot_be_screened_waits_and_stops_nothing_else(wave, caplog, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    poison = [poisoned(wave) for _ in range(3)]
    for _ in range(3):
        arrives(wave, WORRY)
        arrives(wave, "we played uno")
    with caplog.at_level(logging.ERROR):
        done = actions.screen_waiting()
    assert (done.looked_at, done.held) == (6, 3)
    assert set(Response.objects.awaiting_screening()) == set(poison)
    (line,) = caplog.messages
    assert line.startswith("3 responses could not be screened (AttributeError)")
    assert "secret" not in caplog.text
    assert not any(str(response.pk) in caplog.text for response in poison)


def test_a_concern_that_cannot_be_stored_stops_no_other(wave, monkeypatch):
    first, second = arrives(wave, WORRY, key=uuid.UUID(int=1)), arrives(wave, WORRY, key=uuid.UUID(int=2))
    raises = actions._raise_concern

    def fails_for_the_first(response, signals):
        if response.pk == first.pk:
            Concern.objects.create(response_key=second.pk, area_id=response.area_id, raised_on=None)
        raises(response, signals)

    monkeypatch.setattr(actions, "_raise_concern", fails_for_the_first)
    assert actions.screen_waiting().held == 1
    assert Concern.objects.get().response_key == second.pk


def test_a_response_that_comes_a_second_time_is_raised_again(wave):
    response = arrives(wave, WORRY)
    actions.screen_waiting()
    concern, lead = Concern.objects.get(), staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    actions.read_concern(concern, by=lead)
    actions.close_concern(concern, reason="Known.", by=lead)
    Response.objects.filter(pk=response.pk).delete()
    arrives(wave, WORRY, key=response.pk)
    arrives(wave, WORRY)
    assert actions.screen_waiting().held == 2
    concern.refresh_from_db()
    assert concern.status == Concern.Status.RAISED
    assert Concern.objects.waiting().count() == 2


def test_an_id_of_nothing_but_noughts_is_screened_too(wave):
    arrives(wave, WORRY, key=uuid.UUID(int=0))
    assert actions.screen_waiting().held == 1


def test_the_list_of_a_day_tells_no_order(wave):
    for number in (3, 1, 2):
        arrives(wave, WORRY, key=uuid.UUID(int=number))
        actions.screen_waiting()
    assert [str(c.pk) for c in Concern.objects.waiting()] == sorted(str(c.pk) for c in Concern.objects.all())
