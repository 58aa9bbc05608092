"""Response rates: stored with a release as they may be said, with their denominator, or that nobody knows it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.disclosure.periods import Period, Quarter
from feedback.releases.asked import NOT_KNOWN, asked_of
from feedback.releases.counting_asked import asked_in
from feedback.releases.missing import missing_from
from feedback.releases.models import Release
from feedback.releases.response_rates import ResponseRate
from surveys.fieldwork.actions import invite
from surveys.fieldwork.models import Wave
from surveys.frame.models import Stratum
from surveys.instrument.wording import Audience, Voice
from tests.factories import asking
from tests.factories.listening import coded
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db


def counted(area, children, audience="AGE_8_11", **fields):
    return Stratum.objects.create(
        area=area, audience=audience, children=children, source="Case system", counted_on=date(2025, 1, 31), **fields
    )


def wave(edition, area, *, opened=date(2025, 1, 5), closed=date(2025, 3, 1), **fields):
    made = asking.open_wave(edition=edition, of=area, **fields)
    Wave.objects.filter(pk=made.pk).update(opened_on=opened, closed_on=closed, status="closed" if closed else "open")
    return Wave.objects.get(pk=made.pk)


def overall(one):
    return next(asked for asked in asked_of(one) if asked.voice is Voice.CHILD and not asked.audience)


def released(area, edition, n=40, **fields):
    coded(edition, area, quarter="2025Q1", n=n, **fields)
    (published,) = release(area)
    return published


def test_a_response_rate_has_its_denominator_source_and_day(area, edition):
    counted(area, 122)
    wave(edition, area)
    asked = overall(released(area, edition))
    assert (asked.answered, asked.asked, asked.percent) == (40, 120, 32)
    assert asked.in_words == "40 answered of 120 or a few more people who could be asked, at least 32 in 100."
    assert asked.where_from == "Case system, 31 January 2025"
    assert "Fewer than half" in asked.meaning


def test_without_a_count_nobody_knows(area, edition):
    wave(edition, area)
    asked = overall(released(area, edition))
    assert asked.in_words == NOT_KNOWN
    assert asked.percent is None


def test_a_release_of_answers_from_elsewhere_says_so_too(area):
    edition = asking.edition(of=area, kind="imported")
    published = released(area, edition)
    assert [asked.in_words for asked in asked_of(published)] == [NOT_KNOWN]


def test_a_denominator_smaller_than_the_answers_says_so_and_gives_no_share(area, edition):
    counted(area, 30)
    wave(edition, area)
    asked = overall(released(area, edition))
    assert asked.in_words == "40 answered: more than the 30 people who could be asked by our count."
    assert asked.percent is None
    assert "no share" in asked.meaning


def test_that_nearly_all_answered_is_never_said(area, edition):
    counted(area, 42)
    wave(edition, area)
    asked = overall(released(area, edition))
    assert asked.asked is None
    assert asked.percent == 83
    assert "nobody can tell who did not answer" in asked.in_words


def test_a_count_of_few_gives_no_share_and_is_not_told(area, edition):
    counted(area, 9)
    wave(edition, area)
    assert overall(released(area, edition)).asked is None


def test_cards_are_the_denominator_where_they_are_the_only_way_in(area, edition):
    one = asking.open_wave(edition=edition, of=area, needs_card=True)
    invite(
        one,
        cards=80,
        area=area,
        expires_on=timezone.localdate() + timedelta(days=9),
        by=staff("printer", Role.PARTICIPATION_OFFICER),
    )
    Wave.objects.filter(pk=one.pk).update(opened_on=date(2025, 1, 5))
    asked = overall(released(area, edition))
    assert (asked.asked, asked.basis) == (80, ResponseRate.Basis.CARDS)
    assert "of 80 or a few more cards that were made" in asked.in_words


def test_two_waves_at_once_that_may_ask_the_same_child_are_not_added_up(area, edition):
    counted(area, 200)
    wave(edition, area)
    wave(edition, area)
    assert overall(released(area, edition)).in_words == NOT_KNOWN


def test_waves_one_after_another_ask_twice(area, edition):
    counted(area, 100)
    wave(edition, area, closed=date(2025, 1, 31))
    wave(edition, area, opened=date(2025, 2, 1))
    assert overall(released(area, edition)).asked == 200


def test_waves_of_two_teams_are_added_up(area, edition):
    for code in ("visits", "fostering"):
        team = asking.service(area, code)
        counted(area, 60, service=team)
        wave(edition, area, service=team)
    assert overall(released(area, edition)).asked == 120


def test_a_wave_that_nobody_answered_counts_among_those_asked(area, edition):
    counted(area, 100)
    counted(area, 300, audience="AGE_12_17")
    wave(edition, area)
    wave(asking.edition(of=area, audience=Audience.AGE_12_17), area)
    assert overall(released(area, edition)).asked == 400


def test_only_groups_that_are_shown_have_a_rate(area, edition):
    older = asking.edition(of=area, audience=Audience.AGE_12_17)
    for one, audience, children in ((edition, "AGE_8_11", 200), (older, "AGE_12_17", 90)):
        counted(area, children, audience=audience)
        wave(one, area)
    coded(older, area, quarter="2025Q1", n=9, audience="AGE_12_17")
    published = released(area, edition, n=60)
    groups = set(ResponseRate.objects.values_list("audience", flat=True))
    assert "AGE_12_17" not in groups
    assert overall(published).asked == 290


def test_children_and_parents_are_two_voices(area, edition):
    parents = asking.edition(of=area, audience=Audience.PARENT_CARER)
    coded(parents, area, quarter="2025Q1", n=30, audience="PARENT_CARER")
    published = released(area, edition)
    assert [asked.voice for asked in asked_of(published) if not asked.audience] == [Voice.CHILD, Voice.PARENT]
    assert {asked.answered for asked in asked_of(published) if not asked.audience} == {40, 30}


def test_a_wave_of_all_areas_leaves_it_open_how_many_were_asked_here(area, edition):
    counted(area, 122)
    wave(edition, area)
    Wave.objects.filter(pk=wave(edition, area).pk).update(area=None)
    assert overall(released(area, edition)).in_words == NOT_KNOWN


def test_an_area_that_became_part_of_another_is_asked_there(area, edition):
    old = asking.area("old")
    for place in (area, old):
        counted(place, 100)
        wave(edition, place)
    old.merged_into = area
    old.save()
    assert overall(released(area, edition)).asked == 200


def test_answers_that_came_from_a_file_belong_to_the_wave_they_were_loaded_into(area, edition):
    counted(area, 122)
    wave(edition, area, opened=date(2026, 1, 5), closed=None)
    assert overall(released(area, edition)).asked == 120


def test_how_many_areas_there_are_makes_no_more_queries(area, edition, django_assert_max_num_queries):
    areas = [area, *(asking.area(f"area-of-{number}") for number in range(5))]
    for place in areas:
        counted(place, 100)
        wave(edition, place)
    quarter = Quarter.parse("2025Q1")
    with django_assert_max_num_queries(4):
        asked = asked_in(areas, Period(quarter, quarter))
    assert asked["AGE_8_11"].people == 600


def test_what_was_said_stays_when_a_newer_count_comes(area, edition):
    counted(area, 122)
    wave(edition, area)
    published = released(area, edition)
    Stratum.objects.update(children=400)
    assert overall(published).asked == 120


def test_all_areas_together_are_known_when_each_of_them_is(area, edition):
    south = asking.area("south")
    for place in (area, south):
        counted(place, 100)
        wave(edition, place)
        coded(edition, place, quarter="2025Q1", n=40)
    national = release(None, Q1)[-1]
    assert national.area is None
    assert overall(national).asked == 200


def test_a_block_of_two_quarters_has_one_rate(area, edition):
    counted(area, 122)
    wave(edition, area, closed=None)
    coded(edition, area, quarter="2025Q1", n=10)
    coded(edition, area, quarter="2025Q2", n=20)
    (published,) = release(area, Q2)
    assert overall(published).period == "January 2025 to June 2025"
    assert overall(published).answered == 30


def test_who_is_missing_is_named_by_age_step_and_team_and_never_by_how_many(area, edition):
    for code in ("plan", "leaving"):
        asking.stage(code)
    asking.service(area, "visits")
    asking.service(area, "fostering")
    counted(area, 90, audience="CARE_LEAVER")
    coded(edition, area, quarter="2025Q1", n=3, stage="leaving")
    published = released(area, edition, n=60)
    (silence,) = missing_from(published).silences
    assert silence.voice is Voice.CHILD
    assert [one.who for one in silence.audiences] == ["4 and 5 year olds", "Care leavers"]
    assert "Leaving" in [one.who for one in silence.stages]
    assert "Fostering" in [one.who for one in silence.services]
    assert not any(sign.isdigit() for one in (*silence.stages, *silence.services) for sign in one.because)


def test_nobody_and_a_few_are_said_alike(area, edition):
    for code in ("plan", "leaving", "looked-after"):
        asking.stage(code)
    coded(edition, area, quarter="2025Q1", n=3, stage="leaving")
    (silence,) = missing_from(released(area, edition, n=60)).silences
    because = {one.who: one.because for one in silence.stages}
    assert because["Leaving"] == because["Looked-After"]


def test_what_many_did_not_want_to_say_is_a_finding(area, edition):
    published = released(
        area, edition, n=60, answers=lambda die: {"listened": die.choice(["yes", "rather_not_say", "no"])}
    )
    (unsaid,) = missing_from(published).unsaid
    assert unsaid.question == "listened"
    assert unsaid.rather_not_say.percent.isdigit()


def test_an_empty_release_misses_nobody_by_name(area, edition):
    empty = Release.objects.create(code="empty", area=area, quarter="2025Q1", rules={})
    assert missing_from(empty, known=[]).silences == ()
    assert asked_of(empty) == []
