"""An XLSForm says what becomes of each of its rows; one of ours comes back as it was."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.instrument.document import Instrument, digest, write
from surveys.instrument.items import AGAIN_CODES, BOTH_WAYS_OUT, FACES, LADDER_CODES, Item, Kind, Option
from surveys.instrument.pictures import THINGS
from surveys.instrument.promises import TABLE
from surveys.instrument.recordings import Recording
from surveys.instrument.routing import Rule
from surveys.instrument.wording import LANGUAGES, Audience
from surveys.instrument.xlsform import BadXlsform, Column, Row, Sheets, as_a_cell, column_of, language_of
from surveys.instrument.xlsform_reading import convert
from surveys.instrument.xlsform_writing import sheets_of

ODD = ["=1+1", "@x", " a ", "\u00a0b", "a\r\nb", "-2", "\x00", "01", "a"]
RECORDED = [{}, {"en": Recording("a" * 64, 5)}, {"en": Recording("b" * 64, 7), "cy": Recording("a" * 64, 5)}]
CODES = ["q1", "Q_2", "name", "type", "x" * 63]
OPTION_CODES = ["yes", "no", "1", "01", "_", "or", "selected"]


class Maker:
    """Makes instruments with everything in them that they can hold, out of some words."""

    def __init__(self, seed, words):
        self.any = random.Random(seed)
        self.words = [*ODD, *filter(None, words)]
        self.languages = ("en", *self.any.sample(["cy", "ar"], self.any.randint(0, 2)))

    def some(self, things, least=0, most=3):
        return self.any.sample(list(things), self.any.randint(least, min(most, len(things))))

    def worded(self, languages=()):
        return {one: self.any.choice(self.words) for one in [*languages, *self.some(LANGUAGES, most=2)]}

    def options(self, kind):
        codes = {Kind.LADDER: LADDER_CODES, Kind.AGAIN: AGAIN_CODES}.get(kind)
        codes = codes or self.some(OPTION_CODES, 2, 2 if kind is Kind.PICTURES else 5)
        pictures = {Kind.FACES: FACES, Kind.PICTURES: THINGS}.get(kind, ["", "sun"])
        return tuple(
            Option(
                code, self.worded(self.languages), self.any.random() < 0.3, self.any.choice(pictures),
                self.any.choice(RECORDED),
            )
            for code in codes
        )  # fmt: skip

    def rule(self, items):
        asked = [item for item in items if item.is_closed and item.kind is not Kind.SORT]
        if not asked or self.any.random() < 0.3:
            return None
        before = self.any.choice(asked)
        several = before.kind is Kind.MULTI
        offered = [*before.option_codes, *(() if several else before.ways_out)]
        return Rule(before.code, frozenset(self.some(offered, 1, 1 if several else 3)))

    def item(self, code, items):
        kind = self.any.choice(list(Kind))
        words_only = kind in {Kind.SHORT, Kind.TEXT, Kind.DRAWING, Kind.INFORMATION}
        return Item(
            code=code, kind=kind, texts=self.worded(self.languages), options=() if words_only else self.options(kind),
            hints={**self.worded(), **self.any.choice([{}, {"cy": ""}])}, rule=self.rule(items),
            ways_out=tuple(self.some(BOTH_WAYS_OUT)), max_length=self.any.randint(1, 4000),
            audio=self.any.choice(RECORDED), picture=self.any.choice(["", "", "clock"]),
        )  # fmt: skip

    def promised(self):
        if self.any.random() < 0.5:
            return {"promise": "nobody_knows"}
        return {"promise": self.any.choice(list(TABLE)), "terms": 1, "promise_added": self.worded()}

    def instrument(self):
        items = []
        for code in self.some(CODES, 1, 5):
            items.append(self.item(code, items))
        return Instrument(
            title=self.worded(self.languages), audience=self.any.choice(list(Audience)), kind="conversation",
            languages=self.languages, items=tuple(items), **self.promised(),
            introduction={"en": "", **self.worded()}, designed_by=self.any.choice(self.words),
            listener=self.any.choice(self.words), report_back_on="2027-01-01", drafted=self.languages[1:],
            audio={"introduction": self.any.choice(RECORDED[1:])} if self.any.random() < 0.5 else {},
        )  # fmt: skip


def as_read(instrument):
    """What a reader of spreadsheets makes of the sheets: rows without blank cells, trimmed."""
    survey, choices, settings = (
        tuple(
            Row(sheet.name, number, {name: as_a_cell(text) for name, text in row.items() if as_a_cell(text)})
            for number, row in enumerate(sheet.rows, start=2)
        )
        for sheet in sheets_of(instrument)
    )
    return Sheets(survey, choices, settings[0])


@given(st.integers(0, 2**32), st.lists(st.text(max_size=12), max_size=4))
def test_what_was_written_here_comes_back_as_it_was(seed, words):
    instrument = Maker(seed, words).instrument()
    converted = convert(as_read(instrument), audience=instrument.audience)
    assert digest(write(converted.instrument)) == digest(write(instrument))
    assert converted.losses == ()


def row(number, sheet="survey", **values):
    return Row(sheet, number, {name.replace("__", "::"): value for name, value in values.items()})


YES_NO = (
    row(2, "choices", list_name="yn", name="yes", label="Yes"),
    row(3, "choices", list_name="yn", name="no", label="No"),
)


def converted(*survey, choices=YES_NO, audience=Audience.AGE_12_17, **more):
    return convert(Sheets(survey, choices, **more), audience=audience)


def lost(*survey, **more):
    return [str(loss) for loss in converted(*survey, **more).losses]


LISTENED = row(2, type="select_one yn", name="listened", label="Listened?")
WHO = row(3, type="select_multiple yn", name="who", label="Who?")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one yn", Kind.CHOICE), ("select one from yn", Kind.CHOICE), ("select_multiple yn", Kind.MULTI),
        ("select all that apply from yn", Kind.MULTI), ("rank yn", Kind.SORT), ("text", Kind.TEXT),
        ("string", Kind.TEXT), ("note", Kind.INFORMATION), ("range", Kind.LADDER),
    ],
)  # fmt: skip
def test_each_way_of_asking_that_both_have(written, kind):
    found = converted(row(2, type=written, name="q", label="Q?"), choices=YES_NO if "yn" in written else ())
    assert [item.kind for item in found.instrument.items] == [kind]
    assert found.losses == ()


@pytest.mark.parametrize(
    "written", ["date", "geopoint", "calculate", "image", "integer", "decimal", "barcode", "start"]
)
def test_what_has_no_equal_is_left_out_and_listed_with_its_row(written):
    found = converted(LISTENED, row(7, type=written, name="other", label="Other?"))
    assert [item.code for item in found.instrument.items] == ["listened"]
    (loss,) = [loss for loss in found.losses if loss.row == 7]
    assert str(loss).startswith("Sheet survey, row 7: other: it ")


def test_numbers_from_0_to_10_are_a_ladder_and_others_are_not():
    ladder = row(2, type="integer", name="safe", label="Safe?", constraint=". >= 0 and . <= 10")
    assert converted(ladder, choices=()).instrument.items[0].kind is Kind.LADDER
    assert lost(ladder, choices=()) == []
    assert "a ladder" in lost(LISTENED, row(3, type="range", name="x", label="X", parameters="start=1 end=5"))[0]


@pytest.mark.parametrize(
    ("relevant", "one_of"),
    [
        ("${listened} = 'yes'", {"yes"}), ('selected(${listened}, "no")', {"no"}),
        ("${listened} = 'yes' or selected(${listened},'no')", {"yes", "no"}), ("(${listened}='no')", {"no"}),
    ],
)  # fmt: skip
def test_a_condition_on_one_question_is_a_rule(relevant, one_of):
    found = converted(LISTENED, row(3, type="text", name="why", label="Why?", relevant=relevant))
    assert found.instrument.item("why").rule == Rule("listened", frozenset(one_of))
    assert found.losses == ()


@pytest.mark.parametrize(
    "relevant",
    [
        "${listened} != 'yes'", "${listened} = 'yes' and ${who} = 'no'", "not(selected(${listened}, 'no'))",
        "${who} = 'yes'", "selected(${who}, 'yes') or selected(${who}, 'no')", "${listened} = 'perhaps'",
        "${later} = 'yes'", "string-length(${listened}) > 2", "", "((((",
    ],
)  # fmt: skip
def test_any_other_condition_is_listed_and_the_question_is_asked_of_everybody(relevant):
    found = converted(LISTENED, WHO, row(4, type="text", name="why", label="Why?", relevant=relevant or "true()"))
    assert found.instrument.item("why").rule is None
    assert [loss.row for loss in found.losses] == [4]


def test_steps_of_a_ladder_can_be_compared():
    safe = row(2, type="range", name="safe", label="Safe?")
    found = converted(safe, row(3, type="text", name="why", label="Why?", relevant="${safe} < 3"), choices=())
    assert found.instrument.item("why").rule == Rule("safe", frozenset({"0", "1", "2"}))


def test_a_group_hands_its_condition_down_as_far_as_one_rule_can_say_it():
    group = row(3, type="begin group", name="g", relevant="${listened} = 'no'")
    inside = row(4, type="select_one yn", name="again", label="Again?")
    below = row(5, type="text", name="how", label="How?", relevant="${again} = 'yes'")
    other = row(6, type="text", name="more", label="More?", relevant="${listened} = 'yes'")
    found = converted(LISTENED, group, inside, below, other, row(7, type="end group"))
    assert found.instrument.item("again").rule == Rule("listened", frozenset({"no"}))
    assert found.instrument.item("how").rule == Rule("again", frozenset({"yes"}))
    assert found.instrument.item("more").rule == Rule("listened", frozenset({"no"}))
    assert [loss.row for loss in found.losses] == [3, 6]


def test_what_a_question_loses_is_listed_one_by_one():
    said = lost(
        row(2, type="select_one yn or_other", name="a-b", label="A **b**?", required="yes", constraint=". != 'no'",
            constraint_message="No!", default="yes", appearance="quick", media__audio="a.mp3", my_notes="x",
            guidance_hint="g", **{"label__French (fr)": "A?"}),
        settings=Row("settings", 2, {"form_title": "T", "style": "pages"}), others=("notes",),
    )  # fmt: skip
    for part in ("its code is a_b", "bold", "required", ". != 'no'", "No!", "“yes”", "quick", "a.mp3", "my_notes",
                 "“g”", "French (fr)", "*other*", "style (pages)", "Sheet notes"):  # fmt: skip
        assert [line for line in said if part in line], part


def test_a_language_is_kept_where_the_question_and_all_its_choices_are_worded_in_it():
    welsh = {"label::Cymraeg (cy)": "?"}
    question = Row("survey", 2, {**LISTENED.values, **welsh})
    both = tuple(Row("choices", one.number, {**one.values, **welsh}) for one in YES_NO)
    assert converted(question, choices=both).instrument.languages == ("en", "cy")
    assert converted(question, choices=(both[0], YES_NO[1])).instrument.languages == ("en",)
    assert "not every choice is worded in Cymraeg" in lost(question, choices=(both[0], YES_NO[1]))[0]


def test_without_english_another_text_stands_in_its_place_and_that_is_said():
    found = converted(Row("survey", 2, {"type": "text", "name": "q", "label::Polski (pl)": "Co?"}), choices=())
    assert dict(found.instrument.items[0].texts) == {"pl": "Co?", "en": "Co?"}
    assert "no English label" in str(found.losses[0])


@pytest.mark.parametrize(
    ("survey", "where"),
    [
        ([row(2, type="begin group", name="g"), row(3, type="text", name="a", label="A")], "row 2"),
        ([row(2, type="text", name="a", label="A"), row(3, type="end group")], "row 3"),
        ([row(2, type="select_one nowhere", name="a", label="A")], "row 2"),
        ([row(2, type="date", name="a", label="A")], "nothing that can be asked here"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(survey, where):
    with pytest.raises(BadXlsform, match=where):
        converted(*survey)


def test_an_edited_cell_wins_over_what_was_kept_beside_it_and_a_broken_one_is_refused():
    exact = json.dumps({"label": " Old "})
    ours = Row("settings", 2, {"form_title": "T", "earshot_format": "1", "earshot_title": "T"})
    asked = {"type": "text", "name": "q", "earshot_exact": exact}
    kept = converted(Row("survey", 2, {**asked, "label": "Old"}), choices=(), settings=ours)
    edited = converted(Row("survey", 2, {**asked, "label": "New"}), choices=(), settings=ours)
    assert [found.instrument.items[0].texts["en"] for found in (kept, edited)] == [" Old ", "New"]
    with pytest.raises(BadXlsform, match="row 2: earshot_exact was changed by hand"):
        converted(Row("survey", 2, {**asked, "label": "Old", "earshot_exact": "{"}), choices=(), settings=ours)


@given(st.dictionaries(st.sampled_from(["type", "name", "label", "relevant", "hint"]), st.text(max_size=9)))
def test_whatever_stands_in_a_row_is_taken_or_listed_or_refused(values):
    values = {name: text for name, text in values.items() if text}
    try:
        found = converted(LISTENED, Row("survey", 3, values))
    except BadXlsform:
        return
    assert len(found.instrument.items) == 2 or [loss for loss in found.losses if loss.row == 3] or not values


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("label", Column("label")), ("label::English (en)", Column("label", "English (en)")),
        ("media::image::cy", Column("image", "cy")), ("bind:relevant", Column("relevant")),
        ("Relevance", Column("relevant")), ("jr:count", Column("repeat_count")), ("value", Column("name")),
    ],
)  # fmt: skip
def test_headers(header, column):
    assert column_of(header) == column


@pytest.mark.parametrize(
    ("named", "code"), [("English (en)", "en"), ("Welsh", "cy"), ("POLSKI", "pl"), ("ar", "ar"), ("French (fr)", None)]
)
def test_languages(named, code):
    assert language_of(named) == code
