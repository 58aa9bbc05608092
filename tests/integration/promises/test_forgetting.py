"""Once an account is erased, no page shows who answered for a promise: the name of their role stands there."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import Role, roles_with
from feedback.privacy.actions import forget_account
from feedback.promises.forgetting_actions import NO_ROLE, TEAMS
from feedback.promises.models import OWN
from tests.factories import asking
from tests.factories.people import staff
from tests.factories.promising import officer, owner, promised

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


def shown(promise):
    promise.refresh_from_db()
    return promise.shown_as


def test_everybody_who_can_own_a_promise_has_a_name_for_their_role():
    assert set(TEAMS) == set(roles_with(OWN))


def test_the_name_goes_from_the_pages_and_the_log_says_so(client, area):
    made, other = promised(area, shown_as="Kelly Ann Smith"), promised(area, owner=officer(area), shown_as="Jo Jones")
    boss = staff("boss")
    forget_account(owner(area), by=boss)
    page = client.get("/promises/north/").content.decode()
    assert "Kelly" not in page
    assert "The team of social workers" in page
    assert "Kelly" not in client.get("/promises/north/promises.csv").content.decode()
    assert shown(other) == "Jo Jones"
    entry = ModelLogEntry.objects.get(action="promises.forget_owner")
    assert (entry.user, entry.object_id, entry.data["shown_as"]) == (boss, str(made.pk), "The team of social workers")
    assert not any("Kelly" in str(one.data) + one.label for one in ModelLogEntry.objects.all())


def test_a_role_that_ended_long_ago_is_still_the_one_that_is_named(area):
    made = promised(area, shown_as="Kelly")
    ended = timezone.localdate() - timedelta(days=400)
    RoleHeld.objects.filter(user=made.owner).update(since=ended - timedelta(days=1), until=ended)
    forget_account(made.owner)
    assert shown(made) == "The team of social workers"


def test_of_several_roles_the_last_in_this_area_is_named_and_without_any_none_is_made_up(area):
    made = promised(area, shown_as="Kelly")
    staff("owner", Role.PARTICIPATION_OFFICER, area=area)
    staff("owner", Role.BOARD_OFFICER, area=asking.area("south"))
    forget_account(made.owner)
    assert shown(made) == "The participation team"
    second = promised(area, shown_as="Jo", owner=owner(area, "another"))
    RoleHeld.objects.filter(user=second.owner).delete()
    forget_account(second.owner)
    assert shown(second) == NO_ROLE
