"""Some seconds of what the catalogue does for an hour, and what would make it say that the work was not done."""

from contextlib import closing

import pytest

from benchmarks.cases import Case, measure
from benchmarks.commands import manage
from benchmarks.faults.watch import PER, Life, Watch
from benchmarks.feeding import answers_of, digest, id_of
from benchmarks.flow import Engine, Size
from benchmarks.flows.soak import Soak
from tests.integration.benchmarks.migrated import MigratedBefore


@pytest.mark.slow
def test_whatever_fails_all_that_was_acknowledged_is_stored_once_and_swept(tmp_path):
    if lacks := Soak().lacks():
        pytest.skip(lacks)
    manage("collectstatic", "-v0", "--noinput", "-i", "wagtail*", folder=tmp_path, database="sqlite:///:memory:")
    with closing(MigratedBefore(tmp_path)) as databases:
        (figures,) = measure(Case("soak", Size.TINY, Engine.SQLITE), databases, tmp_path, repeat=1)
    assert figures["answers"] > 0
    assert figures["faults"] == Soak.sizes[Size.TINY]
    assert figures["web_mb"] > 0
    assert figures["sweeper_mb"] > 0


def test_what_grows_with_what_is_answered_is_seen():
    watch = Watch(None, answers=None, clock=None, every=1)
    loads, grows = Life(0.0), Life(100.0)
    loads.seen = [(1.0, 0, 50.0), (31.0, 3_000, 90.0), (61.0, 6_000, 90.0)]
    grows.seen = [(101.0, 7_000, 50.0), (131.0, 8_000, 80.0), (161.0, 10_000, 86.0)]
    watch.lives["web"] = {1: loads, 2: grows}
    # Six MB came after two of them had settled, while 3,000 and 2,000 answers came.
    assert watch.growth("web") == 6 * PER / 5_000
    assert watch.growth("sweeper") == 0
    assert (watch.most_more("web"), watch.most_more("sweeper")) == (6, 0)


def test_two_answers_that_differ_are_told_apart_and_an_order_is_not():
    one = answers_of(5)
    several = {code: answer for code, answer in one.items() if isinstance(answer, list)}
    turned = {code: answer[::-1] for code, answer in several.items()}
    assert several
    assert digest(one) == digest({**one, **turned})
    assert len({digest(answers_of(number)) for number in range(5, 9)}) == 4
    assert digest({**one, "change": one["change"] + "."}) != digest(one)


def test_everybody_has_an_id_of_their_own_and_the_same_every_time():
    many = range(10**9, 10**9 + 70_000)
    assert len({id_of(number) for number in many}) == len(many)
    assert id_of(5) == id_of(5)
    assert id_of(5).version == 4
