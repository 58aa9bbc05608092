"""The frame is loaded whole or not at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from surveys.frame.models import Area, Stratum

pytestmark = pytest.mark.django_db
HEADER = "area,area_name,service,service_name,stage,stage_name,audience,children,source,counted_on\n"


def load(tmp_path, rows):
    file = tmp_path / "areas.csv"
    file.write_text(rows)
    out = StringIO()
    call_command("import_areas", file, stdout=out)
    return out.getvalue()


def test_areas_services_stages_and_counts_are_made_once(tmp_path):
    rows = HEADER + "north,North,visits,Visits,plan,Plan,AGE_8_11,40,Census,2026-03-31\nsouth,South,,,,,,,,\n"
    assert load(tmp_path, rows) == "New: 2 areas, 1 services, 1 journey stages, 1 counts.\n"
    assert load(tmp_path, rows) == "New: 0 areas, 0 services, 0 journey stages, 0 counts.\n"
    assert Stratum.objects.get().children == 40


@pytest.mark.parametrize(
    ("header", "said"),
    [("area_name,help_name\n", "the column area is missing"), ("area,name\n", "the column 'name' is not known")],
)
def test_a_wrong_column_is_refused_even_without_a_row(tmp_path, header, said):
    with pytest.raises(CommandError, match="Nothing was loaded") as problem:
        load(tmp_path, header)
    assert said in str(problem.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("NORTH!,x,,,,,,,,", "Line 3"),
        ("n,x,,,,,,many,Census,2026-03-31", "Line 3: children is not a whole number"),
        ("n,x,,,,,,4,,", "Line 3: a count of children needs its source"),
        ("n,x,,,,,,4,Census,31.3.26", "Line 3: counted_on"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_loaded(tmp_path, row, said):
    with pytest.raises(CommandError, match="Nothing was loaded") as problem:
        load(tmp_path, HEADER + "ok,Ok,,,,,,,,\n" + row + "\n")
    assert said in str(problem.value)
    assert not Area.objects.exists()
