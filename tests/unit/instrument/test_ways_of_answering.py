"""Faces, pictures, again, ladder, sorting, drawing: what each accepts, and what it needs of its options."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.comparing import compare
from surveys.instrument.document import BadInstrument, read, write
from surveys.instrument.drawing import LONGEST_DRAWING, BadDrawing, valid_strokes
from surveys.instrument.items import FACES, Kind, Option, valid_answer
from surveys.instrument.limits import beyond_limits
from surveys.instrument.sentences import InvalidAnswer
from surveys.instrument.wording import Audience
from tests.unit.instrument.small import YES_NO, instrument, item

STROKES = "M10,10l5,0 0,5 -5,-5M200,300l1,1"


def pictured(code, picture):
    return Option(code, {"en": code.title()}, picture=picture)


@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        (Kind.AGAIN, YES_NO, "yes, maybe and no"),
        (Kind.LADDER, YES_NO, "0 to 10"),
        (Kind.SORT, "abcdef", "5 are the most"),
        (Kind.FACES, YES_NO, "without a face"),
        (Kind.FACES, (pictured("a", "happy"), pictured("b", "crying")), "without a face"),
        (Kind.PICTURES, YES_NO, "this or that"),
        (Kind.PICTURES, tuple(pictured(c, "hill") for c in "abc"), "this or that"),
    ],
)
def test_each_way_of_answering_needs_its_options(kind, options, said):
    with pytest.raises(BadInstrument, match=said):
        instrument(item("q", *options, kind=kind))


def test_a_ladder_goes_from_0_to_10():
    ladder = item("q", *(str(n) for n in range(11)), kind=Kind.LADDER)
    instrument(ladder)
    assert valid_answer(ladder, "7") == "7"
    with pytest.raises(InvalidAnswer):
        valid_answer(ladder, "11")


@pytest.mark.parametrize("value", [["b", "a"], ["c"], "a"])
def test_things_are_kept_in_the_order_they_were_put_in(value):
    kept = valid_answer(item("q", "a", "b", "c", kind=Kind.SORT), value)
    assert kept == ([value] if isinstance(value, str) else value)


@pytest.mark.parametrize("value", [["a", "a"], ["a", "z"], [], {"a": 1}, ["a", 1]])
def test_one_thing_has_one_place(value):
    with pytest.raises(InvalidAnswer):
        valid_answer(item("q", "a", "b", kind=Kind.SORT), value)


def test_nothing_follows_an_order():
    first = item("q", "a", "b", kind=Kind.SORT)
    with pytest.raises(BadInstrument, match="put in order"):
        instrument(first, item("why", "x", "y", when="q == a"))


def test_a_drawing_or_words_are_equally_good():
    question = item("q", kind=Kind.DRAWING)
    assert valid_answer(question, {"strokes": STROKES}) == {"strokes": STROKES}
    assert valid_answer(question, "a house") == "a house"


@pytest.mark.parametrize(
    "value", [{"strokes": "<svg>"}, {"strokes": ""}, {"strokes": STROKES, "x": 1}, {"strokes": 3}, ["M1,1l1,1"], {}]
)
def test_anything_else_is_no_drawing(value):
    with pytest.raises(InvalidAnswer):
        valid_answer(item("q", kind=Kind.DRAWING), value)


def test_a_drawing_of_fifty_thousand_points_is_refused_in_words():
    with pytest.raises(BadDrawing, match="too big"):
        valid_strokes("M1,1l" + " ".join(["1,1"] * 50_000))
    assert LONGEST_DRAWING < 64 * 1024


@given(st.text(alphabet="M0123456789,l- ", max_size=60))
def test_strokes_are_what_the_description_says(text):
    """Against a reading of our own, step by step."""
    step = re.compile(r"-?[0-9]{1,3},-?[0-9]{1,3}")
    parts = text.split("M")
    described = text.startswith("M") and all(
        "l" in part
        and re.fullmatch(r"[0-9]{1,3},[0-9]{1,3}", part.split("l", 1)[0])
        and all(step.fullmatch(s) for s in part.split("l", 1)[1].split(" "))
        for part in parts[1:]
    )
    try:
        assert valid_strokes(text) == text
        accepted = True
    except BadDrawing:
        accepted = False
    assert accepted == bool(described)


def test_crafted_strokes_do_not_keep_the_server_busy():
    """Without a separator each run of digits could be read in several ways; this ends at once because it cannot."""
    with pytest.raises(BadDrawing):
        valid_strokes("M1,1l" + "1,111" * 3900 + "!")


def test_no_face_cries():
    assert not [face for face in FACES if "tear" in face or "cry" in face]


@pytest.mark.parametrize(
    ("audience", "faces", "refused"),
    [
        (Audience.AGE_6_7, ("happy", "unhappy"), False),
        (Audience.AGE_6_7, ("happy", "middle", "unhappy"), True),
        (Audience.AGE_8_11, ("happy", "middle", "unhappy"), False),
        (Audience.AGE_12_17, ("happy", "unhappy"), True),
        (Audience.PARENT_CARER, ("happy", "unhappy"), True),
    ],
)
def test_faces_are_for_children_and_a_middle_one_from_eight(audience, faces, refused):
    question = item("q", *(pictured(face, face) for face in faces), kind=Kind.FACES)
    assert bool(beyond_limits(instrument(question, audience=audience))) is refused


def test_pictures_are_frozen_with_the_edition():
    before = instrument(item("q", pictured("a", "hill"), pictured("b", "house"), kind=Kind.PICTURES))
    assert read(write(before)) == before
    after = instrument(item("q", pictured("a", "sun"), pictured("b", "house"), kind=Kind.PICTURES))
    assert [change.what for change in compare(before, after)] == ["picture changed"]


def test_the_picture_of_a_question_is_frozen_and_changes_no_edition_without_one():
    plain = instrument(item("q", *YES_NO))
    assert "picture" not in write(plain)["items"][0]
    pictured_question = instrument(replace(item("q", *YES_NO), picture="clock"))
    assert read(write(pictured_question)) == pictured_question


def test_a_document_from_before_pictures_can_still_be_read():
    document = write(instrument(item("q", *YES_NO)))
    for option in document["items"][0]["options"]:
        del option["picture"]
    assert read(document).items[0].options[0].picture == ""
