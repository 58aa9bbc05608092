"""A booklet of paper is keyed by two people, and only then is it a response."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.answering import keying
from surveys.design.models import Edition
from surveys.fieldwork.actions import pin_edition
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import InvalidAnswers, digest, write
from surveys.instrument.items import LADDER_CODES, Kind
from surveys.responses.models import PaperEntry, Response
from surveys.responses.paper_actions import Keyed
from tests.factories import asking
from tests.factories.paper import decides, keys, officers, typed
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def two(wave):
    return officers(wave.area, "ann", "bob")


def test_one_reading_is_no_response(wave, two):
    assert keys(wave, two[0], q_listened="yes", helper="read").keyed == Keyed.ONCE
    assert not Response.objects.exists()
    entry = PaperEntry.objects.get()
    assert (entry.number, entry.keyed_by, entry.answers, entry.helper) == (12, two[0], {"listened": "yes"}, "read")


def test_two_readings_that_are_the_same_are_one_response(wave, two):
    for person in two:
        outcome = keys(
            wave, person, q_listened="no", q_why="busy", q_who=["mum", "dad"], q_words="more time", helper="read",
            told="nobody",
        )  # fmt: skip
    assert outcome.keyed == Keyed.RECORDED
    stored = Response.objects.get()
    assert stored.answers == {"listened": "no", "why": "busy", "who": ["mum", "dad"], "words": "more time"}
    assert (stored.helper, stored.told, stored.is_turned, stored.has_words) == ("read", "nobody", False, True)
    assert (stored.status, stored.received_on) == (Response.Status.RECEIVED, timezone.localdate())
    assert (stored.area, stored.edition, stored.audience) == (wave.area, wave.edition, "AGE_8_11")
    assert not PaperEntry.objects.exists()


def test_a_response_from_paper_belongs_where_its_wave_does(two, wave):
    wave.service, wave.stage = asking.service(wave.area), asking.stage()
    wave.save()
    for person in two:
        keys(wave, person, q_listened="yes")
    stored = Response.objects.get()
    assert (stored.service, stored.stage) == (wave.service, wave.stage)


def test_nobody_is_the_second_to_key_their_own(wave, two):
    keys(wave, two[0], q_listened="yes")
    for act in (
        lambda: keys(wave, two[0], q_listened="yes"),
        lambda: keying.key(wave, typed(q_listened="yes"), by=two[0]),
        lambda: keying.key(wave, typed(q_listened="yes", after=PaperEntry.objects.get().pk), by=two[0]),
        lambda: keying.settle(wave, typed(q_listened="yes", after=PaperEntry.objects.get().pk), by=two[0]),
    ):
        with pytest.raises(NotAllowed, match="You have keyed number 12 yourself"):
            act()
    assert not Response.objects.exists()
    assert PaperEntry.objects.count() == 1


def test_how_a_text_is_typed_makes_no_difference_and_the_second_wording_is_kept(wave, two):
    keys(wave, two[0], q_words="dont change my worker")
    assert keys(wave, two[1], q_words="Don’t change my worker.").keyed == Keyed.RECORDED
    assert Response.objects.get().answers == {"words": "Don’t change my worker."}


def test_where_two_differ_only_that_is_shown_and_nothing_is_stored(wave, two):
    keys(wave, two[0], q_listened="yes", q_words="she helped", helper="alone", told="nobody")
    outcome = keys(wave, two[1], q_listened="no", q_words="she helped", helper="read", told="nobody")
    assert outcome.keyed == Keyed.DIFFERS
    assert {d.code: (d.first, d.second) for d in outcome.differences} == {
        "@helper": ("alone", "read"),
        "listened": ("yes", "no"),
    }
    assert not Response.objects.exists()
    assert PaperEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("reading", "other", "kept"),
    [
        ("first", {}, {"listened": "yes"}),
        ("second", {}, {"listened": "sometimes"}),
        ("blank", {}, {}),
        ("other", {"o_q_listened": "do_not_know"}, {"listened": "do_not_know"}),
        ("other", {"o_q_listened": ""}, {}),
    ],
)
def test_the_second_person_says_what_the_paper_says(wave, two, reading, other, kept):
    keys(wave, two[0], q_listened="yes")
    keys(wave, two[1], q_listened="sometimes")
    outcome = decides(wave, two[1], taken={"listened": reading}, q_listened="sometimes", **other)
    assert outcome.keyed == Keyed.RECORDED
    assert Response.objects.get().answers == kept
    assert not PaperEntry.objects.exists()


def test_who_helped_and_whether_somebody_was_told_are_decided_too(wave, two):
    keys(wave, two[0], helper="alone", told="nobody", q_listened="yes")
    both = {"@helper": "first", "@told": "other"}
    outcome = decides(wave, two[1], taken=both, helper="read", o_told="somebody", q_listened="yes")
    assert outcome.keyed == Keyed.RECORDED
    stored = Response.objects.get()
    assert (stored.helper, stored.told) == ("alone", "somebody")


def test_who_helped_can_be_left_empty_after_all(wave, two):
    keys(wave, two[0], helper="alone", q_listened="yes")
    decides(wave, two[1], taken={"@helper": "blank"}, helper="read", q_listened="yes")
    assert Response.objects.get().helper == "not_said"


def test_nothing_is_stored_before_every_difference_is_decided(wave, two):
    keys(wave, two[0], q_listened="yes", q_words="one thing")
    outcome = decides(wave, two[1], taken={"listened": "first"}, q_listened="no", q_words="another")
    assert outcome.keyed == Keyed.DIFFERS
    assert {d.code for d in outcome.differences} == {"listened", "words"}
    assert not Response.objects.exists()


def test_what_both_read_alike_cannot_be_changed_by_deciding(wave, two):
    keys(wave, two[0], q_listened="yes", q_who=["mum"], q_words="one")
    taken = {"words": "second", "who": "other", "listened": "blank"}
    decides(wave, two[1], taken=taken, q_listened="yes", q_who=["mum"], q_words="two", o_q_who=["dad"])
    assert Response.objects.get().answers == {"listened": "yes", "who": ["mum"], "words": "two"}


def test_a_question_that_a_decision_leaves_off_the_route_needs_none_and_is_dropped(wave, two):
    keys(wave, two[0], q_listened="no", q_why="busy")
    outcome = keys(wave, two[1], q_listened="yes")
    assert {d.code for d in outcome.differences} == {"listened", "why"}
    assert decides(wave, two[1], taken={"listened": "second"}, q_listened="yes").keyed == Keyed.RECORDED
    assert Response.objects.get().answers == {"listened": "yes"}


def test_a_question_that_a_decision_brings_onto_the_route_is_looked_at(wave, two):
    keys(wave, two[0], q_listened="yes")
    decided = {"q_listened": "sometimes", "o_q_listened": "no"}
    outcome = decides(wave, two[1], taken={"listened": "other"}, **decided)
    assert outcome.keyed == Keyed.DIFFERS
    assert [d.code for d in outcome.differences] == ["listened", "why"]
    taken = {"listened": "other", "why": "other"}
    assert decides(wave, two[1], taken=taken, o_q_why="tired", **decided).keyed == Keyed.RECORDED
    assert Response.objects.get().answers == {"listened": "no", "why": "tired"}


def test_a_third_reading_that_no_paper_can_say_is_refused_with_a_sentence(wave, two):
    keys(wave, two[0], q_listened="yes")
    outcome = decides(wave, two[1], taken={"listened": "other"}, q_listened="no", o_q_listened="perhaps")
    assert outcome.errors == {"listened": "Please choose one of the answers shown."}
    assert not Response.objects.exists()


def test_what_cannot_be_read_is_left_empty(wave, two):
    for person in two:
        outcome = keys(wave, person, q_listened="yes", q_words="sche helpt", u_words="1")
    assert outcome.keyed == Keyed.RECORDED
    assert Response.objects.get().answers == {"listened": "yes"}


def test_every_way_of_answering_can_be_keyed(two):
    items = (
        asking.closed_item("ladder", *LADDER_CODES, kind=Kind.LADDER),
        asking.closed_item("many", "one", "two", "three", kind=Kind.MULTI),
        asking.closed_item("order", "first", "second", "third", kind=Kind.SORT),
        asking.closed_item("other", "x", "y", kind=Kind.SORT),
        asking.text_item("draw"),
    )
    wave = asking.open_wave(*items, of=asking.area("every"))
    for person in officers(wave.area, "cem", "dee"):
        keys(
            wave, person, q_ladder="10", q_many=["three", "one"], q_other="rather_not_say", q_draw="a cat",
            **{"r_order.third": "1", "r_order.first": "3"},
        )  # fmt: skip
    assert Response.objects.get().answers == {
        "ladder": "10", "many": ["one", "three"], "order": ["third", "first"], "other": "rather_not_say",
        "draw": "a cat",
    }  # fmt: skip


@pytest.mark.parametrize("ranks", [("1", "1"), ("first", "2"), ("-1", "2"), ("²", "1"), ("99999", "1"), ("\0", "1")])
def test_an_order_that_is_none_is_not_kept(two, ranks):
    wave = asking.open_wave(asking.closed_item("order", "a", "b", kind=Kind.SORT), of=two[0].roles_held.get().area)
    with pytest.raises(InvalidAnswers):
        keys(wave, two[0], **dict(zip(("r_order.a", "r_order.b"), ranks, strict=True)))
    assert not PaperEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ({"q_listened": "perhaps"}, "listened"),
        ({"q_listened": "\0yes"}, "listened"),
        ({"q_who": ["mum", "granny"]}, "who"),
        ({"q_who": ["mum", "do_not_know"]}, "who"),
        ({"q_words": "x" * 4001}, "words"),
        ({"helper": "granny"}, "@helper"),
        ({"told": "mum"}, "@told"),
    ],
)
def test_what_no_booklet_offers_is_not_kept(wave, two, fields, about):
    with pytest.raises(InvalidAnswers) as problem:
        keys(wave, two[0], **fields)
    assert list(problem.value.errors) == [about]
    assert not PaperEntry.objects.exists()


def test_what_is_off_the_route_or_asked_nowhere_is_dropped(wave, two):
    keys(wave, two[0], q_listened="yes", q_why="granny", q_elsewhere="x", q_words="a\0b")
    assert PaperEntry.objects.get().answers == {"listened": "yes", "words": "ab"}


@pytest.mark.parametrize("number", ["", "0", "-1", "1.5", "12345", "twelve", "１２", "1\0", "0x1"])
def test_a_booklet_has_a_number_from_1_to_9999(wave, two, number):
    with pytest.raises(NotAllowed, match="from 1 to 9999"):
        keys(wave, two[0], number)


def test_a_number_is_the_same_however_it_is_written(wave, two):
    keys(wave, two[0], "007", q_listened="yes")
    assert keys(wave, two[1], " 7 ", q_listened="yes").keyed == Keyed.RECORDED


def test_a_number_belongs_to_its_wave(wave, two):
    other = asking.open_wave(of=wave.area)
    keys(wave, two[0], q_listened="yes")
    assert keys(other, two[1], q_listened="yes").keyed == Keyed.ONCE
    assert PaperEntry.objects.count() == 2


def newer(wave, *items, by):
    document = write(asking.instrument(*items))
    edition = Edition.objects.create(
        survey=wave.edition.survey, number=2, document=document, digest=digest(document),
        frozen_on=timezone.localdate(), frozen_by=by,
    )  # fmt: skip
    pin_edition(wave, edition, by=by)
    return edition


def test_a_booklet_of_an_earlier_edition_is_keyed_as_it_was_printed(wave, two):
    first = wave.edition
    newer(wave, asking.closed_item("happy", "yes", "no"), by=two[0])
    for person in two:
        outcome = keys(wave, person, edition=1, q_listened="yes")
    assert outcome.keyed == Keyed.RECORDED
    assert Response.objects.get().edition == first


def test_two_editions_or_languages_do_not_meet_under_one_number(wave, two):
    newer(wave, asking.closed_item("listened", "yes", "no"), by=two[0])
    keys(wave, two[0], edition=1, q_listened="yes")
    with pytest.raises(NotAllowed, match="was begun as edition 1, English"):
        keys(wave, two[1], edition=2, q_listened="yes")


@pytest.mark.parametrize("about", [{"edition": 2}, {"edition": "one"}, {"language": "pl"}, {"language": "\0"}])
def test_there_is_no_booklet_that_was_never_printed(wave, two, about):
    with pytest.raises(NotAllowed, match="no booklet of this edition in this language"):
        keys(wave, two[0], **about)


def test_a_wave_that_needs_cards_needs_none_on_paper(two, wave):
    wave.needs_card = True
    wave.save()
    for person in two:
        outcome = keys(wave, person, q_listened="yes")
    assert outcome.keyed == Keyed.RECORDED


def closed(wave, days_ago):
    day = timezone.localdate() - timedelta(days=days_ago)
    Wave.objects.filter(pk=wave.pk).update(status=Wave.Status.CLOSED, opened_on=day, closed_on=day)
    wave.refresh_from_db()


def test_paper_is_keyed_during_the_days_of_grace_and_not_after(wave, two):
    closed(wave, days_ago=28)
    keys(wave, two[0], q_listened="yes")
    keys(wave, two[0], 13, q_listened="yes")
    assert keys(wave, two[1], q_listened="yes").keyed == Keyed.RECORDED
    closed(wave, days_ago=29)
    with pytest.raises(NotAllowed, match="28 days for late answers are over"):
        keys(wave, two[1], 13, q_listened="yes")


def test_a_wave_that_has_not_begun_has_no_booklets(wave, two):
    Wave.objects.filter(pk=wave.pk).update(status=Wave.Status.PLANNED, opened_on=None)
    wave.refresh_from_db()
    with pytest.raises(NotAllowed, match="not begun"):
        keys(wave, two[0])


def test_a_wave_of_no_area_says_what_to_do(wave):
    Wave.objects.filter(pk=wave.pk).update(area=None)
    wave.refresh_from_db()
    with pytest.raises(NotAllowed, match="Load a file"):
        keys(wave, staff("everywhere", Role.PARTICIPATION_OFFICER))
