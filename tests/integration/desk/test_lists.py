"""Each list of the desk shows what the role for that list is held in, and nothing for a role held elsewhere."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import Role
from feedback.releases.models import Release
from feedback.safeguarding.models import Concern
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return asking.area("here")


@pytest.fixture
def there():
    return asking.area("there")


def both(username, role, here, there, other=Role.PRACTITIONER):
    """Somebody with this role here, and another there."""
    staff(username, other, area=there)
    return staff(username, role, area=here)


def concern(area):
    return Concern.objects.create(response_key=uuid.uuid4(), area=area, severity="now", raised_on=date(2026, 5, 4))


def release(area, quarter="2026Q1"):
    code = f"{area.code if area else 'all-areas'}-{quarter.lower()}"
    return Release.objects.create(code=code, area=area, quarter=quarter, rules={})


def ended(username, role, area=None):
    """Somebody whose role is over."""
    person = staff(username, Role.PRACTITIONER, area=area)
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleHeld.objects.create(user=person, role=role, area=area, since=date(2020, 1, 1), until=yesterday)
    return person


def test_a_lead_who_is_a_practitioner_elsewhere_sees_no_worries_from_there(client, here, there):
    mine, theirs = concern(here), concern(there)
    at_desk(client, both("lead", Role.SAFEGUARDING_LEAD, here, there))
    page = client.get(reverse("desk:concerns")).content.decode()
    assert str(mine.pk) in page
    assert str(theirs.pk) not in page
    assert client.get(reverse("desk:concern", args=[theirs.pk])).status_code == 404


def test_an_officer_who_is_a_practitioner_elsewhere_sees_no_waves_from_there(client, here, there):
    mine, theirs = asking.open_wave(of=here), asking.open_wave(of=there)
    at_desk(client, both("officer", Role.PARTICIPATION_OFFICER, here, there))
    page = client.get(reverse("desk:waves")).content.decode()
    assert mine.code in page
    assert theirs.code not in page
    assert client.get(reverse("desk:wave", args=[theirs.code])).status_code == 404
    assert client.post(reverse("desk:cards", args=[theirs.code])).status_code == 404


def test_an_analyst_who_is_a_practitioner_elsewhere_sees_no_releases_from_there(client, here, there):
    mine, theirs, of_all = release(here), release(there), release(None)
    at_desk(client, both("analyst", Role.BOARD_ANALYST, here, there))
    page = client.get(reverse("desk:releases")).content.decode()
    assert f"/{mine.code}/" in page
    assert theirs.code not in page
    assert of_all.code not in page
    assert client.get(reverse("desk:release", args=[theirs.code])).status_code == 404


def test_a_national_role_sees_the_releases_of_every_area_only_while_it_lasts(here, there):
    for area in (here, there, None):
        release(area)
    seen = {
        who.username: Release.objects.visible_to(who, "releases.view").count()
        for who in (
            staff("checker", Role.OUTPUT_CHECKER),
            ended("was", Role.OUTPUT_CHECKER),
            staff("practitioner", Role.PRACTITIONER),
        )
    }
    assert seen == {"checker": 3, "was": 0, "practitioner": 0}


def test_only_areas_where_somebody_may_propose_are_offered_to_be_closed(client, here, there):
    at_desk(client, both("analyst", Role.BOARD_ANALYST, here, there, other=Role.BOARD_OFFICER))
    page = client.get(reverse("desk:releases")).content.decode()
    assert f'value="{here.code}"' in page
    assert f'value="{there.code}"' not in page
    assert client.post(reverse("desk:releases"), {"area": there.code}).status_code == 404


def test_areas_are_those_of_the_permission(here, there):
    lead = both("lead", Role.SAFEGUARDING_LEAD, here, there)
    assert list(Area.objects.visible_to(lead, "safeguarding.read_concern")) == [here]
    assert not Area.objects.visible_to(lead, "fieldwork.open_wave").exists()
    assert not Area.objects.visible_to(ended("gone", Role.SAFEGUARDING_LEAD, here), "safeguarding.read_concern")
