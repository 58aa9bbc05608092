"""Forty devices deliver over a network that loses and repeats, to a server that loses its power three times."""

import os
from contextlib import closing

import pytest

from benchmarks.cases import Case, measure
from benchmarks.commands import manage
from benchmarks.databases import Postgres
from benchmarks.flow import Size
from tests.integration.benchmarks.migrated import MigratedBefore

pytestmark = pytest.mark.slow


def test_every_answer_is_stored_once_whatever_the_network_and_the_power_do(tmp_path):
    manage("collectstatic", "-v0", "--noinput", "-i", "wagtail*", folder=tmp_path, database="sqlite:///:memory:")
    url = os.environ.get("DATABASE_URL", "")
    with closing(Postgres(url, tmp_path) if url.startswith("postgres") else MigratedBefore(tmp_path)) as databases:
        case = Case("devices", Size.TINY, databases.engine)
        # It raises if anything is lost, stored twice, changed on the way, or acknowledged and not there.
        (figures,) = measure(case, databases, tmp_path, repeat=1)
    assert figures["answers"] >= 40
    assert figures["kills"] == 3
    assert min(figures[what] for what in ("lost_before", "lost_after", "repeated", "unanswered")) > 0
