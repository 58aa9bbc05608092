"""A quarter closes wholly or not at all, whatever moment the power goes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import migrated_database

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
MOMENTS = (
    "windows are stored and groups are not",
    "groups are stored and tallies are not",
    "coded responses are taken out and not written anew",
    "everything is written and not confirmed",
)


@pytest.fixture
def database(tmp_path):
    """A database that a process may be killed over."""
    with migrated_database(tmp_path, "killed_closing") as address:
        yield address


@pytest.fixture
def run(database):
    """Closes the quarter in a process of its own; gives how it ended and what it found and left."""

    def closing(moment):
        done = subprocess.run(
            [sys.executable, "-m", "tests.integration.releases.dying", moment],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": database}, capture_output=True, text=True, check=False,
            timeout=300,
        )  # fmt: skip
        lines = [line for line in done.stdout.splitlines() if '"figures"' in line]
        return done.returncode, [json.loads(line) for line in lines], done.stderr

    return closing


def test_a_quarter_that_was_killed_while_it_closed_closes_later_as_if_nothing_had_been(run):
    code, _, said = run("prepare")
    assert code == 0, said
    before = None
    for moment in MOMENTS:
        code, (found,), said = run(moment)
        assert code == -signal.SIGKILL, said
        before = before or found
        assert found == before, moment
    assert before["CodedResponse"] == 60
    assert before["Release"] == before["ClosedQuarter"] == before["in a block"] == 0
    code, (found, left), said = run("")
    assert code == 0, said
    assert found == before
    assert left["Release"] == left["ClosedQuarter"] == 1
    assert left["CodedResponse"] == left["in a block"] == 60
    # And once more closes nothing and moves nothing.
    code, (found, again), said = run("")
    assert code == 0, said
    assert found == again == left
