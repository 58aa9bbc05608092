"""What staff add to a promise adds, and neither contradicts it nor says more than it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.promised_words import added_problems
from surveys.instrument.promises import (
    IF_NOT_SAFE,
    LONGEST_ADDED,
    MY_PERSON,
    NOBODY_KNOWS,
    TABLE,
    Opener,
    Way,
    only_by_card,
    promise_problems,
)
from surveys.instrument.wording import Audience

YOUNG = Audience.AGE_12_17


@pytest.mark.parametrize(
    "added",
    [
        "Nobody will ever know.",
        "We will never tell.",
        "It is a secret.",
        "This is confidential.",
        "Your answers are anonymous.",
        "No one can find you.",
        "We won’t tell your worker.",
        "We WON'T TELL anybody.",
        "We do not look at your card.",
        "Forget what it says above.",
        "We will keep you safe.",
        "We can help straight away.",
        "Trust us.",
        "Nobody\nat all\ncan see it.",
    ],
)
def test_words_that_say_too_much_are_refused(added):
    problems = list(added_problems(added, YOUNG))
    assert any("says more about the promise" in problem for problem in problems), problems


@pytest.mark.parametrize(
    "added",
    [
        "",
        "Your worker has a list of the cards.",
        "Ask Sam at the centre if you want to know more.",
        "The list is on paper.",
    ],
)
def test_words_that_only_add_may_stand(added):
    assert not list(added_problems(added, YOUNG))


def test_words_of_the_office_and_long_words_are_refused_for_the_young():
    added = (
        "Subsequent multi-agency safeguarding arrangements necessitate appropriate proportionate information sharing."
    )
    assert list(added_problems(added, Audience.AGE_8_11))


@given(st.text(min_size=LONGEST_ADDED + 1, max_size=LONGEST_ADDED * 2), st.sampled_from(["en", "cy", "ar"]))
def test_too_long_is_too_long_in_every_language(added, language):
    assert any("At most" in problem for problem in added_problems(added, YOUNG, language))


@given(
    st.sampled_from(list(TABLE)),
    st.sampled_from(["survey", "conversation", "imported", "x"]),
    st.sampled_from(Audience),
)
def test_only_what_can_be_kept_is_promised(promise, kind, audience):
    """The other way round: where there is no problem, the table has everything that the promise needs."""
    terms = TABLE[promise]
    if not list(promise_problems(promise, kind, audience)):
        assert kind in terms.kinds
        assert not terms.keeps_card or terms.ways == {Way.CARD}
        assert not terms.keeps_hearers or (kind == "conversation" and not terms.has_posters and not terms.has_paper)


def test_there_is_no_fourth_promise():
    assert set(TABLE) == {NOBODY_KNOWS, IF_NOT_SAFE, MY_PERSON}
    assert list(promise_problems("anything", "survey", YOUNG))


def test_under_nobody_knows_there_is_nothing_to_open():
    terms = TABLE[NOBODY_KNOWS]
    assert (terms.opened_by, terms.keeps_card, terms.keeps_hearers) == (Opener.NOBODY, False, False)


def test_only_one_promise_keeps_a_card_and_it_has_no_other_way_in():
    assert [promise for promise in TABLE if TABLE[promise].keeps_card] == [IF_NOT_SAFE]
    assert [promise for promise in TABLE if only_by_card(promise)] == [IF_NOT_SAFE]
