"""By when a worry is due: in the words of the desk, and as nothing finer than a day in the database."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.safeguarding.actions import finish_reading, screen_waiting
from feedback.safeguarding.calling import call
from feedback.safeguarding.clock import Clocks, due_at, last_day_in_time, start_clocks
from feedback.safeguarding.goal_actions import overdue_goals
from feedback.safeguarding.models import Concern
from feedback.safeguarding.reading import how_many_unread
from feedback.safeguarding.screening import Severity
from surveys.frame.actions import change_area
from surveys.frame.models import Area
from surveys.responses.models import Response
from surveys.responses.together import Goal
from surveys.responses.together_actions import set_goal
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.licensed import card, worker
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
# A Tuesday at ten; in November the clock on the wall is that of UTC.
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def area():
    return asking.area("here")


def raised(area, severity, *, on, **fields):
    made = Concern.objects.create(
        response_key=fields.pop("key", None) or uuid.uuid4(), area=area, severity=severity,
        raised_on=on, **fields,
    )  # fmt: skip
    return Concern.objects.select_related("area").get(pk=made.pk)


def words(concern, now):
    concern.refresh_from_db()
    return Clocks([concern], now).of(concern)


def test_now_is_due_in_minutes_while_nobody_has_looked_and_then_on_that_day(area):
    concern = raised(area, "now", on=TUESDAY.date())
    assert "starts within a minute" in words(concern, TUESDAY).words
    call(now=TUESDAY)
    assert words(concern, TUESDAY).words == "Due by 10:30 today."
    late = words(concern, TUESDAY + 31 * MINUTE)
    assert late.is_overdue
    assert late.words == "Overdue: nobody has looked in time."
    Concern.objects.update(status="seen")
    assert words(concern, TUESDAY + 31 * MINUTE).words == "Due by the end of today."
    assert words(concern, TUESDAY + DAY).words == "Overdue since Tuesday 24 November."


def test_what_is_soon_is_due_a_working_day_later(area):
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)
    concern = raised(area, "soon", on=friday.date())
    call(now=friday)
    assert words(concern, friday).words == "Due by Monday 30 November."
    assert words(concern, friday + 4 * DAY).is_overdue


def test_the_bank_holidays_are_those_of_the_nation(area):
    area.nation = "SCT"
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert due_at(area, Severity.SOON, friday) == datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "now_due"),
    [
        # A quarter to one on the nights on which one o'clock is two, and two o'clock is one.
        (datetime(2026, 3, 29, 0, 45, tzinfo=UTC), "02:15"),
        (datetime(2026, 10, 25, 0, 45, tzinfo=UTC), "01:15"),
    ],
)
def test_half_an_hour_is_half_an_hour_when_the_clock_changes(area, since, now_due):
    concern = raised(area, "now", on=since.date())
    call(now=since)
    assert words(concern, since).words == f"Due by {now_due} today."


def test_what_is_raised_again_more_urgently_gets_a_new_day(area):
    wave = asking.open_wave(of=area)
    response = arrives(wave, "he hits me when he is drunk")
    screen_waiting()
    start_clocks(TUESDAY)
    assert Concern.objects.get().due_on == TUESDAY.date()
    Response.objects.filter(pk=response.pk).update(status=Response.Status.RECEIVED)
    screen_waiting()
    assert Concern.objects.get().due_on is None


def test_a_clock_that_runs_is_not_started_again(area):
    concern = raised(area, "soon", on=TUESDAY.date())
    assert start_clocks(TUESDAY) == 1
    assert start_clocks(TUESDAY + 3 * DAY) == 0
    concern.refresh_from_db()
    assert concern.due_on == date(2026, 11, 25)


def test_the_most_urgent_and_then_what_is_due_first_stands_first(area):
    today = TUESDAY.date()
    later = raised(area, "soon", on=today, due_on=today + DAY)
    overdue = raised(area, "soon", on=today - 5 * DAY, due_on=today - 3 * DAY)
    urgent = raised(area, "now", on=today, due_on=today)
    assert list(Concern.objects.waiting()) == [urgent, overdue, later]


def test_ten_thousand_at_once_take_as_many_queries_as_one(area):
    def queries(many):
        Concern.objects.bulk_create(
            Concern(response_key=uuid.uuid4(), area=area, severity="soon", raised_on=TUESDAY.date())
            for _ in range(many)
        )
        with CaptureQueriesContext(connection) as found:
            start_clocks(TUESDAY)
            page = list(Concern.objects.waiting().select_related("area", "holder")[:25])
            clocks = Clocks(page, TUESDAY)
            assert [clocks.of(one) for one in page]
        return len(found)

    assert queries(1) == queries(9_999)


def test_an_area_is_quicker_than_the_floor_and_never_slower(area):
    administrator = staff("admin", Role.ADMINISTRATOR, area=area)
    change_area(area, {"now_minutes": 10, "now_manager_minutes": 20, "soon_hours": 4}, by=administrator)
    area.refresh_from_db()
    assert due_at(area, Severity.NOW, TUESDAY) == TUESDAY + 10 * MINUTE
    for weaker in (
        {"now_minutes": 61},
        {"soon_hours": 9},
        {"soon_hours": 8, "closes_at": time(13)},
        {"closes_at": time(10)},
        {"closes_at": time(8)},
        {"now_deputy_minutes": 31},
        {"now_manager_minutes": 15},
        {"soon_manager_hours": 4},
        {"nation": "FRA"},
    ):
        with pytest.raises(ValidationError):
            change_area(area, weaker, by=administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.update(soon_hours=9)


def test_unread_texts_are_overdue_when_they_are_older_than_a_working_day(area):
    lead, wave = staff("ann", Role.SAFEGUARDING_LEAD, area=area), asking.open_wave(of=area)
    old, edge, fresh = (arrives(wave, f"we played uno {n}") for n in "abc")
    screen_waiting()
    today = timezone.localdate()
    in_time = last_day_in_time("ENG", today)
    for response, day in ((old, in_time - DAY), (edge, in_time), (fresh, today)):
        Response.objects.filter(pk=response.pk).update(received_on=day)
    found = how_many_unread(lead)
    assert (found.texts, found.overdue, found.oldest) == (3, 1, in_time - DAY)
    assert "1 is overdue: older than one working day." in found.in_words
    finish_reading(old.pk, is_worrying=False, by=lead)
    assert how_many_unread(lead).overdue == 0


def test_a_goal_is_overdue_when_it_is_older_than_a_working_day(area, client):
    lead, held, today = staff("ann", Role.SAFEGUARDING_LEAD, area=area), card(area), timezone.localdate()
    for _ in range(3):
        set_goal(held.pk, words="a bike", language="en", sent_as=uuid.uuid4(), by=worker(area))
    in_time = last_day_in_time("ENG", today)
    for number, day in ((1, in_time - DAY), (2, in_time), (3, today)):
        Goal.objects.filter(number=number).update(set_on=day)
    assert overdue_goals(by=lead) == 1
    desk = at_desk(client, lead)
    assert "1 of them is overdue: older than one working day." in desk.get(reverse("desk:texts")).content.decode()
    assert "3 goals of families wait to be read; 1 overdue" in desk.get(reverse("wagtailadmin_home")).content.decode()
    Goal.objects.update(read_on=today)
    assert overdue_goals(by=lead) == 0
