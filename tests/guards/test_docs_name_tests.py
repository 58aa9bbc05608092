"""Documents that name a test as the proof of a promise name one that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"tests/[a-z0-9_/]+\.py")
DOCUMENTS = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_is_named_is_there(document):
    missing = [name for name in NAMED.findall(document.read_text()) if not (ROOT / name).is_file()]
    assert not missing
