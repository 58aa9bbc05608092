"""Population information: brought in whole or not at all, and never part of what people say."""

import ast
import csv
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from feedback.accounts.roles import Role
from feedback.releases.population import PopulationFigure, population_of
from feedback.releases.population_imports import NEEDED, import_population
from surveys.frame.tables import BadTable
from tests.factories import asking
from tests.factories.listening import analyst
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
FACTS = ROOT.parent / "shared/data/calibration_facts/facts.csv"
LINE = {
    "area": "north", "theme": "outcomes", "kind": "outcome", "name": "Children with a second plan", "value": "21.5",
    "unit": "%", "period": "2024-25", "source": "Yearly statistics", "source_date": "2025-10-30",
}  # fmt: skip


@pytest.fixture
def table(tmp_path):
    def write(*lines, columns=NEEDED):
        file = tmp_path / "population.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows({**LINE, **line} for line in lines)
        return file

    return write


def faults(file):
    with pytest.raises(BadTable) as problem:
        import_population(file)
    assert not PopulationFigure.objects.exists()
    return "\n".join(problem.value.faults)


def test_figures_stand_by_theme_with_outcomes_first_and_the_newest_before_earlier_ones(area, table):
    import_population(
        table(
            {"kind": "count", "name": "Children in need", "value": "1,204", "unit": "children"},
            {"period": "2023-24", "value": "19", "source_date": "2024-10-30"},
            {},
            {"theme": "workforce", "kind": "count", "name": "Social workers", "value": "88", "unit": "people"},
            {"area": "all", "value": "22"},
        )
    )
    outcomes, workforce = population_of(area)
    assert (outcomes.theme, workforce.theme) == ("outcomes", "workforce")
    second, in_need = outcomes.lines
    assert second.newest.in_words == "21.5 %"
    assert [one.in_words for one in second.earlier] == ["19 %"]
    assert in_need.newest.in_words == "1,204 children"
    assert population_of(None)[0].lines[0].newest.in_words == "22 %"


def test_the_same_file_again_changes_nothing_and_a_correction_puts_right(area, table):
    assert import_population(table({})) == (1, 0)
    assert import_population(table({})) == (0, 0)
    assert import_population(table({"value": "22"})) == (0, 1)
    assert PopulationFigure.objects.get().in_words == "22 %"


def test_what_the_source_hides_stays_hidden_and_is_no_zero(area, table):
    import_population(table({"value": "c"}))
    assert PopulationFigure.objects.get().in_words == "Hidden by the source, to protect people."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"area": "nowhere"}, "there is no area 'nowhere'"),
        ({"theme": "weather"}, "weather"),
        ({"kind": "wish"}, "wish"),
        ({"value": "many"}, "value is no number"),
        ({"value": "-1"}, "not below 0"),
        ({"value": "NaN"}, "value is no number"),
        ({"value": "21,5"}, "value is no number"),
        ({"value": "1_204"}, "value is no number"),
        ({"value": "1" * 30}, "digits"),
        ({"value": ""}, "value is no number"),
        ({"unit": ""}, "blank"),
        ({"source": ""}, "blank"),
        ({"source_date": "31/03/2025"}, "not written like 2026-03-31"),
        ({"source_date": "2199-01-01"}, "still to come"),
        ({"name": "x" * 161}, "160"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(area, table, line, says):
    said = faults(table({"period": "before"}, line))
    assert said.startswith("Line 3: ")
    assert says in said


def test_the_same_figure_twice_in_a_file_is_a_fault(area, table):
    assert "is on line 2 already" in faults(table({}, {}))


def test_every_fault_is_named_at_once(area, table):
    assert faults(table({"value": "x1"}, {"kind": "wish"}, {"unit": ""})).count("Line ") == 3


def test_columns_are_checked(area, table):
    assert "the column note2 is not known" in faults(table(columns=(*NEEDED, "note2"))).replace("'", "")
    assert "the column unit is missing" in faults(_with_header("area,theme,kind,name,value\n", table))


def _with_header(text, table):
    file = table()
    file.write_text(text)
    return file


def test_an_empty_table_is_said(area, table):
    assert "no line below" in faults(table())


def test_an_area_that_became_part_of_another_gets_no_new_figures(area, table):
    area.merged_into = asking.area("south")
    area.save()
    assert "is part of South now" in faults(table({}))


def test_an_analyst_brings_in_only_what_is_of_their_area(area, table):
    with pytest.raises(PermissionDenied):
        import_population(table({}), by=staff("elsewhere", Role.BOARD_ANALYST, area=asking.area("south")))
    with pytest.raises(PermissionDenied):
        import_population(table({"area": "all"}), by=staff("here", Role.BOARD_ANALYST, area=area))
    assert import_population(table({"area": "all"}), by=analyst()).new == 1


def test_the_command_says_what_it_did_or_why_not(area, table, capsys):
    call_command("import_population", table({}))
    assert "1 new, 0 put right." in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("import_population", table({"value": "many"}))


def test_published_results_of_others_can_be_brought_in(area, table):
    if not FACTS.exists():
        pytest.skip("The published results are not on this machine.")
    with FACTS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["percent"].replace(".", "").isdigit()][:50]
    lines = [
        {
            "area": "all", "name": f"{row['item']}: {row['answer']} ({row['group']}, {number})"[-160:],
            "value": row["percent"], "period": row["year"], "source": f"{row['survey']}, {row['source_url']}"[:300],
        }
        for number, row in enumerate(rows)
    ]  # fmt: skip
    assert import_population(table(*lines)).new == len(lines)


def test_no_module_that_makes_figures_knows_of_population_information():
    """Population information stands beside what people say; no released cell can be made of it."""
    makers = ["tabulation", "closing", "protecting", "released", "questions", "open_data", "counting_asked"]
    files = [ROOT / f"feedback/releases/{name}.py" for name in makers]
    for file in files:
        names = {
            name
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
            for name in (node.module or "", *(alias.name for alias in node.names))
        }
        assert not {name for name in names if "population" in name.split(".")[-1] or "PopulationFigure" in name}, file


def test_population_information_is_related_to_no_release():
    related = {field.related_model for field in PopulationFigure._meta.get_fields() if field.is_relation}
    assert {model.__name__ for model in related} == {"Area"}
