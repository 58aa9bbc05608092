"""Who is on duty: only those who hold the role here on each of the days, and every gap ahead is seen."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import Role
from feedback.safeguarding.models import Duty
from feedback.safeguarding.rota import AHEAD, holds_throughout, on_duty, rota_of, who_may_be_planned
from feedback.safeguarding.rota_actions import LONGEST_DAYS, Turn, plan_duty, remove_duty
from feedback.safeguarding.rota_gaps import first_gaps
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def day(n):
    return TODAY + timedelta(days=n)


@pytest.fixture
def north():
    return asking.area("north")


@pytest.fixture
def leads(north):
    return [staff(name, Role.SAFEGUARDING_LEAD, area=north) for name in ("ada", "ben", "cleo")]


def plan(area, lead, first, last, *, by=None, **behind):
    return plan_duty(area, Turn(lead, day(first), day(last), **behind), by=by or lead)


def twice(duty):
    """The same duty as two people have it before them."""
    return Duty.objects.get(pk=duty.pk), Duty.objects.get(pk=duty.pk)


def test_an_empty_rota_knows_that_it_is_empty(north):
    rota = rota_of(north, TODAY)
    assert rota.is_empty
    assert rota.nobody_ahead
    assert rota.gaps == ((TODAY, day(AHEAD - 1)),)
    assert on_duty(north, TODAY) is None


def test_who_is_on_duty_and_who_is_behind(north, leads):
    ada, ben, cleo = leads
    plan(north, ada, 0, 6, deputy=ben, manager=cleo)
    plan(north, ben, 9, 9)
    rota = rota_of(north, TODAY)
    assert rota.today.people() == [ada, ben, cleo]
    assert rota.gaps == ((day(7), day(8)), (day(10), day(13)))
    assert rota.without_deputy == ((day(9), day(9)),)
    assert not rota.is_empty
    assert not rota.nobody_ahead


def test_two_weeks_without_a_gap(north, leads):
    plan(north, leads[0], 0, 30, deputy=leads[1])
    assert rota_of(north, TODAY).gaps == ()


@pytest.mark.parametrize("place", ["lead", "deputy", "manager"])
def test_who_holds_the_role_elsewhere_only_is_refused(north, leads, place):
    stranger = staff("stranger", Role.SAFEGUARDING_LEAD, area=asking.area("south"))
    people = {"lead": leads[0], "deputy": leads[1], "manager": leads[2], place: stranger}
    with pytest.raises(ValidationError, match="stranger is not a safeguarding lead of North") as problem:
        plan_duty(north, Turn(**people, starts_on=TODAY, ends_on=day(3)), by=leads[0])
    assert list(problem.value.error_dict) == [place]
    assert not Duty.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MODERATOR, Role.INSPECTOR])
def test_another_role_is_not_enough(north, leads, role):
    other = staff("other", role, area=north)
    with pytest.raises(ValidationError, match="not a safeguarding lead"):
        plan(north, other, 0, 3, by=leads[0])


def test_a_role_that_ends_in_between_is_not_enough(north, leads):
    leaving = staff("leaving", Role.SAFEGUARDING_LEAD, area=north)
    leaving.roles_held.update(until=day(2))
    with pytest.raises(ValidationError, match="on each of these days"):
        plan(north, leaving, 0, 3, by=leads[0])
    assert plan(north, leaving, 0, 2, by=leads[0])


def test_a_role_that_begins_later_is_not_enough_before(north, leads):
    new = staff("new", Role.MODERATOR, area=north)
    RoleHeld.objects.create(user=new, role=Role.SAFEGUARDING_LEAD, area=north, since=day(3))
    assert new in who_may_be_planned(north, TODAY)
    with pytest.raises(ValidationError, match="not a safeguarding lead"):
        plan(north, new, 2, 5, by=leads[0])
    assert plan(north, new, 3, 5, by=leads[0])


def test_two_roles_one_after_the_other_are_enough(north):
    person = staff("renewed", Role.SAFEGUARDING_LEAD, area=north)
    person.roles_held.update(until=day(2))
    RoleHeld.objects.create(user=person, role=Role.SAFEGUARDING_LEAD, area=north, since=day(3))
    assert holds_throughout(person, north, TODAY, day(9))
    RoleHeld.objects.filter(since=day(3)).update(since=day(4))
    assert not holds_throughout(person, north, TODAY, day(9))


def test_who_loses_the_role_leaves_a_gap(north, leads):
    plan(north, leads[0], 0, 13, deputy=leads[1])
    leads[0].roles_held.update(until=day(4))
    rota = rota_of(north, TODAY)
    assert rota.gaps == ((day(5), day(13)),)
    leads[0].is_active = False
    leads[0].save()
    assert rota_of(north, TODAY).nobody_ahead
    assert on_duty(north, TODAY) is None


def test_two_on_the_same_day_are_refused(north, leads):
    plan(north, leads[0], 0, 6)
    with pytest.raises(ValidationError, match="ada is on duty from"):
        plan(north, leads[1], 6, 8)
    plan(asking.area("south"), staff("sam", Role.SAFEGUARDING_LEAD), 0, 6)


@pytest.mark.parametrize(
    ("first", "last", "said"), [(3, 2, "before the first"), (-9, -1, "are over"), (0, LONGEST_DAYS, "days at most")]
)
def test_days_that_make_no_plan_are_refused(north, leads, first, last, said):
    with pytest.raises(ValidationError, match=said):
        plan(north, leads[0], first, last)


def test_nobody_stands_behind_themselves(north, leads):
    with pytest.raises(ValidationError, match="different people"):
        plan(north, leads[0], 0, 1, deputy=leads[0])


def test_planning_and_taking_off_are_logged(north, leads):
    duty, again = twice(plan(north, leads[0], 0, 1))
    remove_duty(duty, by=leads[1])
    with pytest.raises(NotAllowed, match="taken this off the plan already"):
        remove_duty(again, by=leads[2])
    assert [(entry.action, entry.user) for entry in ModelLogEntry.objects.order_by("pk")] == [
        ("safeguarding.plan_duty", leads[0]), ("safeguarding.remove_duty", leads[1]),
    ]  # fmt: skip
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD], ids=lambda role: role.value
)
def test_no_other_role_plans(north, leads, role):
    duty = plan(north, leads[0], 0, 1)
    other = staff("other", role, area=north)
    with pytest.raises(PermissionDenied):
        plan(north, leads[0], 3, 4, by=other)
    with pytest.raises(PermissionDenied):
        remove_duty(duty, by=other)


def test_nor_does_a_lead_of_another_area(north, leads):
    other = staff("sam", Role.SAFEGUARDING_LEAD, area=asking.area("south"))
    with pytest.raises(PermissionDenied):
        plan(north, leads[0], 3, 4, by=other)


def test_the_console_plans_by_the_same_rules(north, leads):
    out = StringIO()
    call_command("plan_duty", "north", "ada", str(TODAY), str(day(2)), deputy="ben", by="ada", stdout=out)
    assert "ada is on duty in North" in out.getvalue()
    for arguments, said in (
        (("north", "ada", str(TODAY), str(day(2))), "ada is on duty from"),
        (("nowhere", "ada", str(TODAY), str(day(2))), "There is no area nowhere"),
        (("north", "zoe", str(TODAY), str(day(2))), "nobody called zoe"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("plan_duty", *arguments, by="ada")


def test_the_first_gap_of_many_areas_is_that_of_each(north, leads):
    ada, ben, _ = leads
    south, west = asking.area("south"), asking.area("west")
    plan(north, ada, 0, 6)
    plan(north, ben, 9, 9)
    RoleHeld.objects.filter(user=ada).update(until=day(3))
    away = staff("away", Role.SAFEGUARDING_LEAD)
    plan(south, away, 0, AHEAD)
    areas = [north, south, west]
    each = {area.pk: gaps[0][0] for area in areas if (gaps := rota_of(area, TODAY).gaps)}
    assert first_gaps(areas, TODAY) == each == {north.pk: day(4), west.pk: TODAY}
    away.is_active = False
    away.save()
    assert first_gaps(areas, TODAY)[south.pk] == TODAY
