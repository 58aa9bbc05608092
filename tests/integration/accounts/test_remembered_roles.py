"""Roles are read once for a request, and anew for the next one and for everybody else."""

import pytest
from django.urls import reverse

from feedback.accounts.models import User
from feedback.accounts.roles import ENTER_THE_DESK, Role
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return staff("officer", Role.PARTICIPATION_OFFICER, area=asking.area("here"))


def test_a_request_reads_the_roles_once(client, officer, django_assert_num_queries):
    known = User.objects.get(pk=officer.pk)
    known.remember_roles()
    with django_assert_num_queries(1):
        assert known.has_perm(ENTER_THE_DESK)
        assert known.has_perm("fieldwork.invite")
        assert not known.holds_everywhere("fieldwork.invite")
        assert "fieldwork.invite" in known.get_all_permissions()


def test_a_role_that_ended_opens_nothing_at_the_next_request(client, officer):
    at_desk(client, officer)
    assert client.get(reverse("desk:waves")).status_code == 200
    officer.roles_held.all().delete()
    assert client.get(reverse("desk:waves")).status_code == 403


def test_whoever_remembers_nothing_is_asked_anew(officer):
    assert officer.has_perm("fieldwork.invite")
    officer.roles_held.all().delete()
    assert not officer.has_perm("fieldwork.invite")
    assert officer.get_all_permissions() == set()
