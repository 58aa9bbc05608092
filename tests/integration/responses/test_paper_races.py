"""Several people key the same booklet at the same moment: it becomes one response."""

from concurrent.futures import TimeoutError

import pytest
from django.db import connection, transaction

from surveys.answering import keying
from surveys.frame.policies import NotAllowed
from surveys.responses.models import PaperEntry, Response
from surveys.responses.paper_actions import Keyed
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.paper import keys, officers, typed

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def three(wave):
    return officers(wave.area, "ann", "bob", "cem")


def waits(later):
    """It is on its way, and has to wait."""
    with pytest.raises(TimeoutError):
        later.result(timeout=0.5)


def test_two_second_readings_at_once_are_one_response(wave, three, elsewhere):
    keys(wave, three[0], q_listened="yes")
    form = typed(q_listened="yes", after=PaperEntry.objects.get().pk)
    with transaction.atomic():
        assert keying.key(wave, form, by=three[1]).keyed == Keyed.RECORDED
        late = elsewhere(keying.key, wave, form, by=three[2])
        waits(late)
    with pytest.raises(NotAllowed, match="Somebody else"):
        late.result(timeout=20)
    assert Response.objects.count() == 1
    assert not PaperEntry.objects.exists()


def test_two_decisions_at_once_are_one_response(wave, three, elsewhere):
    keys(wave, three[0], q_listened="yes")
    form = typed(q_listened="no", take_listened="first", after=PaperEntry.objects.get().pk)
    with transaction.atomic():
        assert keying.settle(wave, form, by=three[1]).keyed == Keyed.RECORDED
        late = elsewhere(keying.settle, wave, form, by=three[2])
        waits(late)
    with pytest.raises(NotAllowed):
        late.result(timeout=20)
    assert Response.objects.count() == 1


def test_two_first_readings_at_once_are_a_first_and_a_second(wave, three, elsewhere):
    form = typed(q_listened="yes")
    with transaction.atomic():
        assert keying.key(wave, form, by=three[0]).keyed == Keyed.ONCE
        second = elsewhere(keying.key, wave, form, by=three[1])
        waits(second)
    assert second.result(timeout=20).keyed == Keyed.RECORDED
    assert Response.objects.count() == 1


def test_a_second_reading_that_cannot_be_stored_leaves_the_first(wave, three, monkeypatch):
    from surveys.responses import paper_actions

    keys(wave, three[0], q_listened="yes")

    def fails(response, **how):
        raise OSError("the disk is full")

    monkeypatch.setattr(paper_actions, "record", fails)
    with pytest.raises(OSError, match="full"):
        keys(wave, three[1], q_listened="yes")
    assert PaperEntry.objects.count() == 1
    assert not Response.objects.exists()


@pytest.mark.skipif("sqlite" in str(connection.vendor), reason="SQLite has one writer at a time")
def test_a_phone_delivers_while_a_booklet_is_keyed(wave, three, elsewhere):
    with transaction.atomic():
        keying.key(wave, typed(q_listened="yes"), by=three[0])
        assert elsewhere(arrives, wave, "hello").result(timeout=20)
    assert Response.objects.count() == 1
