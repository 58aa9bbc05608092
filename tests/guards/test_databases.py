"""A database is made once for all who ask, and one that was left half made is never used."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from tests import databases

DIES = """
import os, signal, sys
from pathlib import Path
from tests import databases
databases.KEPT = Path(sys.argv[1])
def dies(address):
    Path(address.removeprefix("sqlite:///")).write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
databases.once("kept", dies)
"""


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "KEPT", tmp_path)
    return tmp_path


def makes(address):
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as made, made:
        made.execute("CREATE TABLE whole (one int)")


def tables(file):
    with closing(sqlite3.connect(file)) as found:
        return [name for (name,) in found.execute("SELECT name FROM sqlite_master")]


def test_it_is_made_once_and_the_second_who_asks_waits(kept):
    begun, over, made = Event(), Event(), []

    def slowly(address):
        made.append(address)
        begun.set()
        over.wait(20)
        makes(address)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(databases.once, "kept", slowly)
        assert begun.wait(20)
        second = pool.submit(databases.once, "kept", slowly)
        over.set()
        assert first.result(20) == second.result(20) == kept / "kept.sqlite3"
    assert len(made) == 1
    assert tables(kept / "kept.sqlite3") == ["whole"]


def test_whoever_is_killed_over_it_leaves_nothing_that_is_used_or_waited_for(kept):
    there = {**os.environ, "PYTHONPATH": str(databases.ROOT)}
    died = subprocess.run([sys.executable, "-c", DIES, str(kept)], env=there, check=False)
    assert died.returncode == -signal.SIGKILL
    assert [one for one in kept.iterdir() if one.read_text() == "half"]
    assert tables(databases.once("kept", makes)) == ["whole"]
    assert sorted(one.name for one in kept.iterdir()) == ["kept.lock", "kept.sqlite3"]


def test_a_copy_is_ones_own_and_goes_without_a_trace(kept, tmp_path_factory):
    where = databases.Files(tmp_path_factory.mktemp("mine"))
    file = Path(where.copy("kept", makes, "copy").removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as mine, mine:
        mine.execute("DROP TABLE whole")
    assert tables(kept / "kept.sqlite3") == ["whole"]
    where.drop("copy")
    assert list(where.folder.iterdir()) == []
