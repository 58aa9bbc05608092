"""More answers by an open link than is plausible: noticed, put aside by one person, decided on by another."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import PERMISSIONS, Role
from feedback.anonymisation.actions import close_quarter, sweep
from feedback.anonymisation.erasing import erase_left_out, erase_old_answers, old_but_undecided
from feedback.anonymisation.flood_actions import count_after_all, find_plausible, leave_out, put_aside
from feedback.anonymisation.flood_noticing import notice_floods
from feedback.anonymisation.flood_policies import check_floods_are_looked_at, check_nothing_is_undecided
from feedback.anonymisation.flood_watching import floods_watched, forget_open_days
from feedback.anonymisation.floods import DECIDE_ASIDE, PUT_ASIDE, Flood
from feedback.anonymisation.models import CodedResponse, Comment, CommentLink, Linkage
from feedback.disclosure.blocks import Quarter
from feedback.safeguarding.actions import finish_reading
from feedback.safeguarding.models import Concern, Reading
from surveys.fieldwork.models import Turnout, Wave
from surveys.fieldwork.open_days import OpenDay, add_to_days
from surveys.frame.models import Stratum
from surveys.instrument.promises import Way
from surveys.responses.actions import Place, look_up, withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking, flooding
from tests.factories.answering import WORRY, arrives
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
WHY = "No school knows of it."


@pytest.fixture
def wave():
    return asking.open_wave()


def days_before(wave, *many):
    today = timezone.localdate()
    for back, answered in enumerate(many, start=2):
        OpenDay.objects.create(wave=wave, day=today - timedelta(days=back), answered=answered, is_looked_at=True)


def flooded(wave, many=45, *, on=None):
    """A wave that usually gets a few, on a day on which many came."""
    days_before(wave, 2, 3, 4)
    found = flooding.answers(wave, many, on=on or flooding.yesterday())
    sweep()
    return found


def statuses(responses):
    return set(Response.objects.filter(pk__in=[one.pk for one in responses]).values_list("status", flat=True))


def counted(wave):
    return CodedResponse.objects.counted().filter(area=wave.area).count()


def test_a_flood_is_noticed_and_counted_until_somebody_puts_it_aside(wave):
    found = flooded(wave)
    flood = Flood.objects.get()
    assert (flood.wave, flood.day, flood.status, flood.at_least) == (wave, flooding.yesterday(), "noticed", 40)
    assert statuses(found) == {"coded"}
    assert counted(wave) == 45


def test_a_class_at_one_address_is_neither_noticed_nor_put_aside(wave):
    found = flooded(wave, 40)
    assert not Flood.objects.exists()
    assert statuses(found) == {"coded"}


def test_a_school_is_noticed_and_nothing_happens_to_its_answers(wave):
    Stratum.objects.create(area=wave.area, audience="AGE_8_11", children=90, counted_on=date(2026, 1, 1), source="x")
    found = flooding.answers(wave, 60, on=flooding.yesterday())
    sweep()
    assert Flood.objects.get().status == "noticed"
    assert statuses(found) == {"coded"}


def test_what_did_not_come_openly_is_no_flood(wave):
    days_before(wave, 2, 3, 4)
    flooding.answers(wave, 30, way=Way.CARD)
    flooding.answers(wave, 30, way=Way.PAPER)
    flooding.answers(wave, 2, way=Way.POSTER)
    sweep()
    assert not Flood.objects.exists()
    assert OpenDay.objects.get(day=timezone.localdate()).answered == 2


def test_each_answer_is_counted_for_its_day_once(wave):
    flooding.answers(wave, 3)
    sweep()
    sweep()
    assert OpenDay.objects.get().answered == 3
    # Taking one back changes no number: a number that falls would tell of it.
    assert withdraw(receipt_of(flooding.answers(wave, 1)[0].pk), wave=wave)
    sweep()
    assert OpenDay.objects.get().answered == 3


def test_more_answers_than_people_are_noticed_though_few_came_each_day(wave):
    Stratum.objects.create(area=wave.area, audience="AGE_8_11", children=60, counted_on=date(2026, 1, 1), source="x")
    days_before(wave, 20, 20, 19)
    add_to_days([(wave.pk, timezone.localdate())] * 12)
    assert notice_floods() == 1
    assert Flood.objects.get().why == "together"


def test_putting_aside_takes_out_of_every_figure_what_came_openly_that_day_and_nothing_else(wave):
    days_before(wave, 2, 3, 4)
    openly = flooding.answers(wave, 50, on=flooding.yesterday())
    by_card = flooding.answers(wave, 3, way=Way.CARD, on=flooding.yesterday())
    today = flooding.answers(wave, 4)
    sweep()
    assert counted(wave) == 57
    put_aside(Flood.objects.get(), because=WHY, by=flooding.officer(wave.area))
    assert statuses(openly) == {"aside"}
    assert statuses(by_card) == statuses(today) == {"coded"}
    assert counted(wave) == 7
    assert not Linkage.objects.filter(response_key__in=[one.pk for one in openly]).exists()
    sweep()
    assert counted(wave) == 7


def test_what_comes_later_on_a_day_put_aside_is_aside_as_well(wave):
    flooded(wave, on=timezone.localdate())
    flood = Flood.objects.get()
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    late = flooding.answers(wave, 5)
    by_card = flooding.answers(wave, 1, way=Way.CARD)
    sweep()
    assert statuses(late) == {"aside"}
    assert statuses(by_card) == {"coded"}
    flood.refresh_from_db()
    assert flood.at_least == 50


def test_a_child_in_danger_among_them_reaches_a_person(wave):
    days_before(wave, 2, 3, 4)
    flooding.answers(wave, 45, on=flooding.yesterday())
    child = flooding.answers(wave, 1, on=flooding.yesterday(), given={"words": WORRY})[0]
    sweep()
    assert statuses([child]) == {"held"}
    put_aside(Flood.objects.get(), because=WHY, by=flooding.officer(wave.area))
    after = flooding.answers(wave, 1, on=flooding.yesterday(), given={"words": WORRY})[0]
    sweep()
    assert {concern.response_key for concern in Concern.objects.all()} == {child.pk, after.pk}
    # Once a lead has finished with it, it is aside like the others.
    Concern.objects.update(status=Concern.Status.CLOSED)
    Response.objects.filter(status="held").update(status="cleared")
    sweep()
    assert statuses([child, after]) == {"aside"}


def test_a_lead_reads_what_is_aside_and_its_receipt_opens(wave):
    days_before(wave, 2, 3, 4)
    flooding.answers(wave, 45, on=flooding.yesterday())
    child = flooding.answers(wave, 1, on=flooding.yesterday(), given={"words": "she came every week"})[0]
    sweep()
    put_aside(Flood.objects.get(), because=WHY, by=flooding.officer(wave.area))
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    assert finish_reading(child.pk, is_worrying=False, by=lead)
    kept = look_up(receipt_of(child.pk), wave=wave)
    assert kept.is_read
    assert not kept.is_erased
    # Nothing of it is made for a moderator, however often the sweep comes by.
    sweep()
    assert not Comment.objects.exists()
    assert withdraw(receipt_of(child.pk), wave=wave)
    sweep()
    assert not Response.objects.filter(pk=child.pk).exists()


def test_comments_of_what_is_put_aside_go_and_come_again_to_be_decided_on(wave):
    days_before(wave, 2, 3, 4)
    flooding.answers(wave, 45, on=flooding.yesterday())
    child = flooding.answers(wave, 1, on=flooding.yesterday(), given={"words": "she came every week"})[0]
    sweep()
    Reading.objects.create(response_key=child.pk, by=staff("lead", Role.SAFEGUARDING_LEAD), on=timezone.localdate())
    sweep()
    assert CommentLink.objects.filter(response_key=child.pk).exists()
    flood = Flood.objects.get()
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    assert not Comment.objects.exists()
    count_after_all(flood, because="A school wrote.", by=flooding.second(wave.area))
    sweep()
    assert CommentLink.objects.filter(response_key=child.pk).exists()


def test_a_second_person_lets_them_count_and_they_are_the_same(wave):
    found = flooded(wave)
    before = set(CodedResponse.objects.values_list("record_key", "quarter"))
    flood = Flood.objects.get()
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    count_after_all(flood, because="The school wrote to us.", by=flooding.second(wave.area))
    sweep()
    assert statuses(found) == {"coded"}
    assert set(CodedResponse.objects.values_list("record_key", "quarter")) == before
    # What comes of that day now is counted too.
    late = flooding.answers(wave, 1, on=flooding.yesterday())
    sweep()
    assert statuses(late) == {"coded"}
    assert [step.status for step in flood.steps.all()] == ["aside", "counted"]


def test_where_the_quarter_closed_meanwhile_they_count_in_the_next(wave):
    before = Quarter.of(timezone.localdate()).previous()
    day = date(before.year, 3 * before.number - 2, 1)
    found = flooding.answers(wave, 45, on=day)
    sweep()
    flood = flooding.flood(wave, day=day)
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    analyst = staff("analyst", Role.BOARD_ANALYST, area=wave.area)
    close_quarter(wave.area, quarter=before, by=analyst)
    count_after_all(flood, because="A school wrote.", by=flooding.second(wave.area))
    sweep()
    assert statuses(found) == {"coded"}
    assert set(CodedResponse.objects.values_list("quarter", flat=True)) == {str(before.next())}


def test_a_second_person_leaves_them_out_and_they_are_kept_and_then_erased_as_any_other(wave):
    found = flooded(wave)
    flood = Flood.objects.get()
    put_aside(flood, because=WHY, by=flooding.officer(wave.area))
    leave_out(flood, because="Nobody knows of it.", by=staff("checker", Role.OUTPUT_CHECKER, area=wave.area))
    sweep()
    assert statuses(found) == {"left_out"}
    assert counted(wave) == 0
    assert erase_left_out() == 0
    Response.objects.update(received_on=timezone.localdate() - timedelta(days=60))
    assert erase_old_answers() == 0
    assert erase_left_out() == 45
    assert statuses(found) == {"erased"}


def test_what_nobody_decided_on_is_never_erased(wave):
    found = flooded(wave)
    put_aside(Flood.objects.get(), because=WHY, by=flooding.officer(wave.area))
    Response.objects.update(received_on=timezone.localdate() - timedelta(days=60))
    assert erase_old_answers() == erase_left_out() == 0
    assert old_but_undecided() == 45
    assert statuses(found) == {"aside"}


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
