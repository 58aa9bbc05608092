"""What each audience can be asked, and how: the design's table as it is printed there, against the code."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.items import AGAIN_CODES, FACES, LADDER_CODES, Item, Kind, Option
from surveys.instrument.limits import beyond_limits, beyond_usual
from surveys.instrument.wording import LIMITS, NEVER_COUNTED, Audience
from tests.unit.instrument.small import instrument

TABLE = """
|                 | 4-5                                 | 6-7           | 8-11                        | 12-17                        | care leaver | parent, carer | professional | referrer     |
| used as         | conversation only, never percentages| survey        | survey                      | survey                       | survey      | survey        | survey       | survey       |
| options         | 2 real choices                      | 2 (3 at most) | 3 (5 at most, all labelled) | to 5 labelled, 0-10 allowed  | 5, 0-10     | 5, 0-10       | 5, 0-10      | 5, 0-10      |
| faces           | with word and audio                 | yes           | optional                    | no                           | no          | no            | no           | no           |
| items           | 6 / 10                              | 10 / 13       | 20 / 34                     | 30 / 49                      | 30 / 49     | 15 / 25       | 12 / 20      | 12 / 20      |
| words per item  | 8                                   | 10            | 15                          | 20                           | 20          | 20            | 25           | 25           |
| audio           | offered at once                     | everything    | on tap                      | on tap                       | on tap      | on tap        | -            | -            |
| target size     | 64                                  | 64            | 48                          | 44                           | 44          | 44            | 44           | 44           |
| break           | every 5                             | every 5       | every 10                    | -                            | -           | -             | -            | -            |
"""  # noqa: E501
UNDER_8 = (Audience.AGE_4_5, Audience.AGE_6_7)


def rows():
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.strip().splitlines()]
    return {name: dict(zip(Audience, cells, strict=True)) for name, *cells in lines}


SAYS = rows()


def numbers(audience, row):
    """The numbers of a cell, without those of a ladder."""
    return [int(number) for number in re.findall(r"\d+", SAYS[row][audience].replace("0-10", ""))]


def allows_ladder(audience):
    return "0-10" in SAYS["options"][audience]


def most_options(audience):
    return numbers(audience, "options")[-1]


def held(*items, audience):
    kind = "conversation" if "conversation" in SAYS["used as"][audience] else "survey"
    return instrument(*items, audience=audience, kind=kind)


def refused(*items, audience, themes=None):
    return beyond_limits(held(*items, audience=audience), themes)


def question(kind, n=0, *, code="q", text="What is it?", pictures=(), labels=None):
    codes = {Kind.LADDER: LADDER_CODES, Kind.AGAIN: AGAIN_CODES}.get(kind, tuple(f"o{i}" for i in range(n)))
    labels = labels or [f"Answer {option}" for option in codes]
    pictures = pictures or [""] * len(codes)
    offered = zip(codes, labels, pictures, strict=True)
    return Item(
        code, kind, {"en": text}, tuple(Option(c, {"en": label}, picture=picture) for c, label, picture in offered)
    )


every_audience = pytest.mark.parametrize("audience", Audience)


def test_the_table_has_a_column_for_every_audience():
    assert list(SAYS[""].values()) == [
        "4-5",
        "6-7",
        "8-11",
        "12-17",
        "care leaver",
        "parent, carer",
        "professional",
        "referrer",
    ]


@every_audience
def test_who_is_only_talked_with_is_asked_in_no_survey(audience):
    asked = question(Kind.TEXT)
    talked_with = "conversation only" in SAYS["used as"][audience]
    for kind in ("survey", "imported"):
        assert bool(beyond_limits(instrument(asked, audience=audience, kind=kind))) is talked_with
    assert beyond_limits(instrument(asked, audience=audience, kind="conversation")) == ()
    assert ("never percentages" in SAYS["used as"][audience]) is (audience in NEVER_COUNTED)
    assert held(asked, audience=audience).is_counted is not talked_with


@every_audience
def test_a_conversation_is_never_counted(audience):
    assert not instrument(question(Kind.TEXT), audience=audience, kind="conversation").is_counted


@every_audience
def test_so_many_answers_can_be_chosen_from(audience):
    most = most_options(audience)
    assert refused(question(Kind.CHOICE, most), audience=audience) == ()
    (sentence,) = refused(question(Kind.CHOICE, most + 1), audience=audience)
    assert f"{most} at most" in sentence
    # Eleven labelled answers are no ladder.
    assert refused(question(Kind.CHOICE, 11), audience=audience)


@every_audience
def test_a_ladder_is_for_those_who_can_climb_it(audience):
    assert bool(refused(question(Kind.LADDER), audience=audience)) is not allows_ladder(audience)


@every_audience
def test_fewer_answers_are_usual_for_some(audience):
    found = numbers(audience, "options")
    usual, most = found[0], found[-1]
    assert beyond_usual(held(question(Kind.CHOICE, usual), audience=audience)) == ()
    if most > usual:
        (sentence,) = beyond_usual(held(question(Kind.CHOICE, most), audience=audience))
        assert f"{usual} are easier" in sentence


def test_the_youngest_choose_between_two_real_things():
    yes_no = question(Kind.CHOICE, 2, labels=["Yes", "No."])
    assert "real" in SAYS["options"][Audience.AGE_4_5]
    assert refused(yes_no, audience=Audience.AGE_4_5)
    assert refused(yes_no, audience=Audience.AGE_6_7) == ()
    assert refused(question(Kind.CHOICE, 2, labels=["Inside", "Outside"]), audience=Audience.AGE_4_5) == ()


@every_audience
def test_numbers_that_only_stand_in_a_row_are_worth_another_look(audience):
    numbered = question(Kind.CHOICE, 2, labels=["1", "2"])
    assert any("say in words" in sentence for sentence in beyond_usual(held(numbered, audience=audience)))
    if allows_ladder(audience):
        assert beyond_usual(held(question(Kind.LADDER), audience=audience)) == ()


@every_audience
@pytest.mark.parametrize("kind", [Kind.FACES, Kind.CHOICE])
def test_faces_are_for_those_who_are_helped_by_them(audience, kind):
    """However the question is answered: a face beside a choice is a face."""
    faces = question(kind, 2, pictures=("happy", "unhappy"))
    assert bool(refused(faces, audience=audience)) is (SAYS["faces"][audience] == "no")


@every_audience
def test_a_face_in_the_middle_is_for_nobody_under_8(audience):
    middle = question(Kind.FACES, 2, pictures=("middle", "unhappy"))
    said = refused(middle, audience=audience)
    assert any("in the middle" in sentence for sentence in said) is (
        audience in UNDER_8 or "no" in SAYS["faces"][audience]
    )


@every_audience
@pytest.mark.parametrize("label", ["🙂", "1", " - "])
def test_a_picture_says_its_word(audience, label):
    mute = question(Kind.PICTURES, 2, pictures=("hill", "house"), labels=["Out", label])
    assert any("without a word" in sentence for sentence in refused(mute, audience=audience))
    spoken = question(Kind.PICTURES, 2, pictures=("hill", "house"), labels=["Out", "In"])
    assert refused(spoken, audience=audience) == ()


def test_a_picture_says_its_word_in_every_language():
    options = (
        Option("out", {"en": "Out", "ar": "خارج"}, picture="hill"),
        Option("in", {"en": "In", "ar": "؟"}, picture="house"),
    )
    said = Item("q", Kind.PICTURES, {"en": "Where?", "ar": "أين؟"}, options)
    asked = instrument(said, audience=Audience.AGE_6_7, languages=("en", "ar"))
    (sentence,) = beyond_limits(asked)
    assert "العربية" in sentence


@pytest.mark.parametrize("faces", [("very_happy", "happy"), ("happy", "unhappy"), ("middle", "very_unhappy")])
@pytest.mark.parametrize("theme", ["safer", "time", ""])
def test_a_question_about_being_safe_can_be_answered_badly(faces, theme):
    scale = question(Kind.FACES, 2, pictures=faces)
    hides = theme == "safer" and faces == ("very_happy", "happy")
    assert bool(refused(scale, audience=Audience.AGE_8_11, themes={"q": theme})) is hides


@every_audience
@pytest.mark.parametrize("n", [2, 3, 5])
def test_several_are_chosen_and_things_are_sorted_by_those_who_can(audience, n):
    """Under 8 one of two is chosen; from 5 a few things can be sorted, no more than could be chosen from."""
    fits = n <= most_options(audience)
    assert (refused(question(Kind.MULTI, n), audience=audience) == ()) is (fits and audience not in UNDER_8)
    sorts = fits and audience is not Audience.AGE_4_5
    assert (refused(question(Kind.SORT, n), audience=audience) == ()) is sorts
    if audience is Audience.AGE_4_5:
        assert "chooses between two things" in refused(question(Kind.SORT, 2), audience=audience)[0]


@every_audience
def test_again_is_asked_with_its_three(audience):
    again = question(Kind.AGAIN)
    assert bool(refused(again, audience=audience)) is (most_options(audience) < 3)
    if most_options(audience) >= 3:
        assert beyond_usual(held(again, audience=audience)) == ()


@every_audience
def test_so_many_questions_are_usual_and_so_many_the_most(audience):
    usual, most = numbers(audience, "items")

    def asked(n):
        # Screens that only tell something are not questions.
        telling = Item("told", Kind.INFORMATION, {"en": "Nearly there."}, ways_out=())
        return held(*(question(Kind.TEXT, code=f"q{i}") for i in range(n)), telling, audience=audience)

    assert (beyond_limits(asked(usual)), beyond_usual(asked(usual))) == ((), ())
    (advice,) = beyond_usual(asked(usual + 1))
    assert f"asks {usual + 1} questions; {usual} are usual" in advice
    assert beyond_limits(asked(most)) == ()
    assert len(beyond_usual(asked(most))) == 1
    (sentence,) = beyond_limits(asked(most + 1))
    assert f"{most} at most" in sentence
    assert beyond_usual(asked(most + 1)) == ()


@every_audience
def test_a_question_has_so_many_words(audience):
    (most,) = numbers(audience, "words per item")
    assert refused(question(Kind.TEXT, text="word " * most), audience=audience) == ()
    assert refused(question(Kind.TEXT, text="word " * (most + 1)), audience=audience)


@every_audience
def test_what_the_phone_does_follows_the_table(audience):
    limits = LIMITS[audience]
    assert limits.target == numbers(audience, "target size")[0]
    assert limits.break_every == next(iter(numbers(audience, "break")), None)
    assert limits.offers_audio is (SAYS["audio"][audience] in {"offered at once", "everything"})
    if SAYS["audio"][audience] != "-":
        said = {"offered at once": "at_once", "everything": "everything", "on tap": "on_tap"}
        assert limits.audio == said[SAYS["audio"][audience]]


closed = st.sampled_from([Kind.CHOICE, Kind.FACES, Kind.PICTURES, Kind.AGAIN, Kind.LADDER, Kind.MULTI, Kind.SORT])


@given(audience=st.sampled_from(Audience), kind=closed, n=st.integers(2, 5), faces=st.permutations(FACES))
def test_whatever_is_asked_is_refused_where_the_table_does_not_allow_it(audience, kind, n, faces):
    """A reading of the table of our own, for every way of answering and every audience."""
    pictures = ()
    if kind is Kind.FACES:
        pictures = tuple(faces[:n])
    elif kind is Kind.PICTURES:
        n, pictures = 2, ("hill", "house")
    asked = question(kind, n, pictures=pictures)
    options = len(asked.options)
    allowed = (
        allows_ladder(audience)
        if kind is Kind.LADDER
        else options <= most_options(audience)
        and not (kind is Kind.FACES and SAYS["faces"][audience] == "no")
        and not ("middle" in pictures and audience in UNDER_8)
        and not (kind is Kind.MULTI and audience in UNDER_8)
        and not (kind is Kind.SORT and audience is Audience.AGE_4_5)
    )
    assert (refused(asked, audience=audience) == ()) is allowed
