"""What no screening can cope with, in whatever somebody writes: it goes to a lead, and keeps nothing else back."""

import uuid

import pytest

from feedback.safeguarding import sweeping
from feedback.safeguarding.blockage_actions import screen_blockages
from feedback.safeguarding.goal_actions import screen_goals
from feedback.safeguarding.models import Concern
from feedback.safeguarding.talk_actions import screen_talks
from surveys.responses.blockage_actions import Named, name_blockage
from surveys.responses.blockages import NamedBlockage
from surveys.responses.talk_actions import Said, record_talk
from surveys.responses.talks import Talk, TalkText
from surveys.responses.together import Goal
from surveys.responses.together_actions import set_goal
from tests.factories import asking
from tests.factories.licensed import card, worker
from tests.factories.promising import officer
from tests.factories.talking import whole

pytestmark = pytest.mark.django_db
CANARY = "zyzzyvaquokka"
BREAKS = f"breaks it {CANARY}"


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture(autouse=True)
def screening_breaks(monkeypatch):
    screen = sweeping.screen

    def breaks(words, **how):
        if CANARY in words:
            raise RuntimeError(words)
        return screen(words, **how)

    monkeypatch.setattr(sweeping, "screen", breaks)


def goals(area):
    held = card(area)
    for words in (BREAKS, "walk to school"):
        set_goal(held.pk, words=words, language="en", sent_as=uuid.uuid4(), by=worker(area))
    return screen_goals, Goal


def blockages(area):
    for words in (BREAKS, "The form is long."):
        name_blockage(area, Named(words, "family"), sent_as=uuid.uuid4())
    return screen_blockages, NamedBlockage


def talks(area):
    for words in (BREAKS, "Meetings are long."):
        said = Said("same_worker", words, "", "")
        record_talk(area, whole(said=(said,)), sent_as=uuid.uuid4(), by=officer(area))
    return screen_talks, Talk


@pytest.mark.parametrize("written", [goals, blockages, talks])
def test_it_is_raised_as_not_screened_and_nothing_waits(written, area, caplog):
    screen, model = written(area)
    caplog.clear()
    assert screen() == 1
    (concern,) = Concern.objects.all()
    assert (concern.rules, concern.severity, concern.area) == (["not-screened"], "soon", area)
    assert not model.objects.awaiting_screening().exists()
    assert "(RuntimeError)" in caplog.text
    assert CANARY not in caplog.text
    # Once is enough.
    assert screen() == 0


def test_one_that_cannot_be_stored_waits_for_the_next_sweep_and_keeps_no_other_back(area, monkeypatch, caplog):
    screen, _ = goals(area)
    raise_noticed = sweeping.raise_noticed

    def breaks(*_, **__):
        raise OSError(CANARY)

    monkeypatch.setattr("feedback.safeguarding.goal_actions.raise_noticed", breaks)
    assert screen() == 0
    assert Goal.objects.awaiting_screening().count() == 1
    assert "Goals could not be screened (OSError). Tell the makers of the software." in caplog.text
    assert CANARY not in caplog.text
    monkeypatch.setattr("feedback.safeguarding.goal_actions.raise_noticed", raise_noticed)
    assert screen() == 1
    assert not Goal.objects.awaiting_screening().exists()


def test_only_what_was_said_worries_and_not_the_whole_talk(area):
    screen, _ = talks(area)
    screen()
    assert TalkText.objects.get(pk=Concern.objects.get().response_key).words == BREAKS
