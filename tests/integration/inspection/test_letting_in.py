"""An inspector is let in by somebody else, for one area and a few days, and out at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.models import RoleHeld
from feedback.accounts.roles import Role
from feedback.inspection import actions
from feedback.inspection.models import Grant
from feedback.inspection.policies import NotLetIn
from surveys.frame.policies import NotAllowed
from tests.factories import asking, inspecting
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


def test_it_is_logged_who_was_let_in_and_who_ended_it(area):
    grant = inspecting.granted(area)
    actions.look_at_tables(grant, by=grant.inspector)
    actions.end_grant(grant, by=grant.given_by)
    entries = ModelLogEntry.objects.filter(action__startswith="inspection.").order_by("pk")
    assert [(entry.action, entry.user.username, entry.data["area"]) for entry in entries] == [
        ("inspection.give_grant", "board", "north"),
        ("inspection.look_at_tables", "inspector", "north"),
        ("inspection.end_grant", "board", "north"),
    ]


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ((0, 90), "90 days at most"),
        ((3, 2), "before the first"),
        ((-9, -1), "over already"),
    ],
)
def test_days_that_make_no_sense_are_refused(area, days, problem):
    with pytest.raises(ValidationError, match=problem):
        inspecting.granted(area, days=days)
    assert not Grant.objects.exists()


def test_ninety_days_are_the_most(area):
    assert inspecting.granted(area, days=(0, 89)).days_left(timezone.localdate()) == 90


@pytest.mark.parametrize("inspection", ["", "   ", "a\0b", "a\nb", "x" * 81, "x" * 2**20])
def test_an_inspection_has_a_name_of_one_line(area, inspection):
    with pytest.raises(ValidationError):
        inspecting.granted(area, inspection=inspection)
    assert not Grant.objects.exists()


def test_the_same_sent_twice_lets_in_once(area):
    inspecting.granted(area)
    with pytest.raises(NotAllowed, match="let in for this inspection from this day already"):
        inspecting.granted(area)
    assert Grant.objects.count() == 1


def test_only_an_inspector_of_the_area_is_let_in_and_nobody_by_themselves(area):
    with pytest.raises(ValidationError, match="not an inspector in North"):
        inspecting.granted(area, of=inspecting.inspector(asking.area("south"), "of-south"))
    both = inspecting.inspector(area, "board")
    with pytest.raises(NotAllowed, match="cannot let yourself in"):
        inspecting.granted(area, of=both)
    today = timezone.localdate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(inspector=both, given_by=both, area=area, inspection="x", since=today, until=today)


@pytest.mark.parametrize("role", list(Role))
def test_only_a_board_officer_of_the_area_lets_in_and_ends(area, role):
    inspector, today = inspecting.inspector(area), timezone.localdate()
    for where, is_here in ((area, True), (asking.area("south"), False)):
        person = staff(f"somebody-{where.code}", role, area=where)
        given = {"area": area, "inspection": f"By {where}", "since": today, "until": today}
        if role is Role.BOARD_OFFICER and is_here:
            actions.end_grant(actions.give_grant(inspector, **given, by=person), by=person)
            continue
        with pytest.raises(PermissionDenied):
            actions.give_grant(inspector, **given, by=person)
        grant = inspecting.granted(area, inspection=f"Visit {where.code}")
        with pytest.raises(PermissionDenied):
            actions.end_grant(grant, by=person)


@pytest.mark.parametrize(
    ("days", "sentence"), [((-9, -1), "was over on"), ((1, 9), "begins on"), ((-9, 0), ""), ((0, 0), "")]
)
def test_it_lets_in_from_its_first_day_to_its_last(area, days, sentence):
    grant = inspecting.moved(inspecting.granted(area), days=days)
    if not sentence:
        actions.look_at_tables(grant, by=grant.inspector)
        return
    with pytest.raises(NotLetIn, match=sentence):
        actions.look_at_tables(grant, by=grant.inspector)
    with pytest.raises(NotLetIn, match=sentence):
        actions.draw(grant, year=2025, by=grant.inspector)


def test_ended_in_another_window_nothing_is_open_any_more(area):
    grant = inspecting.granted(area)
    actions.end_grant(Grant.objects.get(), by=grant.given_by)
    with pytest.raises(NotLetIn, match="was ended on"):
        actions.look_at_tables(grant, by=grant.inspector)
    with pytest.raises(NotAllowed, match="over already"):
        actions.end_grant(grant, by=grant.given_by)
    assert inspecting.granted(area).pk != grant.pk


def test_who_lost_the_role_or_never_had_the_grant_sees_nothing(area):
    grant = inspecting.granted(area)
    with pytest.raises(PermissionDenied):
        actions.look_at_tables(grant, by=inspecting.inspector(area, "colleague"))
    RoleHeld.objects.filter(user=grant.inspector).update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        actions.look_at_tables(grant, by=grant.inspector)
    assert not Grant.objects.visible_to(grant.inspector, "inspection.look").exists()
    assert date(2020, 1, 1) < timezone.localdate()


def test_sheets_of_another_area_are_not_shown_by_this_inspection(area):
    from feedback.inspection.models import InspectionSample

    grant = inspecting.granted(area)
    other = InspectionSample.objects.create(
        area=asking.area("south"), year=2025, record={}, sheets=[{"rows": []}], drawn_on=timezone.localdate(),
        drawn_by=grant.inspector,
    )  # fmt: skip
    for look in (actions.look_at_sheets, actions.take_record):
        with pytest.raises(ValidationError, match="another area"):
            look(grant, other, by=grant.inspector)
