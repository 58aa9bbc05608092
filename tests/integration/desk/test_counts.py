"""How many could be asked: typed by an administrator of the area, with its source and day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.frame.count_actions import say_count
from surveys.frame.counts import newest_counts
from surveys.frame.models import Stratum
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
TYPED = {"audience": "AGE_8_11", "children": "95", "source": "Case list", "counted_on": "2026-03-31"}


@pytest.fixture
def area():
    return asking.area("here")


def sends(client, area, person=None, **fields):
    at_desk(client, person or staff("admin", Role.ADMINISTRATOR, area=area))
    return client.post(reverse("desk:counts", args=[area.code]), {**TYPED, **fields})


def test_a_count_is_kept_and_shown_with_its_source(client, area):
    service = asking.service(area)
    assert sends(client, area, service=service.pk).status_code == 302
    assert sends(client, area, service=service.pk, children="90").status_code == 302  # put right
    assert sends(client, area, children="400", counted_on="2025-03-31").status_code == 302
    text = client.get(reverse("desk:counts", args=[area.code])).content.decode()
    assert "Case list" in text
    found = newest_counts(area, "AGE_8_11")
    assert {part: one.children for part, one in found.items()} == {(service.pk, None): 90, (None, None): 400}


@pytest.mark.parametrize(
    "fields",
    [
        {"children": "-1"}, {"children": "9" * 30}, {"children": "many"}, {"source": ""}, {"source": "a\0b"},
        {"source": "x" * 100_000}, {"counted_on": "2026-02-30"}, {"audience": "EVERYBODY"}, {"service": "999999"},
        {"counted_on": (timezone.localdate() + timedelta(days=1)).isoformat()},
    ],
)  # fmt: skip
def test_what_is_no_count_is_refused_and_nothing_is_kept(client, area, fields):
    assert sends(client, area, **fields).status_code == 422
    assert not Stratum.objects.exists()


def test_a_team_of_another_area_is_not_taken(client, area):
    assert sends(client, area, service=asking.service(asking.area("there")).pk).status_code == 422


@pytest.mark.parametrize("role", [Role.PARTICIPATION_OFFICER, Role.PRACTITIONER, Role.SAFEGUARDING_LEAD])
def test_others_say_no_counts(client, area, role):
    person = staff("somebody", role, area=area)
    assert sends(client, area, person).status_code in (302, 403)
    with pytest.raises(PermissionDenied):
        say_count(area, audience="AGE_8_11", children=1, source="x", counted_on=date(2026, 1, 1), by=person)
    assert not Stratum.objects.exists()


def test_an_administrator_elsewhere_does_not_either(client, area):
    assert sends(client, area, staff("far", Role.ADMINISTRATOR, area=asking.area("there"))).status_code == 404
