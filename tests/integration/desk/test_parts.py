"""An officer says which service and which step of the journey a wave, a poster and a card are for: answers go there."""

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from surveys.answering.ways_in import way_in
from surveys.fieldwork.models import Invitation, Wave
from surveys.responses.actions import Place
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def parts(area):
    return asking.service(area), asking.stage("plan")


@pytest.fixture
def officer(area, client):
    person = staff("officer", Role.PARTICIPATION_OFFICER, area=area)
    at_desk(client, person)
    return person


@pytest.fixture
def wave(area):
    return asking.open_wave(of=area, code="autumn")


def does(client, wave, **fields):
    return client.post(reverse("desk:wave", args=[wave.code]), fields, follow=True).content.decode()


def test_a_poster_says_its_step(client, officer, wave, area, parts):
    service, stage = parts
    page = does(client, wave, step="link", place="Hall", service=service.code, stage=stage.code)
    assert f"Hall, {service}, {stage}</a>" in page
    link = wave.open_links.get()
    assert way_in(wave, link.code).place == Place(area.pk, service.pk, stage.pk)


def test_a_card_says_its_step(client, officer, wave, area, parts):
    service, stage = parts
    fields = {"cards": "3", "service": service.code, "stage": stage.code, "language": "en"}
    assert client.post(reverse("desk:cards", args=[wave.code]), fields).status_code == 200
    assert set(Invitation.objects.values_list("wave", "service", "stage")) == {(wave.pk, service.pk, stage.pk)}


def test_a_wave_is_planned_for_a_service_and_a_step(client, officer, area, parts):
    service, stage = parts
    edition = asking.edition(of=area)
    fields = {"step": "plan", "edition": edition.number, "code": "winter", "name": "Winter"}
    page = client.post(
        reverse("desk:survey", args=[edition.survey_id]),
        {**fields, "service": service.code, "stage": stage.code},
        follow=True,
    ).content.decode()
    assert f"For {service}, {stage}." in page
    # Its posters and cards begin with the same.
    assert page.count(f'value="{stage.code}" selected') == page.count(f'value="{service.code}" selected') == 2
    planned = Wave.objects.get(code="winter")
    assert way_in(planned, "").place == Place(area.pk, service.pk, stage.pk)


@pytest.mark.parametrize("field", ["service", "stage"])
@pytest.mark.parametrize("code", ["nosuch", "pl\0an?", "x" * 10_000])
def test_what_is_not_there_is_refused(client, officer, wave, area, parts, field, code):
    assert "Choose one of the list." in does(client, wave, step="link", place="Hall", **{field: code})
    assert not wave.open_links.exists()


def test_another_areas_service_is_refused(client, officer, wave):
    other = asking.service(asking.area("there"), code="elsewhere")
    assert "There is no such service" in does(client, wave, step="link", place="Hall", service=other.code)
    assert not wave.open_links.exists()


def test_without_steps_nobody_is_asked_for_one(client, officer, wave):
    assert "Step of the journey" not in does(client, wave, step="link", place="Hall")
    assert wave.open_links.get().stage is None
