"""An old phone on a slow line: what it downloads is counted; how long it takes is measured by the benchmark."""

from contextlib import closing

import pytest

from benchmarks.cases import Case, measure
from benchmarks.commands import manage
from benchmarks.databases import Sqlite
from benchmarks.flow import Engine, Size

pytestmark = pytest.mark.slow
TO_THE_FIRST_QUESTION, IN_ALL = 14 * 1024, 40 * 1024


def test_a_survey_opens_in_few_bytes_and_is_answered_without_signal(tmp_path):
    manage("collectstatic", "-v0", "--noinput", "-i", "wagtail*", folder=tmp_path, database="sqlite:///:memory:")
    with closing(Sqlite(tmp_path)) as databases:
        # It raises unless every question was shown with no signal, and what was answered is stored once.
        (figures,) = measure(Case("slow-phone", Size.SMALL, Engine.SQLITE), databases, tmp_path, repeat=1)
    assert 0 < figures["first_bytes"] < TO_THE_FIRST_QUESTION
    assert figures["first_bytes"] < figures["bytes"] < IN_ALL
    assert figures["first_requests"] <= 5
    assert figures["moves"] > 12
