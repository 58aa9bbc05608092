"""The sweep looks at everything, is stopped by nothing, and leaves no clock behind."""

import logging
import uuid
from datetime import date

import pytest
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.safeguarding import actions, screening
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


def test_what_cannot_be_screened_reaches_a_person_and_stops_nothing_else(wave, caplog, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    poison = {poisoned(wave).pk for _ in range(3)}
    for _ in range(3):
        arrives(wave, WORRY)
        arrives(wave, "we played uno")
    with caplog.at_level(logging.ERROR):
        done = actions.screen_waiting()
    assert (done.looked_at, done.held) == (9, 6)
    assert {c.response_key for c in Concern.objects.waiting() if c.rules == ["not-screened"]} == poison
    (line,) = caplog.messages
    assert line.startswith("3 responses could not be screened (AttributeError)")
    assert "secret" not in caplog.text
    assert not any(str(pk) in caplog.text for pk in poison)


def test_a_lead_can_read_what_could_not_be_screened(wave):
    poisoned(wave)
    actions.screen_waiting()
    (part,) = actions.read_concern(Concern.objects.get(), by=staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area))
    assert "secret words" in part.words


def test_a_text_on_which_screening_throws_reaches_a_person_who_can_read_it(wave, monkeypatch):
    def throws(text, *, language="en"):
        raise RecursionError(text)

    arrives(wave, "we played uno")
    monkeypatch.setattr(actions, "screen", throws)
    monkeypatch.setattr(screening, "screen", throws)
    assert actions.screen_waiting().held == 1
    concern = Concern.objects.get()
    assert (concern.rules, concern.severity) == (["not-screened"], "soon")
    (part,) = actions.read_concern(concern, by=staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area))
    assert (part.words, [signal.rule for signal in part.signals]) == ("we played uno", ["not-screened"])


@pytest.mark.parametrize("words", ["ቤተይ ጽቡቕ እዩ", "我喜欢我的学校"])
def test_a_script_without_rules_goes_to_a_person_above_what_is_unread(wave, words):
    arrives(wave, words)
    assert actions.screen_waiting().held == 1
    assert Concern.objects.get().rules == ["not-screened"]


def test_many_at_once_take_a_few_queries_for_each_batch(wave, django_assert_max_num_queries):
    """Counted for one batch and a rest: ten thousand are fifty of them, so their queries follow from these."""
    Response.objects.bulk_create(
        Response(id=uuid.uuid4(), wave=wave, edition=wave.edition, area=wave.area, language="en",
                 answers={"words": WORRY if number % 2 else "we played uno"}, received_on=date(2026, 5, 1))
        for number in range(300)
    )  # fmt: skip
    with django_assert_max_num_queries(30):
        assert actions.screen_waiting() == actions.Screened(300, 150)
    assert Concern.objects.count() == 150


def test_a_concern_that_cannot_be_stored_stops_no_other(wave, monkeypatch, caplog):
    first, second = arrives(wave, WORRY, key=uuid.UUID(int=1)), arrives(wave, WORRY, key=uuid.UUID(int=2))
    raises = actions._as_raised

    def fails_for_the_first(response, signals):
        return raises(response, signals) | ({"raised_on": None} if response.pk == first.pk else {})

    monkeypatch.setattr(actions, "_as_raised", fails_for_the_first)
    assert actions.screen_waiting().held == 1
    assert Concern.objects.get().response_key == second.pk
    assert "1 worries could not be stored (IntegrityError)" in caplog.text


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
