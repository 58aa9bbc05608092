"""More answers by an open link than is plausible: noticed, put aside by one person, decided on by another."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import close_quarter, sweep
from feedback.anonymisation.erasing import erase_left_out, erase_old_answers, old_but_undecided
from feedback.anonymisation.flood_actions import count_after_all, leave_out, put_aside
from feedback.anonymisation.flood_noticing import notice_floods
from feedback.anonymisation.floods import Flood
from feedback.anonymisation.models import CodedResponse, Comment, CommentLink, Linkage
from feedback.disclosure.blocks import Quarter
from feedback.safeguarding.actions import finish_reading
from feedback.safeguarding.models import Concern, Reading
from surveys.fieldwork.open_days import OpenDay, add_to_days
from surveys.frame.models import Stratum
from surveys.instrument.promises import Way
from surveys.responses.actions import look_up, withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking, flooding
from tests.factories.answering import WORRY
from tests.factories.flooding import counted, days_before, flooded, statuses
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
WHY = "No school knows of it."


@pytest.fixture
def wave():
    return asking.open_wave()


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
