"""Two people read the same paper: what is a difference, and what is only another way to type it."""

import pytest

from surveys.instrument.items import Kind
from surveys.instrument.readings import differing
from tests.unit.instrument.small import instrument, item


def one(kind, *options):
    return instrument(item("a", *options, kind=kind), item("b"))


WORDS = one(Kind.TEXT)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("She listens", "she listens"),
        ("she  listens\n", "She listens."),
        ("dont change", "don’t change!"),
        ("Straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("11", "１１"),
        (":)", ":)"),
        ("أهلا، بك", "أهلا بك"),
    ],
)
def test_how_a_text_is_typed_makes_no_difference(first, second):
    assert differing(WORDS, {"a": first}, {"a": second}) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("she listens", "he listens"),
        ("10 days", "11 days"),
        (":)", ":("),
        ("?", "!"),
        ("كان", "كأن"),
        ("I am happy", None),
        (None, "..."),
    ],
)
def test_another_word_or_none_is_a_difference(first, second):
    given = [{"a": text} if text else {} for text in (first, second)]
    assert differing(WORDS, *given) == ("a",)


def test_chosen_answers_are_the_same_or_not():
    choice = one(Kind.CHOICE, "yes", "no")
    assert differing(choice, {"a": "yes"}, {"a": "yes"}) == ()
    assert differing(choice, {"a": "yes"}, {"a": "no"}) == ("a",)
    assert differing(choice, {"a": "do_not_know"}, {}) == ("a",)
    assert differing(choice, {"a": "do_not_know"}, {"a": "rather_not_say"}) == ("a",)


def test_several_and_orders_are_compared_as_wholes():
    assert differing(one(Kind.MULTI, "x", "y"), {"a": ["x", "y"]}, {"a": ["x"]}) == ("a",)
    assert differing(one(Kind.SORT, "x", "y"), {"a": ["x", "y"]}, {"a": ["y", "x"]}) == ("a",)
    assert differing(one(Kind.SORT, "x", "y"), {"a": ["x"]}, {"a": ["x"]}) == ()


def test_differences_come_in_the_order_of_the_paper_and_what_is_not_asked_is_none():
    assert differing(WORDS, {"b": "x", "c": "1"}, {"a": "y", "c": "2"}) == ("a", "b")


def test_a_way_out_in_words_is_not_a_word():
    """Whoever writes what a way out is called in code has not taken it."""
    choice = one(Kind.CHOICE, "yes", "no")
    assert differing(choice, {"a": "yes"}, {"a": "Yes."}) == ("a",)
