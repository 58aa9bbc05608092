"""Forty devices deliver while web server, sweeper, database, disk, line, clock and power fail, one after another."""

import os
from contextlib import closing

import pytest

from benchmarks.cases import Case, measure
from benchmarks.commands import manage
from benchmarks.databases import Postgres
from benchmarks.flow import Engine, Size
from benchmarks.flows.faults import Faults
from tests.integration.benchmarks.migrated import MigratedBefore

pytestmark = pytest.mark.slow

ANYWHERE = {"web_server_dies", "sweeper_dies", "power_fails", "disk_fills_up", "clock_jumps"}
WITH_POSTGRESQL = {"database_dies", "line_to_the_database_is_cut"}


def test_every_answer_is_stored_once_and_swept_whatever_fails(tmp_path):
    if lacks := Faults().lacks():
        pytest.skip(lacks)
    manage("collectstatic", "-v0", "--noinput", "-i", "wagtail*", folder=tmp_path, database="sqlite:///:memory:")
    url = os.environ.get("DATABASE_URL", "")
    with closing(Postgres(url, tmp_path) if url.startswith("postgres") else MigratedBefore(tmp_path)) as databases:
        case = Case("faults", Size.TINY, databases.engine)
        # It raises if anything is lost, stored twice, changed, left unswept, or acknowledged and not there.
        (figures,) = measure(case, databases, tmp_path, repeat=1)
    wanted = ANYWHERE | (WITH_POSTGRESQL if databases.engine is Engine.POSTGRESQL else set())
    assert {name.removeprefix("fault_") for name in figures if name.startswith("fault_")} == wanted
    assert figures["answers"] >= 40
