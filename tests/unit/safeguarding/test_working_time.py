"""Working time against an oracle that looks at every minute."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedback.safeguarding.working_time import (
    LONDON,
    WorkingHours,
    after_working_minutes,
    bank_holidays,
    is_weekday,
    working_days_after,
    working_days_back,
    working_minutes_between,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OFFICE = WorkingHours(time(9), time(17), bank_holidays("ENG"))
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def at(*parts):
    return datetime(*parts, tzinfo=LONDON)


# Around Easter, both changes of the clock, and Christmas.
STARTS = [at(2026, 3, 26), at(2026, 10, 22), at(2026, 12, 23)]
moments = st.tuples(st.sampled_from(STARTS), st.integers(0, 14 * 24 * 60)).map(
    lambda drawn: drawn[0].astimezone(UTC) + drawn[1] * MINUTE
)
offices = st.tuples(st.integers(0, 11), st.integers(12, 23)).map(
    lambda hours: WorkingHours(time(hours[0]), time(hours[1], 30), bank_holidays("ENG"))
)


def is_open(moment, hours):
    """By the clock on the wall, without any arithmetic."""
    local = moment.astimezone(LONDON)
    is_working = local.weekday() < 5 and local.date() not in bank_holidays("ENG")
    return is_working and hours.opens <= local.time() < hours.closes


def counted(start, end, hours):
    passed, moment = 0, start
    while moment < end:
        passed += is_open(moment, hours)
        moment += MINUTE
    return passed


@settings(max_examples=40, deadline=None)
@given(moments, st.integers(0, 4 * 24 * 60), offices)
@example(at(2026, 3, 27, 16), 3 * 24 * 60, OFFICE)
@example(at(2026, 10, 23, 16), 3 * 24 * 60, OFFICE)
@example(at(2026, 4, 2, 16), 6 * 24 * 60, OFFICE)
def test_working_minutes_are_those_that_are_counted_one_by_one(start, minutes, hours):
    start = start.astimezone(UTC)
    end = start + minutes * MINUTE
    assert working_minutes_between(start, end, hours) == counted(start, end, hours)


@settings(max_examples=80, deadline=None)
@given(moments, st.integers(1, 3000), offices)
def test_what_is_due_after_some_minutes_is_the_first_moment_at_which_they_have_passed(start, minutes, hours):
    due = after_working_minutes(start, minutes, hours)
    assert working_minutes_between(start, due, hours) == minutes
    assert working_minutes_between(start, due - MINUTE, hours) == minutes - 1


@given(moments)
def test_nothing_is_added_by_no_minutes(start):
    assert after_working_minutes(start, 0, OFFICE) == start


@given(moments, offices)
def test_an_office_is_open_when_the_clock_on_the_wall_says_so(moment, hours):
    assert hours.is_open(moment) == is_open(moment, hours)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # Within a day, over a night, over a weekend.
        (at(2026, 11, 24, 10), at(2026, 11, 25, 10)),
        (at(2026, 11, 24, 20), at(2026, 11, 25, 17)),
        (at(2026, 11, 27, 16), at(2026, 11, 30, 16)),
        # Over Good Friday and Easter Monday, and over Christmas and the substitute of Boxing Day.
        (at(2026, 4, 2, 16), at(2026, 4, 7, 16)),
        (at(2026, 12, 24, 12), at(2026, 12, 29, 12)),
        # Over both changes of the clock: it is the hour on the wall that stays.
        (at(2026, 3, 27, 12), at(2026, 3, 30, 12)),
        (at(2026, 10, 23, 12), at(2026, 10, 26, 12)),
    ],
)
def test_a_working_day_later_is_the_same_hour_of_the_next_working_day(start, due):
    assert after_working_minutes(start, 8 * 60, OFFICE) == due


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_the_days_on_which_the_clock_changes_have_another_number_of_minutes(day, hours):
    always = WorkingHours(time(0), time(23, 59), frozenset())
    before, after = (datetime.combine(one, time(0), tzinfo=LONDON) for one in (day, day + DAY))
    assert (after.astimezone(UTC) - before.astimezone(UTC)) == timedelta(hours=hours)
    # A Sunday: the office is shut, so neither an hour is lost nor won.
    assert working_minutes_between(before, after, always) == 0


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        (date(2026, 4, 6), {"ENG", "WLS", "NIR"}),  # Easter Monday
        (date(2026, 1, 2), {"SCT"}),
        (date(2026, 3, 17), {"NIR"}),
        (date(2026, 11, 30), {"SCT"}),
        (date(2026, 12, 28), {"ENG", "WLS", "SCT", "NIR"}),  # instead of Boxing Day
    ],
)
def test_each_nation_has_its_own_bank_holidays(day, nations):
    assert {nation for nation in ("ENG", "WLS", "SCT", "NIR") if day in bank_holidays(nation)} == nations


def test_an_office_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="opens before"):
        WorkingHours(time(17), time(9))


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 30))
def test_the_earliest_day_that_is_so_old_is_so_old_and_the_day_before_is_older(today, days):
    day = working_days_back(today, days, is_weekday)
    assert working_days_after(day, today, is_weekday) <= days
    assert working_days_after(day - DAY, today, is_weekday) == days + 1 or not is_weekday(day)
