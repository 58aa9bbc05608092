"""What a licensee loads: whole or not at all, and the same after it was stored."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.licensed import as_document, from_document
from surveys.instrument.licensed_reading import BadScale, read_licensed
from surveys.instrument.locker import RECORDS
from tests.unit.instrument.licensed_rows import line, numbered, rows


def read(lines):
    return read_licensed(numbered(lines))


def without(lines, **fields):
    return [one for one in lines if not all(one[name] == value for name, value in fields.items())]


def changed(lines, found, **fields):
    return [{**one, **fields} if all(one[name] == value for name, value in found.items()) else one for one in lines]


@pytest.mark.parametrize("record", list(RECORDS))
def test_a_whole_file_is_read_and_is_the_same_after_it_was_stored(record):
    made = read(rows(record, ("en", "ar")))
    stored = json.loads(json.dumps(as_document(made), sort_keys=True))
    again = from_document(stored)
    assert (again.digest, again.scoring, again.wording("ar")) == (made.digest, made.scoring, made.wording("ar"))
    assert again.rules == made.rules
    assert again.languages == ("en", "ar")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (lambda: [], "There is no line licence,record. Add it."),
        (lambda: without(rows(), what="licence", code="number"), "no line licence,number"),
        (lambda: without(rows(), what="notice"), "There is no line notice"),
        (lambda: without(rows(), what="item", code="3"), "There is no line for the item 3"),
        (lambda: [*rows(), line("item", "8", "en", "more")], "has no item 8"),
        (lambda: without(rows(), what="option", code="o5"), "must give 1, 2, 3, 4, 5 points"),
        (lambda: without(rows(languages=("en", "pl")), what="item", code="3", language="pl"), "is not there in pl"),
        (lambda: [*rows(), line("item", "3", "pl", "x")], "in which there is no notice"),
        (lambda: [*rows(), line("item", "3", "en", "x")], "a second time in en"),
        (lambda: [*rows(), line("item", "3", "tlh", "x")], "Line 23: there is no language 'tlh'"),
        (lambda: [*rows(), line("item", "3", "en", "")], "the text is empty"),
        (lambda: [*rows(), line("poem", "3", "en", "x")], "is nothing that can be loaded"),
        (lambda: rows(record="swemwbs", expires="soon"), "is not written like 2027-03-31"),
        (lambda: rows(modes="telepathy"), "modes: write one or more of electronic assisted paper"),
        (lambda: rows(audiences="AGE_4_5"), "audiences: write one or more"),
        (lambda: rows(side_by_side="perhaps"), "side_by_side is yes or no"),
        (lambda: rows(holder="x" * 201), "in one line of at most 200 letters"),
        (lambda: [*rows(), line("meaning", "wellbeing", "pl", "x")], "in which there is no notice"),
        (lambda: without(rows(), what="meaning"), "There is no line meaning of the scale wellbeing"),
        (lambda: [*rows(), line("band", "wellbeing", "en", "x", lowest="7", highest="35")], "no line licence,norm"),
        (lambda: [*rows(norm="n"), line("band", "wellbeing", "en", "x", lowest="7", highest="20")], "in no band"),
        (
            lambda: [
                *rows(norm="n"),
                line("band", "wellbeing", "en", "x", lowest="7", highest="20"),
                line("band", "wellbeing", "en", "y", lowest="19", highest="35"),
            ],
            "in more than one band",
        ),
        (lambda: [*rows(), line("band", "wellbeing", "en", "x", lowest="9", highest="8")], "above its highest"),
        (lambda: [*rows(), line("band", "wellbeing", "en", "x", lowest="NaN", highest="8")], "not a number from 0"),
        (lambda: [*rows(), line("option", "o6", "en", "x", points="-1")], "points is not a whole number"),
        (lambda: [*rows(), line("scale", "mine", text="Mine", items="1 2")], "has no scale mine to be loaded"),
        (
            lambda: changed(rows("sdq"), {"code": "conduct", "what": "scale"}, items="6r 7 8 9"),
            "3 are marked|has 5 items",
        ),
        (lambda: changed(rows("sdq"), {"code": "conduct", "what": "scale"}, items="6 7 8 9 10"), "and 4 are marked"),
        (lambda: changed(rows("sdq"), {"code": "conduct", "what": "scale"}, least="2"), "needs 3 answered items"),
        (lambda: changed(rows("sdq"), {"code": "conduct", "what": "scale"}, items="6r 7 8 9 99"), "does not have"),
        (lambda: without(rows("esq"), what="scale", code="care"), "no line for the scale care"),
        (lambda: without(rows("hassles"), what="scale"), "no line for a scale"),
        (lambda: [*rows(), line("item", "1", "en", "x" * 2001)], "longer than 2000 letters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_read(lines, says):
    with pytest.raises(BadScale, match=says):
        read(lines())


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(("what", "code", "language", "text", "points", "items", "lowest")), st.text(max_size=20)
        ),
        max_size=5,
    )
)
def test_no_file_breaks_the_reading(lines):
    with pytest.raises(BadScale):
        read([{**line("item"), **one} for one in lines])


def test_any_other_word_is_another_wording():
    before = read(rows(languages=("en", "pl")))
    after = read(changed(rows(languages=("en", "pl")), {"what": "item", "code": "3", "language": "pl"}, text="other"))
    assert before.wording("en") == after.wording("en")
    assert before.wording("pl") != after.wording("pl")
    assert before.scoring == after.scoring
