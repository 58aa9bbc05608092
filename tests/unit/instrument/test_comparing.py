"""Two editions side by side: every difference is found, none is made up, and a break in series is marked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.comparing import Mark, Series, What, compare, is_typo, word_changes
from surveys.instrument.document import BadInstrument, write
from surveys.instrument.items import Kind, Option
from tests.unit.instrument.small import YES_NO, instrument, item

A, B, C = item("a", *YES_NO), item("b", *YES_NO), item("c", *YES_NO, when="a == yes")
SURVEY = instrument(A, B, C)
ENGLISH = st.sampled_from(["Were you heard?", "were you heard", "Were you herad?", "Were they heard?", "Were you sad?"])


def changed(question, **fields):
    """The survey with one question changed, and what is said of it."""
    later = replace(SURVEY, items=tuple(replace(i, **fields) if i.code == question else i for i in SURVEY.items))
    return [(change.what, change.series) for change in compare(SURVEY, later)]


@pytest.mark.parametrize(
    ("fields", "what", "series"),
    [
        ({"kind": Kind.MULTI}, What.KIND, Series.BREAKS),
        ({"options": (*A.options, Option("maybe", {"en": "Maybe"}))}, What.OPTIONS, Series.BREAKS),
        ({"options": A.options[::-1]}, What.OPTIONS, Series.BREAKS),
        ({"options": (replace(A.options[0], labels={"en": "Always"}), A.options[1])}, What.LABEL, Series.UNLESS),
        ({"options": (replace(A.options[0], picture="sun"), A.options[1])}, What.PICTURE, Series.UNLESS),
        ({"picture": "clock"}, What.PICTURE, Series.UNLESS),
        ({"ways_out": ()}, What.WAYS_OUT, Series.BREAKS),
        ({"rule": None}, What.ROUTE, Series.BREAKS),
        ({"texts": {"en": "Something else?"}}, What.REWORDED, Series.UNLESS),
        ({"texts": {"en": "C"}}, What.REWORDED, Series.HOLDS),
        ({"texts": {"en": "c?", "pl": "Co?"}}, What.REWORDED, Series.HOLDS),
        ({"hints": {"en": "Think of last week."}}, What.HINT, Series.UNLESS),
        ({"max_length": 9}, What.LENGTH, Series.HOLDS),
    ],
)
def test_each_change_is_named_and_judged(fields, what, series):
    assert changed("c", **fields) == [(what, series)]


@pytest.mark.parametrize(
    ("fields", "what", "series"),
    [
        ({"promise": "somebody_knows"}, What.PROMISE, Series.UNLESS),
        ({"introduction": {"en": "Hello"}}, What.INTRODUCTION, Series.HOLDS),
        ({"title": {"en": "About us"}}, What.TITLE, Series.HOLDS),
        ({"kind": "imported"}, What.AUDIENCE, Series.BREAKS),
        ({"listener": "The director"}, What.PEOPLE, Series.HOLDS),
        ({"drafted": ("pl",)}, What.CHECKED, Series.HOLDS),
    ],
)
def test_so_is_what_is_around_the_questions(fields, what, series):
    (change,) = compare(SURVEY, replace(SURVEY, **fields))
    assert (change.what, change.series) == (what, series)


def test_words_that_are_not_counted_have_no_series():
    before, after = instrument(item("own")), instrument(replace(item("own"), texts={"en": "Anything else?"}))
    assert [change.series for change in compare(before, after)] == [Series.HOLDS]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Did you feel safe?", "did you  feel SAFE", True),
        ("Did your worker lisen?", "Did your worker listen?", True),
        ("Did they explian it?", "Did they explain it?", True),
        ("Are you now safe?", "Are you not safe?", False),
        ("In the last 3 weeks?", "In the last 4 weeks?", False),
        ("Were you able to?", "Were you unable to?", False),
        ("Were you heard?", "Were you always heard?", False),
        ("", "Word", False),
    ],
)
def test_a_typo_is_one_letter_of_a_longer_word(before, after, same):
    assert is_typo(before, after) is same
    assert is_typo(after, before) is same


items = st.builds(
    lambda code, text, options, out: replace(item(code, *options), texts={"en": text}, ways_out=out),
    st.sampled_from("abcdef"), ENGLISH, st.sampled_from([YES_NO, ("no", "yes"), ("yes", "no", "maybe")]),
    st.sampled_from([(), ("do_not_know",)]),
)  # fmt: skip
surveys = st.lists(items, min_size=1, max_size=6, unique_by=lambda i: i.code).map(lambda found: instrument(*found))


@given(surveys, surveys)
def test_nothing_is_different_exactly_where_the_documents_are_the_same(before, after):
    assert (compare(before, after) == ()) is (write(before) == write(after))
    assert compare(before, before) == ()


@given(surveys, surveys)
def test_what_was_added_and_removed_is_what_the_other_lacks(before, after):
    was, now = ({i.code for i in one.items} for one in (before, after))
    found = compare(before, after)
    assert {c.item for c in found if c.what is What.ADDED} == now - was
    assert {c.item for c in found if c.what is What.REMOVED} == was - now


@given(surveys, surveys)
def test_without_the_moved_ones_the_order_stayed(before, after):
    moved = {c.item for c in compare(before, after) if c.what is What.MOVED}
    both = {i.code for i in before.items} & {i.code for i in after.items}
    was, now = ([i.code for i in one.items if i.code in both - moved] for one in (before, after))
    assert was == now
    assert len(moved) < max(1, len(both))


@given(surveys, surveys)
def test_a_series_goes_on_exactly_where_form_and_english_words_stayed(before, after):
    broken = {c.item for c in compare(before, after) if c.breaks_series}
    was, now = ({i.code: i for i in one.items} for one in (before, after))
    expected = {
        code
        for code in was.keys() & now.keys()
        if (was[code].option_codes, was[code].ways_out) != (now[code].option_codes, now[code].ways_out)
        or not is_typo(was[code].texts["en"], now[code].texts["en"])
    }
    assert broken == expected


words = st.text(st.sampled_from("ab \n?é"), max_size=30)


@given(words, words)
def test_the_pieces_make_both_texts(before, after):
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED) == after
    assert before != after or all(piece.mark is Mark.KEPT for piece in pieces)


def test_a_very_long_text_is_shown_as_a_whole():
    pieces = word_changes("word " * 200_000, "other " * 200_000)
    assert [piece.mark for piece in pieces] == [Mark.REMOVED, Mark.ADDED]


def test_a_survey_that_cannot_be_asked_is_not_compared():
    with pytest.raises(BadInstrument):
        replace(SURVEY, items=())
