"""Designs come in from spreadsheets as drafts, and go out again without a loss."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook
from wagtail.models import PageLogEntry

from feedback.accounts.roles import Role
from surveys.bank.models import QuestionPage
from surveys.design.composition import compose
from surveys.design.models import SurveyPage
from surveys.design.xlsform_actions import look_at_content, store_design
from surveys.design.xlsform_files import LARGEST, read_content, read_file
from surveys.design.xlsform_out import workbook_of
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import digest, write
from surveys.instrument.items import Kind
from surveys.instrument.wording import Audience
from surveys.instrument.xlsform import BadXlsform
from surveys.instrument.xlsform_reading import convert
from tests.factories import asking
from tests.factories.people import staff
from tests.shared import shared

HEADER = ["type", "name", "label::English (en)", "label::Cymraeg (cy)"]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::Cymraeg (cy)"],
    ["yn", "yes", "Yes", "Ie"],
    ["yn", "no", "No", "Na"],
]
SURVEY = [
    [*HEADER, "relevant", "required"],
    ["note", "hello", "Hello.", "Helo.", None, None],
    ["select_one yn", "listened", "Were you listened to?", "Gawsoch chi wrandawiad?", None, "yes"],
    ["text", "why", "What was missing?", "Beth oedd ar goll?", "${listened} = 'no'", None],
]


def book(**sheets):
    """A spreadsheet with these rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


FORM = book(survey=SURVEY, choices=CHOICES, settings=[["form_title"], ["Being heard"]])


def look(content=FORM, *, by=None, **more):
    return look_at_content(content, name="form.xlsx", audience=Audience.AGE_12_17, by=by, **more)


@pytest.fixture
def area(db):
    asking.survey(of=asking.area("here"))
    return asking.area("here")


@pytest.fixture
def officer(area):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


def test_a_form_becomes_a_draft_survey_and_draft_questions(area, officer):
    survey = store_design(look(), area=area, by=officer)
    instrument = compose(survey)
    assert [item.kind for item in instrument.items] == [Kind.INFORMATION, Kind.CHOICE, Kind.TEXT]
    assert (instrument.languages, instrument.drafted) == (("en", "cy"), ("cy",))
    assert instrument.items[0].texts == {"en": "Hello.", "cy": "Helo."}
    assert instrument.item("why").rule.one_of == {"no"}
    assert not QuestionPage.objects.filter(live=True).exists()
    assert (survey.live, survey.status) == (False, SurveyPage.Status.DRAFT)
    logged = PageLogEntry.objects.filter(page=survey.pk, user=officer).values_list("action", flat=True)
    assert {"wagtail.create", "design.import_xlsform"} <= set(logged)


def test_export_then_import_gives_the_same_document(area, officer):
    survey = store_design(look(), area=area, by=officer)
    again = store_design(look(workbook_of(compose(survey))), area=area, by=officer)
    assert digest(write(compose(again))) == digest(write(compose(survey)))
    assert QuestionPage.objects.filter(locale__language_code="en").count() == 2
    edited = book(survey=[*SURVEY[:2], [*SURVEY[2][:2], "Do they listen?", "?", None, None]], choices=CHOICES)
    settled = look(edited, prefix="Pilot 2")
    assert [item.code for item in settled.instrument.items] == ["hello", "pilot_2_listened"]
    assert any("the bank has another question of this code" in str(loss) for loss in settled.losses)


def test_what_was_looked_at_is_what_is_stored_and_once(area, officer):
    settled = look()
    store_design(settled, area=area, by=officer, slug="imported-once")
    with pytest.raises(NotAllowed, match="imported already"):
        store_design(settled, area=area, by=officer, slug="imported-once")
    QuestionPage.objects.filter(code="why").update(kind="drawing")
    with pytest.raises(NotAllowed, match="The bank has changed"):
        store_design(settled, area=area, by=officer)
    assert SurveyPage.objects.designed().count() == 2


def test_only_who_drafts_surveys_there_imports(area):
    stranger = staff("stranger", Role.PARTICIPATION_OFFICER, area=asking.area("elsewhere"))
    for person in (stranger, staff("analyst", Role.BOARD_ANALYST, area=area)):
        with pytest.raises(PermissionDenied):
            store_design(look(), area=area, by=person)
    with pytest.raises(NotAllowed, match="no care council"):
        store_design(look(), area=asking.area("empty"), by=None)
    assert not QuestionPage.objects.exists()


def test_the_commands_list_first_and_say_what_is_wrong(area, officer, tmp_path):
    file, out = tmp_path / "form.xlsx", io.StringIO()
    file.write_bytes(FORM)
    call_command("import_xlsform", file, by="officer", dry_run=True, stdout=out)
    assert "Sheet survey, row 3: listened: an answer is required there" in out.getvalue()
    assert "Nothing was stored." in out.getvalue()
    assert not QuestionPage.objects.exists()
    call_command("import_xlsform", file, area="here", by="officer", stdout=out)
    call_command("export_xlsform", "imported", tmp_path / "out.xlsx", stdout=out)
    assert out.getvalue().endswith("3 items in 2 languages are written.\n")
    for more, why in (
        ({"area": "nowhere"}, "--area: here"), ({"by": "nobody"}, "no account"), ({"file": tmp_path}, "cannot be read")
    ):  # fmt: skip
        with pytest.raises(CommandError, match=why):
            call_command("import_xlsform", more.pop("file", file), **more, stdout=out)
    for name in ("nothing", "999999"):
        with pytest.raises(CommandError, match="There is no survey"):
            call_command("export_xlsform", name, tmp_path / "out.xlsx")


def test_no_cell_is_a_formula_whatever_it_begins_with():
    words = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"]
    items = [asking.text_item(f"q{number}", hints={"en": word}) for number, word in enumerate(words)]
    written = load_workbook(io.BytesIO(workbook_of(asking.instrument(*items))))
    cells = [cell for sheet in written for row in sheet.iter_rows() for cell in row if cell.value in words]
    assert [cell.value for cell in cells] == words
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


ASK = [["type", "name", "label"], ["text", "q", "Q?"]]
MALFORMED = {
    "empty": (b"", "is empty"),
    "words": (b"hello", "not a spreadsheet"),
    "damaged": (FORM[: len(FORM) // 2], "damaged"),
    "old and damaged": (b"\xd0\xcf\x11\xe0" + b"\0" * 2000, "damaged"),
    "another document": (zipped({"mimetype": "application/epub"}), "not a spreadsheet"),
    "bomb": (zipped({"xl/workbook.xml": b"0" * 90_000_000}), "far larger"),
    "macros": (zipped({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}), "macros"),
    "names in XML": (zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'}), "XML defines names"),
    "no survey": (book(choices=CHOICES, settings=[["form_title"], ["T"]]), "no sheet is called survey"),
    "formula": (book(survey=[*ASK, ["text", "p", "=A1"]]), "Sheet survey, row 3, column C: there is a formula"),
    "error": (book(survey=[*ASK, ["text", "p", "#REF!"]]), "Sheet survey, row 3, column C"),
    "another name": (book(questions=ASK, choices=CHOICES), "Sheet questions: no sheet is called survey"),
    "large letters": (book(survey=ASK, Choices=CHOICES), "Sheet Choices: its name is choices"),
    "no English": (book(survey=[HEADER, ["text", "a", "A", "A"], ["text", "b", None, "B"]]), "Sheet survey, row 3"),
    "twice": (book(survey=[*ASK, ASK[1]]), "Sheet survey, row 3"),
    "no type": (book(survey=[*ASK, [None, "p", "P?"]]), "Sheet survey, row 3"),
    "unknown type": (book(survey=[*ASK, ["nonsense", "p", "P?"]]), "Sheet survey, row 3"),
    "no list": (book(survey=[*ASK, ["select_one x", "p", "P?"]], choices=CHOICES), "Sheet survey, row 3"),
    "open group": (book(survey=[*ASK, ["begin group", "g", "G"]]), "Sheet survey, row 3"),
    "closed group": (book(survey=[*ASK, ["end group", None, None]]), "Sheet survey, row 3"),
    "column twice": (book(survey=[["type", "name", "name"], ["text", "q", "q"]]), "Sheet survey, row 1"),
    "unknown reference": (book(survey=[[*ASK[0], "relevant"], [*ASK[1], "${x} = 1"]]), "Sheet survey, row 2"),
    "settings twice": (book(survey=ASK, settings=[["form_title"], ["A"], ["B"]]), "Sheet settings, row 3"),
    "nothing to ask": (book(survey=[ASK[0], ["date", "q", "Q?"]]), "nothing that can be asked here"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_refused_in_a_sentence(name):
    content, why = MALFORMED[name]
    with pytest.raises(BadXlsform, match=why) as refused:
        convert(read_content(content, name="form.xlsx")[0], audience=Audience.AGE_12_17)
    assert "Traceback" not in str(refused.value)


def test_macros_large_files_and_nul_bytes_are_refused_before_they_are_opened(tmp_path):
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    for why, read in {
        "larger than": lambda: read_file(large),
        r"\.xlsm": lambda: read_content(FORM, name="form.XLSM"),
        "Line 2: there is a NUL": lambda: read_content(b"survey\n\0", name="form.csv"),
        "damaged": lambda: read_content(b"\xff\xfe\xfd", name="form.csv"),
    }.items():
        with pytest.raises(BadXlsform, match=why):
            read()


def test_what_the_reader_passes_over_is_listed():
    rows = [*ASK, ["text", "p", "P?", "a note"], *[[None]] * 70, ["text", "late", "Late?"]]
    _, left_out = read_content(book(survey=rows), name="form.xlsx")
    said = [str(loss) for loss in left_out]
    assert said[0] == "Sheet survey, row 3: column D has no heading, so “a note” is left out."
    assert "Sheet survey, row 74: “late” stands after more than 60 empty rows, so it is not read." in said


def test_forms_as_plain_text_are_read_too():
    plain = {
        "form.csv": b"survey,type,name,label\n,text,q,Q?\n",
        "form.md": b"| survey |\n| | type | name | label |\n| | text | q | Q? |\n",
    }
    for name, content in plain.items():
        sheets, _ = read_content(content, name=name)
        assert convert(sheets, audience=Audience.AGE_12_17).instrument.item("q").texts == {"en": "Q?"}


# As the source of the real forms groups them; of the malformed those that today's reference implementation finds fault
# with, or of which we can say one. Forms that it once failed at, and that are sound, are taken like others.
TAKEN = [
    "xlsform_spec_test.xlsx", "widgets.xls", "widgets.csv", "yes_or_no_question.xlsx", "yes_or_no_question.csv",
    "choice_filter_test.xlsx", "or_other.xlsx", "field-list.xlsx", "good_eats_multilang.xlsx",
    "childrens_survey_en.xlsx", "childrens_survey_sw.xlsx", "multi_lingual_form.xlsx",
    "tutorial_arabic_labels.xlsx", "bug_UCL_Biomass_Plot_Form.xlsx", "MCH_v1.xlsx", "grains.xlsx",
    "subdistrict_profiling_tool.xlsx",
]  # fmt: skip
REFUSED = [
    "bug_badly_named_choices_sheet.xls", "bug_blank_second_row.xls", "bug_calculate_without_calculation.xls",
    "bug_duplicate_columns.xlsx", "bug_group_name_test.xls", "bug_spaces_in_choices_header.xls",
    "survey_no_name.xlsx", "unknown_question_type.xls", "choice_name_as_type.xls", "transportation.no_choices.xlsx",
    "group_names_must_be_unique.xlsx", "duplicate_choice_form.xlsx", "childrens_survey_sw_missing_en_label.xlsx",
]  # fmt: skip
FORMS = {".xls", ".xlsx", ".csv", ".md", ".xml"}


def rows_of(file):
    """How many rows of a form's survey sheet hold something, the rows it lists, and what it becomes."""
    try:
        sheets, _ = read_file(file)
        found = convert(sheets, audience=Audience.AGE_12_17)
    except BadXlsform as problem:
        return str(problem)
    listed = {loss.row for loss in found.losses if loss.sheet == "survey"}
    silent = [
        row.number
        for row in sheets.survey
        if row.values and row.number not in listed and not row.get("type").lower().startswith("end")
    ]
    return len(silent) <= len(found.instrument.items)


@pytest.mark.slow
def test_every_real_form_is_taken_or_refused_with_a_reason_and_none_crashes():
    folder = shared("data/xlsforms/manifest.csv").parent
    forms = [file for file in folder.rglob("*") if file.suffix in FORMS and file.name != "manifest.csv"]
    outcomes = {file.name: rows_of(file) for file in forms}
    assert {name: outcomes[name] for name in TAKEN} == dict.fromkeys(TAKEN, True)
    assert [name for name in REFUSED if not isinstance(outcomes[name], str)] == []
    assert all(outcomes.values()), "a row is neither taken nor listed"
