"""What counts as a valid answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.document import InvalidAnswers, check_answers
from surveys.instrument.items import Kind, Option, valid_answer
from surveys.instrument.sentences import InvalidAnswer, Sentence
from tests.unit.instrument.small import YES_NO, instrument, item, several

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def test_an_offered_option_is_valid():
    assert valid_answer(item("q", *YES_NO), "yes") == "yes"


@pytest.mark.parametrize("value", ["maybe", "", 1, True, ["yes"], {"yes": 1}, "did_not_answer", "YES"])
def test_anything_else_is_not(value):
    with pytest.raises(InvalidAnswer, match="choose"):
        valid_answer(item("q", *YES_NO), value)


@pytest.mark.parametrize("way", ["do_not_know", "rather_not_say"])
def test_both_ways_out_are_valid_and_kept_apart(way):
    assert valid_answer(item("q", *YES_NO), way) == way


def test_a_way_out_that_is_not_offered_is_not_valid():
    with pytest.raises(InvalidAnswer):
        valid_answer(item("q", *YES_NO, ways_out=()), "do_not_know")


def test_several_options_are_kept_in_the_order_offered_and_once():
    assert valid_answer(several("q", "a", "b", "c"), ["c", "a", "c"]) == ["a", "c"]


def test_an_option_that_excludes_the_others_cannot_be_chosen_with_them():
    question = several("q", "mum", Option("nobody", {"en": "Nobody"}, excludes_others=True))
    with pytest.raises(InvalidAnswer, match="together"):
        valid_answer(question, ["mum", "nobody"])
    assert valid_answer(question, ["nobody"]) == ["nobody"]


@pytest.mark.parametrize("value", [[], ["a", 1], ["a", "z"], {"a": 1}, 3, ["a", "rather_not_say"]])
def test_a_list_of_anything_else_is_not_valid(value):
    with pytest.raises(InvalidAnswer):
        valid_answer(several("q", "a", "b"), value)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("hello\0there", "hellothere"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  hi \n", "hi"),
        ("سلام 🙂", "سلام 🙂"),
        ("\ud83dbroken", "?broken"),
        ("tab\there", "tab\there"),
    ],
)
def test_words_are_kept_without_what_no_database_can_hold(sent, kept):
    assert valid_answer(item("q"), sent) == kept


def test_words_as_long_as_allowed_are_kept_whole():
    assert valid_answer(item("q", max_length=10), "x" * 10) == "x" * 10
    assert valid_answer(item("q", max_length=10), "ab\r\n" * 3) == "ab\nab\nab"


def test_words_that_are_too_long_are_refused_with_the_limit():
    with pytest.raises(InvalidAnswer, match="10"):
        valid_answer(item("q", max_length=10), "x" * 11)


def test_a_screen_that_asks_nothing_takes_no_answer():
    with pytest.raises(InvalidAnswer):
        valid_answer(item("q", kind=Kind.INFORMATION), "yes")


def test_blanks_are_left_out():
    survey = instrument(item("q", *YES_NO), item("w"), several("m", "a", "b"))
    assert check_answers(survey, {"q": None, "w": "  ", "m": []}) == {}


def test_every_wrong_answer_is_named():
    survey = instrument(item("q", *YES_NO), several("m", "a", "b"))
    with pytest.raises(InvalidAnswers) as problem:
        check_answers(survey, {"q": "maybe", "m": "z", "other": "x"})
    assert set(problem.value.errors) == {"q", "m", "other"}


@pytest.mark.parametrize("sent", [None, [], "yes", 3])
def test_answers_that_are_no_answers_are_refused(sent):
    with pytest.raises(InvalidAnswers):
        check_answers(instrument(item("q", *YES_NO)), sent)


@given(st.dictionaries(st.sampled_from(["q", "m", "w", "x"]), ANYTHING))
def test_whatever_arrives_is_kept_valid_or_refused(sent):
    survey = instrument(item("q", *YES_NO), several("m", "a", "b"), item("w", max_length=50))
    try:
        kept, errors = check_answers(survey, sent), {}
    except InvalidAnswers as problem:
        kept, errors = {}, problem.errors
    assert all(isinstance(message, Sentence) for message in errors.values())
    assert check_answers(survey, kept) == kept
    assert set(kept) <= set(sent)
