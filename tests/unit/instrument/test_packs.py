"""A pack of questions comes back as it was written, and every fault in one is said with where it is."""

import base64
import copy
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.items import Kind
from surveys.instrument.packs import LARGEST, BadPack, Pack, PackedOption, PackedQuestion, Words, read_pack, write_pack

SOUND = b"sound"
HASH = hashlib.sha256(SOUND).hexdigest()
SAYS = st.characters(exclude_categories=["Cs", "Cc"])
WORDS = st.text(SAYS, min_size=1, max_size=20).filter(str.strip)


@given(WORDS, st.text(SAYS, max_size=9), st.sampled_from(["", HASH]), st.booleans())
def test_what_was_packed_is_unpacked(text, hint, sound, is_outcome):
    said = {"en": Words(text, hint, sound), "ar": Words(text)}
    label = {"en": Words(text, sound=sound)}
    options = (PackedOption("yes", label, picture="sun"), PackedOption("no", label, excludes_others=True))
    question = PackedQuestion(
        "listened", Kind.CHOICE, {"AGE_8_11": said, "AGE_12_17": said}, options, "listened", hint, is_outcome,
        "CC0", text,
    )  # fmt: skip
    pack = Pack((question,), {HASH: SOUND} if sound else {})
    assert read_pack(write_pack(pack).encode()) == pack


def whole():
    said = {"en": {"text": "Were you heard?", "sound": HASH}}
    options = [{"code": code, "labels": {"en": {"text": code}}} for code in ("yes", "no")]
    asked = {"code": "heard", "kind": "choice", "wordings": {"AGE_8_11": said}, "options": options}
    sounds = {HASH: base64.b64encode(SOUND).decode()}
    return {"format": "earshot-questions-1", "questions": [asked], "sounds": sounds}


def test_a_pack_that_somebody_wrote_by_hand_needs_no_more_than_this():
    (question,) = read_pack(json.dumps(whole()).encode()).questions
    assert question.wordings["AGE_8_11"]["en"] == Words("Were you heard?", sound=HASH)


def changed(path, value):
    pack = copy.deepcopy(whole())
    *way, last = path
    place = pack
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return pack


Q = ("questions", 0)


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("format",), "other", "format is not"),
        (("questions",), [], "There is no question"),
        (("questions",), {}, "questions is no list"),
        (Q, 7, "Question 1 is no question"),
        ((*Q, "code"), "1 x", "Question 1 (1 x): its code"),
        ((*Q, "code"), 7, "code is no text"),
        ((*Q, "kind"), "information", "no way of answering"),
        ((*Q, "purpose"), "x" * 4001, "4001 letters; 4000"),
        ((*Q, "licence"), "a\0b", "signs in it that cannot be shown"),
        ((*Q, "wordings"), {"NOBODY": {}}, "audiences"),
        ((*Q, "wordings", "AGE_8_11"), {"cy": {"text": "x"}}, "not said in English"),
        ((*Q, "wordings", "AGE_8_11", "fr"), {"text": "x"}, "does not have"),
        ((*Q, "wordings", "AGE_8_11", "en", "text"), " ", "for AGE_8_11 in en: there are no words"),
        ((*Q, "wordings", "AGE_8_11", "en", "text"), "x" * 301, "301 letters; 300"),
        ((*Q, "wordings", "AGE_8_11", "en", "sound"), "../x", "not named by a hash"),
        ((*Q, "wordings", "PARENT_CARER"), {"en": {"text": "x"}}, "two voices"),
        ((*Q, "options"), [], "two options or more"),
        ((*Q, "options", 1, "code"), "yes", "an option is there twice"),
        ((*Q, "options", 1, "code"), "do_not_know", "Question 1 (heard), option 2: its code"),
        ((*Q, "options", 1, "picture"), "gun", "no picture 'gun'"),
        ((*Q, "options", 1, "audience"), "ALL", "'ALL' is no audience"),
        ((*Q, "options", 1, "labels", "en", "text"), "x" * 121, "121 letters; 120"),
        ((*Q, "kind"), "ladder", "0 to 10"),
        (("sounds",), {}, "is named and not in the file"),
        (("sounds",), [], "no table of recordings"),
        (("sounds", HASH), base64.b64encode(b"other").decode(), "not what its name says"),
        (("sounds", HASH), "***", "not what its name says"),
        ((*Q, "wordings", "AGE_8_11", "en", "sound"), None, "nothing names it"),
    ],
)
def test_each_fault_is_said(path, value, why):
    with pytest.raises(BadPack) as refused:
        read_pack(json.dumps(changed(path, value)).encode())
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "Line 1: this is not JSON"), (b"\xff", "not a file of questions"), (b"[]", "format is not"),
        (b"[" * 100_000, "not a file of questions"), (b" " * (LARGEST + 1), "larger than"), (b"", "not JSON"),
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused(content, why):
    with pytest.raises(BadPack, match=why):
        read_pack(content)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(
    inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "text", "code", "labels", "AGE_8_11", "wordings"]),
    inner, max_size=3), max_leaves=8), st.sampled_from(["wordings", "options", "code", "kind", "theme"]))  # fmt: skip
def test_whatever_stands_in_a_question_it_is_taken_or_refused_in_sentences(value, name):
    pack = changed((*Q, name), value if value is not None else 0)
    try:
        read_pack(json.dumps(pack).encode())
    except BadPack as problem:
        faults = problem.faults
        assert faults == [fault for fault in faults if fault.endswith(".")], faults
