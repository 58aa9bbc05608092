"""Every area is released by itself: what is refused in one stops no other, and several go at a time."""

import gc
import json
import os
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from feedback.accounts.models import User
from feedback.anonymisation.models import ClosedQuarter
from feedback.disclosure.blocks import Quarter
from feedback.releases import policies
from feedback.releases.counted_names import CountedName, keep_names
from feedback.releases.each_area import Order, release_each
from feedback.releases.management.commands import release as command
from feedback.releases.models import Release
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from tests.databases import migrated_database
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded
from tests.integration.releases.releasing import told

ROOT = Path(__file__).resolve().parents[3]
USUAL = {"quarter": "2025Q1", "proposed_by": "analyst", "approved_by": "checker"}


@pytest.fixture
def areas(db, area, edition):
    south = asking.area("south")
    for one in (area, south):
        coded(edition, one, quarter="2025Q1", n=40)
    analyst(), checker()
    return area, south


def test_each_by_itself_shows_what_all_at_once_show(areas, capsys):
    with transaction.atomic():
        call_command("release", **USUAL)
        at_once = told()
        transaction.set_rollback(True)
    assert not Release.objects.exists()
    capsys.readouterr()
    call_command("release", each=True, **USUAL)
    assert told() == at_once
    published = ["Published north-2025q1", "Published south-2025q1", "Published all-areas-2025q1"]
    assert capsys.readouterr().out.splitlines() == published


@pytest.mark.parametrize("stops_early", [False, True], ids=["to the end", "left after the first"])
def test_what_comes_after_clears_up_as_it_did_before(areas, stops_early):
    people = [one.pk for one in User.objects.filter(username__in=["analyst", "checker"]).order_by("username")]
    outcomes = release_each(Order(Quarter.parse("2025Q1"), *people))
    assert next(outcomes).released
    assert not gc.isenabled()
    if stops_early:
        outcomes.close()
    assert len(list(outcomes)) == (0 if stops_early else 1)
    assert gc.isenabled()
    assert not gc.get_freeze_count()


def test_once_more_releases_nothing_and_says_so(areas, capsys):
    call_command("release", each=True, **USUAL)
    before = told()
    capsys.readouterr()
    call_command("release", each=True, **USUAL)
    assert told() == before
    assert "Nothing new can be shown up to 2025Q1" in capsys.readouterr().out


def test_what_is_refused_in_one_area_stops_no_other_and_is_not_half_done(areas, monkeypatch, capsys):
    reveals_nobody = policies.check_reveals_nobody

    def refuses_north(release):
        if release.area and release.area.code == "north":
            raise NotAllowed("It would tell about a person.")
        reveals_nobody(release)

    monkeypatch.setattr(policies, "check_reveals_nobody", refuses_north)
    with pytest.raises(CommandError, match="1 areas were not released, and all areas together wait"):
        call_command("release", each=True, **USUAL)
    assert "north was not released. It would tell about a person." in capsys.readouterr().err
    assert list(Release.objects.values_list("code", flat=True)) == ["south-2025q1"]
    assert set(ClosedQuarter.objects.values_list("area__code", flat=True)) == {"south"}
    monkeypatch.undo()
    call_command("release", each=True, **USUAL)
    assert set(Release.objects.published().values_list("code", flat=True)) == {
        "north-2025q1", "south-2025q1", "all-areas-2025q1",
    }  # fmt: skip


def test_who_may_not_in_an_area_is_told_of_that_area(db, area, edition, capsys):
    south = asking.area("south")
    for one in (area, south):
        coded(edition, one, quarter="2025Q1", n=40)
    analyst(south), checker(south)
    with pytest.raises(CommandError, match="1 areas were not released"):
        call_command("release", each=True, **USUAL)
    assert "north was not released. You have no role in this area" in capsys.readouterr().err
    assert list(Release.objects.values_list("code", flat=True)) == ["south-2025q1"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"each": True, "area": "north"}, "Leave one of them out"),
        ({"each": True, "jobs": 0}, "from 1 on"),
        ({"jobs": 2}, "it needs --each"),
        ({"each": True, "quarter": "2999Q1"}, "not over yet"),
    ],
)
def test_choices_that_go_against_each_other(areas, options, said):
    with pytest.raises(CommandError, match=said):
        call_command("release", **{**USUAL, **options})
    assert not ClosedQuarter.objects.exists()


def test_sqlite_takes_one_at_a_time(areas):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes several at a time")
    with pytest.raises(CommandError, match="one process write at a time"):
        call_command("release", each=True, jobs=2, **USUAL)


def test_a_killed_process_is_told_in_a_sentence(areas, monkeypatch):
    def killed(order, *, jobs):
        raise BrokenProcessPool
        yield

    monkeypatch.setattr(command, "release_each", killed)
    with pytest.raises(CommandError, match="A process was killed before its work was done"):
        call_command("release", each=True, **USUAL)


def test_names_that_somebody_settled_meanwhile_are_kept(areas, edition):
    item = "listened"
    CountedName.objects.create(edition=edition, item=item, name=item)
    ids = set(Area.objects.values_list("pk", flat=True))
    keep_names({edition.pk: {item: item}}, area_ids=ids)
    with pytest.raises(NotAllowed, match="somebody else settled"):
        keep_names({edition.pk: {item: "another"}}, area_ids=ids)
    assert CountedName.objects.get().name == item


def runs(database, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=500,
        env={**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "feedback.config.settings.test"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


RELEASE = ("manage.py", "release", "--quarter", "2025Q1", "--proposed-by", "analyst", "--approved-by", "checker")
SEVERAL = ("-m", "tests.integration.releases.several")


@pytest.mark.slow
def test_two_processes_show_what_one_shows(tmp_path):
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("only PostgreSQL lets two processes write at a time")
    said, found = [], []
    for jobs in ("1", "2"):
        with migrated_database(tmp_path, f"each_area_{jobs}") as database:
            runs(database, *SEVERAL, "prepare")
            said.append(runs(database, *RELEASE, "--each", "--jobs", jobs).splitlines())
            found.append(json.loads(runs(database, *SEVERAL, "tell").splitlines()[-1]))
    assert said[0] == said[1]
    assert len(said[0]) == 4
    assert found[0] == found[1]
    assert found[0]["published"] == 4
    assert found[0]["nobody"] == 0
