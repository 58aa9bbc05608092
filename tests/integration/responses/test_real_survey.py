"""A real survey travels the whole way: every true count equals the published reference tables."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Group, Period, Quarter
from feedback.releases.tabulation import Plans, tabulate
from surveys.frame.models import Area
from surveys.responses.models import Response
from tests.factories import asking
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOLDER = "data/yrbs2019_us_highschool"
SEX = {"1": "female", "2": "male"}


def load(tmp_path, source=None):
    asking.root()
    source = source or shared(f"{FOLDER}/yrbs2019_core.csv")
    call_command("import_codebook", shared(f"{FOLDER}/yrbs2019_codebook.csv"), wave="real", stdout=StringIO())
    mapping = tmp_path / "map.json"
    names = {"columns": {"row_id": "record", "area": "psu"}, "constants": {"month": "2026-02", "audience": "AGE_12_17"}}
    mapping.write_text(json.dumps({**names, "ignore": ["weight", "stratum"]}))
    out = StringIO()
    call_command("import_responses", source, wave="real", map=mapping, create_frame=True, stdout=out)
    return out.getvalue()


def test_true_counts_equal_the_reference_tables(tmp_path):
    """For every item and group there: everybody by tabulation; girls and boys by the coded answers."""
    assert load(tmp_path) == "13677 accepted, 0 rejected, 0 already present.\n"
    assert load(tmp_path) == "0 accepted, 0 rejected, 13677 already present.\n"
    sweep()
    with shared(f"{FOLDER}/reference_tables.csv").open(newline="") as file:
        reference = list(csv.DictReader(file))
    quarter = Quarter(2026, 1)
    plans = Plans()
    tables = [tabulate(area, until=quarter, plans=plans) for area in Area.objects.all()]
    answers = list(CodedResponse.objects.values_list("answers", flat=True))
    assert reference
    for row in reference:
        question, code, expected = row["variable"], row["code"], int(row["n"])
        if row["group"] == "All":
            cells = [table.tallies(question, period=Period(quarter, quarter), group=Group()) for table in tables]
            assert sum(cell[code].n for cell in cells) == expected, row
            assert sum(cell["did_not_answer"].n for cell in cells) == int(row["n_missing"]), row
        sexes = {"All": {"1", "2", None}, "Female": {"1"}, "Male": {"2"}}[row["group"]]
        assert sum(a.get(question) == code and a.get("Q2") in sexes for a in answers) == expected, row


@pytest.mark.parametrize("damage", ["wrong column", "bad code", "cut line", "nul", "cp1252"])
def test_a_damaged_copy_loads_nothing_and_names_the_line(tmp_path, damage):
    lines = shared(f"{FOLDER}/yrbs2019_core.csv").read_bytes().split(b"\n")
    place = 0 if damage == "wrong column" else 7000
    cells = lines[place].split(b",")
    match damage:
        case "wrong column":
            cells[5] = b"Q2x"
        case "bad code":
            cells[5] = b"77"
        case "cut line":
            cells = cells[:9]
        case "nul":
            cells[5] = b"1\0"
        case "cp1252":
            cells[5] = b"\x92"
    lines[place] = b",".join(cells)
    damaged = tmp_path / "damaged.csv"
    damaged.write_bytes(b"\n".join(lines))
    with pytest.raises(CommandError, match=f"Line {place + 1}"):
        load(tmp_path, damaged)
    assert not Response.objects.exists()
    assert not Area.objects.exists()
