"""The frame is loaded whole or not at all."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from surveys.frame.imports import import_areas
from surveys.frame.models import Area, Stratum
from tests.factories import asking
from tests.factories.people import staff
from tests.shared import shared

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
    made, pages = load(tmp_path, rows).splitlines()
    assert made == "New: 2 areas, 1 services, 1 journey stages, 1 counts."
    assert "after the next tick" in pages
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


def test_every_wrong_line_is_named(tmp_path):
    rows = HEADER + "".join(f"n{n},x,,,,,,many,Census,2026-03-31\n" for n in range(30))
    with pytest.raises(CommandError) as problem:
        load(tmp_path, rows)
    assert [f"Line {n}:" for n in range(2, 32)] == [
        line.split(" children")[0] for line in str(problem.value).split("\n")[1:]
    ]


def test_a_help_number_is_set_and_not_added_again(tmp_path):
    rows = "area,help_name,help_number\nnorth,Duty team,01632 960001\n"
    load(tmp_path, rows)
    load(tmp_path, rows)
    assert [str(one) for one in Area.objects.get().help_numbers.all()] == ["Duty team 01632 960001"]
    with pytest.raises(CommandError, match="Line 2: Write the number"):
        load(tmp_path, "area,help_name,help_number\nnorth,Duty team,call us\n")


REGISTER = "english_local_authorities/english_childrens_services_authorities.csv"


def test_the_register_of_authorities_is_loaded_once(tmp_path):
    rows = shared(f"data/{REGISTER}").read_text()
    assert load(tmp_path, rows).startswith("New: 153 areas")
    assert load(tmp_path, rows).startswith("New: 0 areas")
    bristol = Area.objects.get(gss_code="E06000023")
    assert (bristol.region, bristol.official_name) == ("South West", "Bristol City Council")
    assert len({area.gss_code for area in Area.objects.all()}) == 153
    assert Area.objects.values("region").distinct().count() == 9
    assert not Area.objects.filter(is_fictional=True).exists()


def test_counts_find_the_areas_of_the_register(tmp_path):
    load(tmp_path, shared(f"data/{REGISTER}").read_text())
    rows = ["E06000023,AGE_8_11,40", "Bristol,AGE_12_17,50"]
    counts = "area,audience,children,source,counted_on\n" + "".join(f"{row},Our own,2026-03-31\n" for row in rows)
    assert load(tmp_path, counts) == "New: 0 areas, 0 services, 0 journey stages, 2 counts.\n"
    assert load(tmp_path, counts).endswith("0 counts.\n")
    assert {stratum.area.gss_code for stratum in Stratum.objects.all()} == {"E06000023"}


def test_a_bad_line_of_the_register_is_named_and_nothing_is_loaded(tmp_path):
    header = "gss-code,nice-name,official-name,region,alt-names,former-gss-codes\n"
    good = "E06000001,Hartlepool,Hartlepool Borough Council,North East,Hartlepool UA,\n"
    with pytest.raises(CommandError, match="Line 3: A GSS code is a letter and eight digits"):
        load(tmp_path, header + good + "E0600,Middlesbrough,x,North East,,\n")
    assert not Area.objects.exists()


def test_an_area_whose_boundary_changed_stays_the_same_area(tmp_path):
    header = "gss-code,nice-name,official-name,region,alt-names,former-gss-codes\n"
    load(tmp_path, header + "E06000048,Northumberland,Northumberland County Council,North East,,\n")
    load(tmp_path, header + "E06000057,Northumberland,Northumberland County Council,North East,,E06000048\n")
    assert Area.objects.get().gss_code == "E06000057"


def test_a_name_that_could_be_two_areas_is_refused(tmp_path):
    load(tmp_path, "area,area_name,spellings\nnorth,North,the coast\nsouth,South,the coast\n")
    with pytest.raises(CommandError, match="could be North or South"):
        load(tmp_path, "area,service\nThe coast,visits\n")


def test_only_who_looks_after_all_areas_loads_them(tmp_path):
    file = tmp_path / "areas.csv"
    file.write_text("area\nnorth\n")
    here = staff("here", area=asking.area("here"))
    with pytest.raises(PermissionDenied):
        import_areas(file, by=here)
    assert import_areas(file, by=staff("everywhere")).areas == 1
