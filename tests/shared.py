"""Real inputs that are not part of this repository; tests that need them are skipped where they are missing."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def shared(path):
    """A file beside the repository, or a skip that says so."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"the real input {path} is not beside the repository")
    return found
