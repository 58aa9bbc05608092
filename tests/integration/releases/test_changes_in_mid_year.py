"""What changes while a year runs: editions, areas, names, the clock, and answers that come late or are taken back."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from unittest.mock import patch

import pytest
from django.db import connection, connections
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.actions import code_cleared, erase_withdrawn
from feedback.anonymisation.models import CodedResponse, Linkage
from feedback.disclosure.blocks import Quarter
from feedback.releases import actions
from feedback.releases.audit import what_could_be_worked_out
from feedback.releases.models import BlockTally, ClosedGroup, CountedName, Release
from feedback.releases.service_information import service_information
from feedback.releases.tabulation import people, read_cells
from surveys.design.models import Edition
from surveys.frame.models import JourneyStage, Service
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import digest, write
from surveys.responses.models import Withdrawal
from tests.factories import asking
from tests.factories.listening import analyst, coded
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1, Q2, release, rows

pytestmark = pytest.mark.django_db
ITEM = asking.closed_item("listened", "yes", "sometimes", "no")
OTHER_FORM = asking.closed_item("listened", "yes", "no")


def reworded(text):
    return asking.Item(code="listened", kind=ITEM.kind, texts={"en": text}, options=ITEM.options)


def next_edition(of, *items):
    """The survey frozen again, with these items."""
    document = write(asking.instrument(*items))
    return Edition.objects.create(
        survey=of.survey, number=of.number + 1, document=document, digest=digest(document),
        frozen_on=date(2026, 1, 1), frozen_by=of.frozen_by,
    )  # fmt: skip


def say_same(earlier, later, item="listened"):
    said = {"item": item, "earlier": earlier.number, "later": later.number, "is_same": True, "reason": "It is."}
    log(earlier.survey, "design.say_meaning", user=staff("council"), data=said)


def counted(question):
    """How many are behind the frozen tallies of a question."""
    blocks = BlockTally.objects.filter(question=question)
    return sum(people(options) for block in blocks for options in read_cells(block.tallies).values())


@pytest.fixture
def first(area):
    return asking.edition(ITEM, of=area)


def test_a_new_edition_in_mid_quarter_with_other_options_is_a_question_of_its_own(area, first):
    second = next_edition(first, OTHER_FORM)
    coded(first, area, quarter="2025Q1", n=41)
    coded(second, area, quarter="2025Q1", n=33, answers=lambda die: {"listened": die.choice(["yes", "no"])})
    (published,) = release(area)
    bases = {r["question"]: r["base"] for r in rows(published) if r["stage"] == r["service"] == r["audience"] == "all"}
    assert bases == {"listened": "41", "listened~2": "33", "who_was_there": "74"}
    assert (counted("listened"), counted("listened~2"), counted("who_was_there")) == (41, 33, 74)
    asking.open_wave(edition=first, of=area).earlier_editions.add(second)
    asking.open_wave(edition=second, of=area)
    notes = {question.code: question.note for question in service_information(published)}
    assert "asked in another way before" in notes["listened~2"]
    assert "Later it was asked in another way" in notes["listened"]


def test_few_who_were_asked_before_the_break_stay_unseen_and_cannot_be_taken_away(area, first):
    second = next_edition(first, OTHER_FORM)
    coded(first, area, quarter="2025Q1", n=7)
    coded(second, area, quarter="2025Q1", n=40, answers=lambda die: {"listened": "yes"})
    for quarter in ("2025Q2", "2025Q3", "2025Q4"):
        coded(second, area, quarter=quarter, n=25, answers=lambda die: {"listened": "no"})
    published = release(area, Quarter(2025, 4))
    assert not [r for one in published for r in rows(one) if r["question"] == "listened"]
    assert [what_could_be_worked_out(one) for one in published] == [[]] * 4


def test_other_words_that_mean_the_same_go_on_if_the_council_says_so_in_time(area, first):
    second = next_edition(first, reworded("Did they hear you out?"))
    say_same(first, second)
    for edition, n in ((first, 15), (second, 16)):
        coded(edition, area, quarter="2025Q1", n=n)
    (published,) = release(area)
    assert {r["base"] for r in rows(published) if r["question"] == "listened" and r["stage"] == "all"} >= {"31"}


def test_what_the_council_says_after_figures_were_made_counts_nobody_twice(area, first):
    second = next_edition(first, reworded("Did they hear you out?"))
    for edition in (first, second):
        coded(edition, area, quarter="2025Q1", n=25, stage=f"stage-{edition.number}")
    release(area)
    say_same(first, second)
    coded(second, area, quarter="2025Q2", n=26)
    release(area, Q2)
    assert (counted("listened"), counted("listened~2")) == (25, 51)
    assert set(CountedName.objects.values_list("edition__number", "name")) == {(1, "listened"), (2, "listened~2")}


def test_two_who_settle_a_name_differently_cannot_both_store(area, first):
    coded(first, area, quarter="2025Q1", n=30)
    CountedName.objects.create(edition=first, item="listened", name="listened~2")
    plans = actions.Plans()
    CountedName.objects.update(name="listened~3")
    with pytest.raises(NotAllowed, match="Start again"):
        actions.close_area_quarter(area, quarter=Q1, by=analyst(), plans=plans)
    assert not Release.objects.exists()


def linked(responses):
    """The keys by which a respondent finds what was made of their answers."""
    return [Linkage.objects.create(coded=row, response_key=uuid.uuid4()).response_key for row in responses]


def take_back(*keys):
    for key in keys:
        Withdrawal.objects.create(response_key=key, response_digest=key.bytes, withdrawn_on=timezone.localdate())


def stored():
    return list(ClosedGroup.objects.order_by("pk").values_list("respondents", "values", "reason"))


def test_what_is_taken_back_before_closing_is_in_no_figure_and_after_it_changes_none(area, first):
    keys = linked(coded(first, area, quarter="2025Q1", n=40))
    take_back(*keys[:5])
    release(area)
    assert counted("listened") == 35
    before = stored()
    take_back(*keys[5:15])
    assert erase_withdrawn() == 10
    coded(first, area, quarter="2025Q2", n=30)
    release(area, Q2)
    assert stored()[: len(before)] == before
    assert CodedResponse.objects.filter(quarter="2025Q1").count() == 25
    # The breakdowns of the year still rest on those who were in its blocks.
    assert counted("listened") == 65


def in_another_connection(do):
    def done():
        try:
            return do()
        finally:
            connections.close_all()

    return done


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_in_the_second_the_block_closes_is_wholly_before_or_wholly_after(area, first):
    if connection.vendor != "postgresql":
        pytest.skip("Two connections that write at once need PostgreSQL.")
    key = linked(coded(first, area, quarter="2025Q1", n=21))[0]
    close = in_another_connection(lambda: actions.close_area_through(area, until=Q1, by=analyst()))

    def go():
        take_back(key)
        return erase_withdrawn(area=area)

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(close), pool.submit(in_another_connection(go))]
        drafts = next(one.result(timeout=30) for one in done)
    left = CodedResponse.objects.count()
    assert (left, len(drafts)) in {(20, 1), (21, 1)}
    assert counted("listened") in {20, 21}
    erase_withdrawn()
    assert CodedResponse.objects.count() == 20
    assert not Linkage.objects.filter(response_key=key).exists()


@pytest.mark.parametrize("first_withdrawn", [True, False])
def test_whichever_comes_first_the_block_is_counted_whole(area, first, first_withdrawn):
    key = linked(coded(first, area, quarter="2025Q1", n=21))[0]
    steps = [lambda: (take_back(key), erase_withdrawn()), lambda: release(area)]
    for step in steps if first_withdrawn else reversed(steps):
        step()
    assert counted("listened") == (20 if first_withdrawn else 21)
    assert CodedResponse.objects.count() == 20


def test_an_area_that_joins_late_gives_nothing_away_of_itself_or_of_others(area, first):
    south, west = asking.area("south"), asking.area("west")
    for where in (area, south):
        coded(first, where, quarter="2025Q1", n=40)
    release(None)
    late = asking.area("late")
    for where, n in ((area, 40), (south, 33), (west, 21), (late, 12)):
        coded(first, where, quarter="2025Q2", n=n)
    found = release(None, Q2)
    assert "late-2025q2" not in {one.code for one in found}
    for quarter in ("2025Q3", "2025Q4"):
        for where in (area, south, west, late):
            coded(first, where, quarter=quarter, n=30)
        found = release(None, Quarter.parse(quarter))
        assert all(what_could_be_worked_out(one) == [] for one in found)
    assert "late-2025q4" in {one.code for one in found}
    periods = {r["period"] for r in rows(Release.objects.get(code="late-2025q3")) if r["question"] == "listened"}
    assert "2025Q2..2025Q3" in periods


def at(day):
    return patch(
        "django.utils.timezone.now", return_value=timezone.make_aware(datetime.combine(day, datetime.min.time()))
    )


def test_a_clock_set_back_opens_no_closed_quarter_and_closes_none_again(area, first):
    coded(first, area, quarter="2025Q1", n=40)
    release(area)
    before = stored()
    with at(date(2025, 2, 10)):
        with pytest.raises(NotAllowed, match="not over yet"):
            release(area)
        wave = asking.open_wave(edition=first, of=area)
        arrived(wave, on=timezone.localdate())
    assert CodedResponse.objects.get(linkage__isnull=False).quarter == "2025Q2"
    assert release(area) == []
    assert stored() == before


def test_what_a_clock_set_forward_received_waits_for_its_quarter_to_be_over(area, first):
    coded(first, area, quarter="2025Q1", n=40)
    wave = asking.open_wave(edition=first, of=area)
    arrived(wave, on=date(2031, 5, 5))
    release(area)
    assert CodedResponse.objects.get(linkage__isnull=False).quarter == "2031Q2"
    assert counted("listened") == 40


def arrived(wave, *, on):
    """A response that was received on a day, and is past safeguarding."""
    from surveys.responses.actions import Place, new_response, record

    response = new_response(
        uuid.uuid4(), wave=wave, edition=wave.edition, place=Place.of(wave.area), answers={"listened": "no"},
        language="en", helper="alone", on=on,
    )  # fmt: skip
    response.status = "cleared"
    record(response)
    assert code_cleared() == 1


def test_a_stage_and_a_service_that_are_renamed_go_on_under_their_code(area, first):
    service, stage = asking.service(area), asking.stage()
    for quarter, names in (("2025Q1", ("Plan", "Visits")), ("2025Q2", ("Making a plan", "Home visits"))):
        coded(first, area, quarter=quarter, n=40)
        JourneyStage.objects.filter(pk=stage.pk).update(name=names[0])
        Service.objects.filter(pk=service.pk).update(name=names[1])
        (published,) = release(area, Quarter.parse(quarter))
        asking.Wave.objects.filter(area=area).exists() or asking.open_wave(edition=first, of=area)
        shown = {group.who for one in service_information(published) for b in one.breakdowns for group in b.groups}
        assert set(names) <= shown
        assert {r["stage"] for r in rows(published)} >= {"plan", "all"}


def test_a_stage_nobody_is_in_any_more_stays_in_every_table_like_any_group_of_few(area, first):
    asking.stage("retired")
    coded(first, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    assert {r["reason"] for r in rows(published) if r["stage"] == "retired"} == {"too_few"}
