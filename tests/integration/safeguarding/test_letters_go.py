"""Letters go when somebody has read them, no worry is open and their days are over; answers wait for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.erasing import erase_old_answers
from feedback.safeguarding.actions import close_concern, finish_reading, read_concern
from feedback.safeguarding.letters import erase_old_letters, say_they_were_read
from feedback.safeguarding.models import Concern
from surveys.responses.letters import Letter
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import staff
from tests.factories.writing_back import grows_old, writes_back

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def lead(wave):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)


@pytest.fixture
def response(wave, lead):
    """A text that a person has read."""
    made = arrives(wave, "we played uno")
    sweep()
    finish_reading(made.pk, is_worrying=False, by=lead)
    return made


def test_letters_go_when_they_were_read_and_their_days_are_over(wave, response, lead):
    writes_back(response, "we went swimming", wave=wave)
    sweep()
    grows_old(response)
    assert erase_old_letters() == 0
    # Answers stay as long as a letter about them is unread.
    assert erase_old_answers() == 0
    say_they_were_read(response.pk, through=1, by=lead)
    assert erase_old_letters() == 0
    Letter.objects.update(read_on=TODAY() - timedelta(days=31))
    assert erase_old_letters() == 1
    assert erase_old_answers() == 1
    assert erase_old_letters() == 0


def test_a_letter_under_an_open_worry_stays(wave, response, lead):
    writes_back(response, WORRY, wave=wave)
    sweep()
    grows_old(response)
    concern = Concern.objects.get()
    read_concern(concern, by=lead)
    Letter.objects.update(read_on=TODAY() - timedelta(days=31))
    assert erase_old_letters() == 0
    close_concern(concern, reason="Done.", by=lead)
    assert erase_old_letters() == 0
    concern.states.update(on=TODAY() - timedelta(days=31))
    assert erase_old_letters() == 1
