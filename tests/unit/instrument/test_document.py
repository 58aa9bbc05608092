"""The frozen document: written, read, hashed, and refused when it cannot be asked."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.document import BadInstrument, digest, read, write
from surveys.instrument.items import Option
from surveys.instrument.limits import beyond_limits
from surveys.instrument.wording import LIMITS, Audience, Voice, voice_of
from tests.unit.instrument.small import YES_NO, instrument, item, several

SURVEY = instrument(
    item("moved", *YES_NO), item("why", when="moved == yes"), several("who", "mum", "dad"), designed_by="The Lanterns"
)


def test_a_document_read_is_the_instrument_written():
    assert read(json.loads(json.dumps(write(SURVEY)))) == SURVEY


def test_equal_content_gives_an_equal_digest_whatever_the_order_of_keys():
    document = write(SURVEY)
    turned = dict(reversed(document.items()))
    assert digest(document) == digest(turned)


@given(st.text(min_size=1, max_size=20))
def test_other_words_give_another_digest(text):
    other = replace(SURVEY.items[0], texts={"en": text + "!"})
    assert digest(write(replace(SURVEY, items=(other, *SURVEY.items[1:])))) != digest(write(SURVEY))


@pytest.mark.parametrize("damage", [{"format": 2}, {"items": None}, {"audience": None}])
def test_a_document_that_is_not_whole_is_refused(damage):
    with pytest.raises((BadInstrument, ValueError)):
        read({**write(SURVEY), **damage})


def test_a_document_that_lacks_something_is_refused():
    document = write(SURVEY)
    del document["title"]
    with pytest.raises(BadInstrument, match="not whole"):
        read(document)


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ((), "asks nothing"),
        ((item("q", "yes"),), "two options"),
        ((item("q", *YES_NO), item("q", *YES_NO)), "twice"),
        ((item("1q", *YES_NO),), "not a code"),
        ((item("q", "yes", "yes"),), "used twice"),
        ((item("q", "yes", "rather_not_say"),), "reserved"),
        ((item("q", *YES_NO, when="later == yes"), item("later", *YES_NO)), "not an earlier question"),
        ((item("q", *YES_NO), item("w", when="q == maybe")), "does not offer"),
        ((item("t"), item("w", when="t == yes")), "not an earlier question"),
        ((several("m", "a", "b", "c"), item("w", when="m == a|b")), "one option"),
        ((item("q", Option("yes", {"en": "Yes"}), Option("no", {})),), "without a label"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(items, problem):
    with pytest.raises(BadInstrument, match=problem):
        instrument(*items)


def test_a_language_without_a_text_is_refused():
    with pytest.raises(BadInstrument, match="Polski"):
        instrument(item("q", *YES_NO), languages=("en", "pl"))


def test_every_audience_has_limits_and_one_voice():
    assert set(LIMITS) == set(Audience)
    assert voice_of(Audience.AGE_6_7) is Voice.CHILD
    assert voice_of(Audience.PARENT_CARER) is Voice.PARENT


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (instrument(item("q", *"abcdef")), "offers 6 answers"),
        (instrument(replace(item("q", *YES_NO), texts={"en": "word " * 16})), "16 words"),
        (instrument(*[item(f"q{n}", *YES_NO) for n in range(35)]), "asks 35 questions"),
    ],
)
def test_asking_too_much_is_said_in_a_sentence(asked, sentence):
    assert any(sentence in problem for problem in beyond_limits(asked))


def test_asking_within_the_limits_is_fine():
    assert beyond_limits(SURVEY) == ()
