"""Answers given elsewhere: all of a file, or none of it, and the line that is wrong is named."""

import json
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area, JourneyStage, Service
from surveys.responses.models import Response
from tests.factories import asking

pytestmark = pytest.mark.django_db
HEADER = "row_id,area,service,stage,audience,month,listened,why,who,words\n"


@pytest.fixture
def wave():
    return asking.open_wave(of=asking.area("north"))


def load(tmp_path, content, wave="wave", **options):
    file = tmp_path / "answers.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = StringIO()
    call_command("import_responses", file, wave=wave, create_frame=True, stdout=out, **options)
    return out.getvalue()


def test_rows_become_responses(tmp_path, wave):
    said = load(tmp_path, HEADER + "1,north,visits,plan,AGE_8_11,2026-02,no,busy,mum;dad,hello\n", wave.code)
    assert said == "1 accepted, 0 rejected, 0 already present.\n"
    stored = Response.objects.get()
    assert stored.answers == {"listened": "no", "why": "busy", "who": ["mum", "dad"], "words": "hello"}
    assert (stored.service.code, stored.stage.code, str(stored.received_on)) == ("visits", "plan", "2026-02-01")


def test_a_second_run_adds_nothing(tmp_path, wave):
    content = HEADER + "1,north,,,,2026-02,yes,,,\n2,north,,,,2026-02,no,,,\n"
    load(tmp_path, content, wave.code)
    assert load(tmp_path, content, wave.code) == "0 accepted, 0 rejected, 2 already present.\n"
    assert Response.objects.count() == 2


def test_an_answer_off_the_path_is_dropped_if_it_is_one_that_was_offered(tmp_path, wave):
    load(tmp_path, HEADER + "1,north,,,,2026-02,yes,busy,,\n", wave.code)
    assert Response.objects.get().answers == {"listened": "yes"}


@pytest.mark.parametrize(
    "changed", ["2,north,,,,2026-02,yes,,,\n", "2,north,,,,2026-03,no,,,\n", "2,north,visits,,,2026-02,no,,,\n"]
)
def test_a_row_that_says_something_else_than_before_is_counted_and_left(tmp_path, wave, changed):
    first, second = "1,north,,,,2026-02,yes,,mum;dad,\n", "2,north,,,,2026-02,no,,,\n"
    load(tmp_path, HEADER + first + second, wave.code)
    before = list(Response.objects.order_by("pk").values())
    said = load(tmp_path, HEADER + first + changed + "3,north,,,,2026-02,no,,,\n", wave.code)
    assert said.splitlines() == [
        "1 accepted, 0 rejected, 2 already present.",
        "1 of them differ from what was loaded before and were left as they are.",
    ]
    kept = Response.objects.filter(pk__in=[row["id"] for row in before])
    assert list(kept.order_by("pk").values()) == before


def test_a_dry_run_checks_everything_and_stores_nothing(tmp_path, wave):
    said = load(tmp_path, HEADER + "1,north,new,,,2026-02,yes,,,\n", wave.code, dry_run=True)
    assert said == "1 would be accepted, 0 rejected, 0 already present.\n"
    assert not Response.objects.exists()
    assert not Service.objects.exists()


GOOD = "1,north,,,,2026-02,yes,,,\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("row_id,area,audience,month,listend\n1,north,,2026-02,yes\n", "Line 1: the column 'listend' is not known"),
        ("area,audience,month,listened\nnorth,,2026-02,yes\n", "Line 1: the column row_id is missing"),
        ("area,audience,month,listened\n", "Line 1: the column row_id is missing"),
        (HEADER.replace("why", "whi"), "Line 1: the column 'whi' is not known"),
        ("", "Line 1: the file is empty"),
        ("row_id,row_id,area,audience,month\n", "Line 1: a column is named twice"),
        (HEADER + GOOD + "2,north,,,,2026-02,perhaps,,,\n", "Line 3: listened has a value it does not offer"),
        (HEADER + GOOD + "2,north,,,,2026-02\n", "Line 3: 6 values for 10 columns"),
        (HEADER + GOOD + "2,no\0rth,,,,2026-02,yes,,,\n", "Line 3: there is a NUL byte"),
        ((HEADER + GOOD).encode() + "2,north,,,,2026-02,yes,,,caf\xe9\n".encode("cp1252"), "Line 3: this is not UTF-8"),
        (HEADER + GOOD + "1,north,,,,2026-02,yes,,,\n", "Line 3: row_id 1 is used twice"),
        (HEADER + GOOD + ",north,,,,2026-02,yes,,,\n", "Line 3: row_id is blank"),
        (HEADER + GOOD + "2,north,,,,2026-13,yes,,,\n", "Line 3: month '2026-13' is not written like"),
        (HEADER + GOOD + "2,north,,,,2999-01,yes,,,\n", "Line 3: month 2999-01 has not come yet"),
        (HEADER + GOOD + "2,north,,,,1026-09,yes,,,\n", "Line 3: month '1026-09' cannot be right"),
        (HEADER + GOOD + "2,north,,,,1999-12,yes,,,\n", "Line 3: month '1999-12' cannot be right"),
        (HEADER + GOOD + "2,north,,,,2026-02,yes,lazy,,\n", "Line 3: why has a value it does not offer"),
        (HEADER + GOOD + "2,north,,,,2026-02,perhaps,lazy,,\n", "Line 3: why has a value it does not offer"),
        (HEADER + GOOD + "2,north,,,TODDLER,2026-02,yes,,,\n", "Line 3: audience 'TODDLER' is none of"),
        (HEADER + GOOD + "2,south,,,,2026-02,yes,,,\n", "Line 3: area south is not the area of this wave"),
        (HEADER + GOOD + "2,a b,,,,2026-02,yes,,,\n", "Line 3: area 'a b' cannot be a code"),
        (HEADER + GOOD + '2,north,,,,2026-02,yes,,,"open\n', "Line 3: unexpected end of data"),
    ],
)
def test_a_damaged_file_loads_nothing_and_names_the_line(tmp_path, wave, content, said):
    with pytest.raises(CommandError, match="Nothing was loaded") as problem:
        load(tmp_path, content, wave.code)
    assert said in str(problem.value)
    assert not Response.objects.exists()
    assert not JourneyStage.objects.exists()
    assert set(Area.objects.values_list("code", flat=True)) == {"north"}


def test_many_faults_are_counted_and_not_all_listed(tmp_path, wave):
    rows = "".join(f"{n},north,,,,2026-02,perhaps,,,\n" for n in range(50))
    with pytest.raises(CommandError) as problem:
        load(tmp_path, HEADER + rows, wave.code)
    assert "and 30 more" in str(problem.value)


def test_without_leave_to_make_it_an_unknown_place_is_refused(tmp_path, wave):
    file = tmp_path / "answers.csv"
    file.write_text(HEADER + "1,north,unknown,,,2026-02,yes,,,\n")
    with pytest.raises(CommandError, match="--create-frame"):
        call_command("import_responses", file, wave=wave.code)


def test_a_wave_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="There is no wave 'nowhere'"):
        load(tmp_path, HEADER, "nowhere")


def test_a_mapping_renames_columns_and_adds_constants(tmp_path, wave):
    mapping = tmp_path / "map.json"
    mapping.write_text(
        json.dumps(
            {
                "columns": {"row_id": "no", "listened": "Q1"},
                "constants": {"area": "north", "month": "2026-02", "audience": "AGE_12_17"},
                "ignore": ["weight"],
                "blanks": ["-9"],
            }
        )
    )
    load(tmp_path, "no,Q1,weight\n1,yes,0.4\n2,-9,0.3\n", wave.code, map=mapping)
    assert [r.answers for r in Response.objects.order_by("answers")] != []
    assert {r.audience for r in Response.objects.all()} == {"AGE_12_17"}
    assert sorted(len(r.answers) for r in Response.objects.all()) == [0, 1]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"colums": {}}',
        '{"columns": 3}',
        '{"columns": {"row_id": ["x"]}}',
        '{"columns": {"row_id": true}}',
        '{"constants": ["area"]}',
        '{"constants": {"area": null}}',
        '{"ignore": "area"}',
        '{"ignore": [["area"]]}',
        '{"blanks": {"-9": 1}}',
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_said_so(tmp_path, wave, content):
    mapping = tmp_path / "map.json"
    mapping.write_text(content)
    with pytest.raises(CommandError, match="mapping file"):
        load(tmp_path, HEADER, wave.code, map=mapping)


def test_a_column_may_not_be_meant_twice(tmp_path, wave):
    mapping = tmp_path / "map.json"
    mapping.write_text('{"columns": {"area": "psu"}}')
    with pytest.raises(CommandError, match="named twice"):
        load(tmp_path, "row_id,area,psu,audience,month\n1,north,north,,2026-02\n", wave.code, map=mapping)


def test_blanks_may_be_written_as_numbers(tmp_path, wave):
    mapping = tmp_path / "map.json"
    mapping.write_text('{"blanks": [-9]}')
    load(tmp_path, HEADER + "1,north,,,,2026-02,-9,,,\n", wave.code, map=mapping)
    assert Response.objects.get().answers == {}


CODEBOOK = (
    "variable,variable_label,code,value_label\nQ1,How old,1,Ten\nQ1,How old,2,Eleven\nQ2,Safe,1,Yes\nQ2,Safe,2,No\n"
)


def codebook(tmp_path, content=CODEBOOK, wave="elsewhere", **options):
    asking.root()
    file = tmp_path / "codebook.csv"
    file.write_text(content)
    out = StringIO()
    call_command("import_codebook", file, wave=wave, stdout=out, **options)
    return out.getvalue()


def test_a_codebook_becomes_a_wave_that_takes_answers(tmp_path):
    assert "with 2 questions is ready" in codebook(tmp_path)
    load(tmp_path, "row_id,area,audience,month,Q1,Q2\n1,a,,2026-02,2,\n", "elsewhere")
    assert Response.objects.get().answers == {"Q1": "2"}


def test_the_same_codebook_again_changes_nothing(tmp_path):
    codebook(tmp_path)
    assert "was there already" in codebook(tmp_path)
    assert Wave.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("variable,code\nQ1,1\n", "variable_label is missing"),
        ("variable,variable_label,code,value_label\n", "names no variable"),
        (CODEBOOK + "Q3,x,1,only one\n", "two options"),
        (CODEBOOK + "Q3,x,rather_not_say,a\nQ3,x,2,b\n", "Line 6"),
        (CODEBOOK + "Q 3,x,1,a\nQ 3,x,2,b\n", "Line 6"),
        (CODEBOOK + ",x,1,a\n", "Line 6: variable and code must not be blank"),
        (CODEBOOK + "Q3,x,1,a\nQ3,x,1,b\n", "Line 7: Q3 has the code 1 twice"),
    ],
)
def test_a_codebook_that_cannot_be_asked_makes_nothing(tmp_path, content, said):
    with pytest.raises(CommandError, match="Nothing was made") as problem:
        codebook(tmp_path, content)
    assert said in str(problem.value)
    assert not Wave.objects.exists()
    assert not get_user_model().objects.exists()


def test_a_codebook_keeps_the_audience_it_was_loaded_for(tmp_path):
    codebook(tmp_path)
    with pytest.raises(CommandError, match="This wave was made for AGE_12_17"):
        codebook(tmp_path, audience="AGE_8_11")
    assert not Wording.objects.filter(audience="AGE_8_11").exists()


def test_a_question_from_a_codebook_may_be_asked_of_another_audience_in_another_wave(tmp_path):
    codebook(tmp_path)
    codebook(tmp_path, wave="younger", audience="AGE_8_11")
    assert Wording.objects.filter(audience="AGE_8_11").count() == 2


def test_a_codebook_does_not_word_a_question_of_the_bank(tmp_path):
    bank = asking.root().add_child(instance=QuestionBankPage(title="Question bank"))
    question = QuestionPage(title="Safe", code="Q2")
    question.wordings = [Wording(audience="AGE_8_11", text="Do you feel safe?")]
    question.options = [Option(code=code, label=code, sort_order=n) for n, code in enumerate("12")]
    bank.add_child(instance=question)
    with pytest.raises(CommandError, match="Line 4: the question Q2 of the bank has no wording for AGE_12_17"):
        codebook(tmp_path)
    assert Wording.objects.count() == 1
    codebook(tmp_path, audience="AGE_8_11")


def test_another_codebook_for_the_same_wave_is_refused(tmp_path):
    codebook(tmp_path)
    with pytest.raises(CommandError, match="another codebook"):
        codebook(tmp_path, CODEBOOK + "Q3,x,1,a\nQ3,x,2,b\n")
