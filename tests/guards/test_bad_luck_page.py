"""The page that lists bad luck names tests that are there, at least one for each row."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explanation" / "bad-luck.md").read_text()
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def found_in(file):
    return {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_test_it_names_is_there():
    named = NAMED.findall(PAGE)
    assert len(named) > 60
    assert [(file, test) for file, test in named if test not in found_in(ROOT / "tests" / file)] == []


def test_every_row_names_a_test():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what happens")]
    assert len(rows) > 35
    assert [row for row in rows if not NAMED.search(row)] == []


def test_every_test_of_bad_luck_is_on_it():
    """Whoever adds a test here adds what a respondent meets."""
    named = {test for _, test in NAMED.findall(PAGE)}
    files = [ROOT / "tests" / folder / "test_bad_luck.py" for folder in ("integration/answering", "journeys")]
    assert sorted({test for file in files for test in found_in(file) if test.startswith("test_")} - named) == []
