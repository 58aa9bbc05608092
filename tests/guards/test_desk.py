"""The desk reaches records only through what a person's roles let them see."""

import re
from pathlib import Path

import pytest

DESK = Path(__file__).resolve().parents[2] / "cms" / "desk"


@pytest.mark.parametrize("file", sorted(DESK.glob("*.py")), ids=lambda file: file.name)
def test_records_are_reached_only_through_visible_to(file):
    for place in re.finditer(r"\.objects\b", file.read_text()):
        assert file.read_text()[place.end() :].startswith(".visible_to(request.user, "), file.name
