"""Who decides on a day that brought more than is plausible, when, what is refused, and who is told meanwhile."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import PERMISSIONS, Role
from feedback.anonymisation.actions import close_quarter, sweep
from feedback.anonymisation.flood_actions import count_after_all, find_plausible, leave_out, put_aside
from feedback.anonymisation.flood_noticing import notice_floods
from feedback.anonymisation.flood_policies import check_floods_are_looked_at, check_nothing_is_undecided
from feedback.anonymisation.flood_watching import floods_watched, forget_open_days
from feedback.anonymisation.floods import DECIDE_ASIDE, PUT_ASIDE, Flood
from feedback.disclosure.blocks import Quarter
from surveys.fieldwork.models import Turnout, Wave
from surveys.fieldwork.open_days import OpenDay
from surveys.instrument.promises import Way
from surveys.responses.actions import Place
from surveys.responses.models import Response
from tests.factories import asking, flooding
from tests.factories.answering import arrives
from tests.factories.flooding import days_before, flooded, statuses
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
WHY = "No school knows of it."


@pytest.fixture
def wave():
    return asking.open_wave()


def test_whoever_put_them_aside_does_not_decide(wave):
    flooded(wave)
    flood, officer = Flood.objects.get(), flooding.officer(wave.area)
    put_aside(flood, because=WHY, by=officer)
    for decide in (count_after_all, leave_out):
        with pytest.raises(ValidationError, match="somebody else must decide"):
            decide(flood, because=WHY, by=officer)


def test_nobody_decides_before_the_day_is_over(wave):
    flooded(wave, on=timezone.localdate())
    flood = Flood.objects.get()
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    with pytest.raises(ValidationError, match="tomorrow"):
        leave_out(flood, because=WHY, by=flooding.second(wave.area))


def test_what_is_pressed_twice_is_done_once(wave):
    flooded(wave)
    flood, again = Flood.objects.get(), Flood.objects.get()
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    with pytest.raises(ValidationError, match="aside, so it cannot"):
        put_aside(again, because=WHY, by=flooding.second(wave.area))
    late = Flood.objects.get()
    count_after_all(flood, because=WHY, by=flooding.second(wave.area))
    with pytest.raises(ValidationError, match="counted, so it cannot"):
        leave_out(late, because=WHY, by=flooding.second(wave.area))
    assert flood.steps.count() == 2


@pytest.mark.parametrize("act", [find_plausible, put_aside, count_after_all, leave_out])
@pytest.mark.parametrize("role", list(Role))
def test_who_may(wave, act, role):
    deciding = act in (count_after_all, leave_out)
    fields = {"status": "aside", "put_aside_by": staff("other", Role.PARTICIPATION_OFFICER)} if deciding else {}
    flood = flooding.flood(wave, **fields)
    permission = DECIDE_ASIDE if deciding else PUT_ASIDE
    with pytest.raises(PermissionDenied):
        act(flood, because=WHY, by=staff("elsewhere", role, area=asking.area()))
    person = staff("somebody", role, area=wave.area)
    if permission in PERMISSIONS[role]:
        act(flood, because=WHY, by=person)
        entry = ModelLogEntry.objects.get(action="anonymisation.decide_flood")
        assert (entry.user, entry.data["day"]) == (person, str(flood.day))
    else:
        with pytest.raises(PermissionDenied):
            act(flood, because=WHY, by=person)


@pytest.mark.parametrize(
    ("because", "says"), [(" ", "in a sentence why"), ("x" * 501, "501 characters"), ("\x00", "cannot")]
)
def test_without_a_reason_nothing_is_decided(wave, because, says):
    flood = flooding.flood(wave)
    with pytest.raises(ValidationError, match=says):
        put_aside(flood, because=because, by=flooding.officer(wave.area))
    flood.refresh_from_db()
    assert flood.status == "noticed"


def test_what_was_counted_in_a_closed_quarter_stays(wave):
    found = flooded(wave)
    close_quarter(wave.area, quarter=Quarter.of(flooding.yesterday()), by=staff("analyst", Role.BOARD_ANALYST))
    with pytest.raises(ValidationError, match="is closed"):
        put_aside(Flood.objects.get(), because=WHY, by=flooding.officer(wave.area))
    assert statuses(found) == {"coded"}


def test_what_is_erased_already_could_not_be_counted_again_so_it_stays(wave):
    found = flooded(wave)
    Response.objects.filter(pk=found[0].pk).update(status="erased", came_openly=True)
    with pytest.raises(ValidationError, match="erased already"):
        put_aside(Flood.objects.get(), because=WHY, by=flooding.officer(wave.area))


def test_a_wave_of_all_areas_is_closed_and_not_put_aside():
    wave = asking.open_wave()
    Wave.objects.filter(pk=wave.pk).update(area=None)
    wave.refresh_from_db()
    with pytest.raises(ValidationError, match="of all areas"):
        put_aside(flooding.flood(wave), because=WHY, by=staff("everywhere", Role.PARTICIPATION_OFFICER))


def test_what_was_found_plausible_is_noticed_again_when_it_doubles(wave):
    flooded(wave, on=timezone.localdate())
    find_plausible(Flood.objects.get(), because="A school day.", by=flooding.officer(wave.area))
    flooding.answers(wave, 30)
    sweep()
    assert Flood.objects.get().status == "plausible"
    flooding.answers(wave, 20)
    sweep()
    assert Flood.objects.get().status == "noticed"


def test_a_quarter_closes_only_once_somebody_has_looked(wave):
    flood = flooding.flood(wave)
    quarter = Quarter.of(flood.day)
    with pytest.raises(ValidationError, match="than is plausible"):
        check_floods_are_looked_at(wave.area, quarter)
    check_floods_are_looked_at(wave.area, quarter.previous())
    check_floods_are_looked_at(asking.area(), quarter)
    find_plausible(flood, because="A school.", by=flooding.officer(wave.area))
    check_floods_are_looked_at(wave.area, quarter)


def test_an_area_merges_only_once_it_is_decided(wave):
    flood = flooding.flood(wave)
    for _ in range(2):
        with pytest.raises(ValidationError, match="not decided"):
            check_nothing_is_undecided(wave.area)
        if flood.status == "noticed":
            put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    leave_out(flood, because=WHY, by=flooding.second(wave.area))
    check_nothing_is_undecided(wave.area)


def test_turnout_counts_them_no_more_and_other_parts_keep_their_step(wave):
    team = asking.service(wave.area)
    days_before(wave, 2, 3, 4)
    week = timezone.localdate() - timedelta(days=9)
    flooding.answers(wave, 50, on=week)
    kept = flooding.answers(wave, 12, on=week, way=Way.CARD, place=Place.of(wave.area, team))
    sweep()
    assert wave.turnout.get(line=Turnout.Line.WHOLE).answered == 60
    Response.objects.filter(pk__in=[one.pk for one in kept[:6]]).delete()
    put_aside(flooding.flood(wave, day=week), because=WHY, by=flooding.officer(wave.area))
    sweep()
    assert wave.turnout.get(line=Turnout.Line.WHOLE).answered == 5
    assert wave.turnout.get(line=Turnout.Line.SERVICE, service=team).answered == 10


def test_administrators_are_told_until_somebody_looked_and_when_nobody_decides(wave):
    def troubles():
        return {one.code for one in floods_watched() if one.trouble}

    assert troubles() == set()
    flood = flooding.flood(wave)
    assert troubles() == {"floods_to_look_at"}
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    assert troubles() == set()
    assert {one.code for one in floods_watched(timezone.localdate() + timedelta(days=8)) if one.trouble} == {
        "floods_put_aside"
    }
    assert not any(wave.name in one.says + one.trouble for one in floods_watched())


def test_daily_numbers_go_with_the_wave(wave):
    flooded(wave)
    assert forget_open_days() == 0
    long_ago = timezone.localdate() - timedelta(days=90)
    Wave.objects.filter(pk=wave.pk).update(status="closed", opened_on=long_ago, closed_on=long_ago)
    assert forget_open_days() == 4
    assert Flood.objects.exists()


def test_noticing_costs_one_query_where_nothing_came(wave, django_assert_num_queries):
    flooded(wave)
    with django_assert_num_queries(1):
        notice_floods()


def test_a_late_delivery_of_the_same_response_is_not_counted_twice(wave):
    key = uuid.uuid4()
    arrives(wave, "a", key=key)
    sweep()
    arrives(wave, "a", key=key)
    sweep()
    assert OpenDay.objects.get().answered == 1
