"""Two people with the same page open: the second sees what the first did, and does not undo it."""

from datetime import date

import pytest
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.safeguarding import actions as safeguarding
from feedback.safeguarding.models import Concern, ConcernState
from surveys.design import actions as design
from surveys.design.models import Edition, SurveyPage
from surveys.fieldwork import actions as fieldwork
from surveys.fieldwork.actions import plan_wave
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def leads(area):
    return [staff(name, Role.SAFEGUARDING_LEAD, area=area) for name in ("ann", "bob")]


def twice(model, key):
    """The same row as two people have it before them."""
    return model.objects.get(pk=key), model.objects.get(pk=key)


@pytest.fixture
def concerns(area):
    arrives(asking.open_wave(of=area), WORRY)
    safeguarding.screen_waiting()
    return twice(Concern, Concern.objects.get().pk)


def test_two_leads_may_read_at_the_same_time_and_it_is_seen_once(concerns, leads):
    for concern, lead in zip(concerns, leads, strict=True):
        assert safeguarding.read_concern(concern, by=lead)
    assert ConcernState.objects.filter(status=Concern.Status.SEEN).count() == 1


def test_what_one_lead_referred_another_does_not_close(concerns, leads):
    (first, _), (ann, bob) = concerns, leads
    safeguarding.read_concern(first, by=ann)
    first, second = twice(Concern, first.pk)
    safeguarding.refer_concern(first, reason="Harm.", place="Duty team", on=timezone.localdate(), by=ann)
    with pytest.raises(NotAllowed):
        safeguarding.close_concern(second, reason="Nothing to do.", by=bob)
    assert Concern.objects.get().status == Concern.Status.REFERRED
    assert Response.objects.get().status == Response.Status.CLEARED


def planned(area, officer):
    wave = plan_wave(asking.edition(of=area), code="w", name="w", area=area, by=officer)
    return twice(Wave, wave.pk)


def test_a_wave_that_was_closed_is_not_opened_again_by_an_old_page(area):
    officer = staff("officer", Role.PARTICIPATION_OFFICER, area=area)
    first, second = planned(area, officer)
    fieldwork.open_wave(first, by=officer)
    fieldwork.close_wave(first, by=officer)
    with pytest.raises(NotAllowed):
        fieldwork.open_wave(second, by=officer)
    assert Wave.objects.get().status == Wave.Status.CLOSED


def test_a_wave_is_closed_once(area):
    officer = staff("officer", Role.PARTICIPATION_OFFICER, area=area)
    wave = asking.open_wave(of=area)
    first, second = twice(Wave, wave.pk)
    fieldwork.close_wave(first, by=officer)
    with pytest.raises(NotAllowed):
        fieldwork.close_wave(second, by=officer)


def test_an_edition_pinned_by_an_old_page_does_not_open_or_close_the_wave(area):
    officer = staff("officer", Role.PARTICIPATION_OFFICER, area=area)
    first, second = twice(Wave, asking.open_wave(of=area).pk)
    newer = Edition.objects.create(
        survey=first.edition.survey, number=2, document=first.edition.document, digest="0" * 64,
        frozen_on=date(2026, 1, 1), frozen_by=officer,
    )  # fmt: skip
    fieldwork.close_wave(first, by=officer)
    fieldwork.pin_edition(second, newer, by=officer)
    wave = Wave.objects.get()
    assert (wave.status, wave.edition) == (Wave.Status.CLOSED, newer)


@pytest.fixture
def surveys(area):
    return twice(SurveyPage, asking.survey(of=area).pk)


def test_a_survey_is_submitted_by_one_person(area, surveys):
    first, second = surveys
    ann, bob = (staff(name, Role.PARTICIPATION_OFFICER, area=area) for name in ("ann", "bob"))
    design.submit(first, by=ann)
    with pytest.raises(NotAllowed):
        design.submit(second, by=bob)
    assert SurveyPage.objects.get().submitted_by == ann


def test_nobody_freezes_or_reopens_what_another_reopened(area, surveys):
    first, second = surveys
    ann, bob = (staff(name, Role.PARTICIPATION_OFFICER, area=area) for name in ("ann", "bob"))
    design.submit(first, by=ann)
    first, second = twice(SurveyPage, first.pk)
    design.reopen(first, by=ann)
    for act in (design.freeze, design.reopen):
        with pytest.raises(NotAllowed, match="This is draft"):
            act(second, by=bob)
        second.status = SurveyPage.Status.IN_APPROVAL
    assert SurveyPage.objects.get().status == SurveyPage.Status.DRAFT
