"""Two questions that ask the same thing are two looks at one answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.alike import asked_alike, asked_alike_in, words_of
from surveys.instrument.document import Instrument
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.linter import lint_instrument
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Audience

YES_NO = (Option("yes", {"en": "Yes"}), Option("no", {"en": "No"}))


def item(code, text, **fields):
    return Item(code, Kind.CHOICE, {"en": text}, YES_NO, **fields)


def said_of(one, other):
    found = list(asked_alike([item("a", one), item("b", other)]))
    return [pair.is_same for pair in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Do you feel safe at home?", "I feel safe at home."),
        ("Do you feel safe at home?", "Don’t you feel safe in your home"),
        ("Does your worker listen to you?", "My worker listens to me"),
        ("DO YOU KNOW YOUR PLAN", "Do you know the plan?"),
    ],
)
def test_the_same_in_other_clothes_is_the_same(one, other):
    assert said_of(one, other) == [True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Do you feel safe at home?", "Do you feel safe at school?"),
        ("Can you talk to your worker?", "Do you know your worker?"),
        ("Why?", "Why not?"),
        ("", ""),
        ("Do you know who to call?", "Do you know who to ask?"),
    ],
)
def test_something_else_is_something_else(one, other):
    assert said_of(one, other) == []


def test_the_same_words_in_another_order_are_for_people_to_judge():
    assert said_of("Do you talk to your worker?", "Does your worker talk to you?") == [False]


def test_what_is_asked_after_other_answers_is_asked_of_other_people():
    why = [
        item(code, "What went wrong there?", rule=Rule(after, frozenset({"no"})))
        for code, after in (("c", "a"), ("d", "b"))
    ]
    assert list(asked_alike(why)) == []
    same = [item(code, "What went wrong there?", rule=Rule("a", frozenset({"no"}))) for code in ("c", "d")]
    assert [pair.is_same for pair in asked_alike(same)] == [True]


def test_one_code_in_two_surveys_is_one_question():
    one, other = item("safe", "Do you feel safe here?"), item("safe_too", "I feel safe here")
    assert list(asked_alike_in([one], [one])) == []
    assert [pair.is_same for pair in asked_alike_in([one], [other])] == [True]


def survey(*items, kind="survey"):
    return Instrument({"en": "A"}, Audience.AGE_12_17, kind, "nobody_knows", ("en",), items)


def test_the_linter_says_so_and_nobody_can_let_it_pass():
    twice = item("a", "Do you feel safe at home?"), item("b", "I feel safe at home")
    (found,) = [one for one in lint_instrument(survey(*twice)) if one.rule in {"same", "alike"}]
    assert (found.rule, found.item, found.blocks, found.can_be_overridden) == ("same", "b", True, False)
    assert "the same as a" in found.what
    near = item("a", "Do you talk to your worker?"), item("b", "Does your worker talk to you?")
    (found,) = [one for one in lint_instrument(survey(*near)) if one.rule in {"same", "alike"}]
    assert (found.rule, found.blocks) == ("alike", False)


def test_what_is_only_talked_about_is_in_no_figure():
    twice = item("a", "Do you feel safe at home?"), item("b", "I feel safe at home")
    assert not [one for one in lint_instrument(survey(*twice, kind="conversation")) if one.rule == "same"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_does_not_matter_which_comes_first(one, other):
    assert said_of(one, other) == said_of(other, one)
    assert said_of(one, one) == ([True] if len(words_of(one)) > 1 else [])
