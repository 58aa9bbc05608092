"""What may go wrong when figures are made: clocks, secrets, odd questions, odd answers."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import CodedResponse
from feedback.releases import actions
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from surveys.frame.policies import NotAllowed
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.listening import analyst, coded
from tests.guards.test_settings import SAFE
from tests.integration.releases.releasing import Q1, Q2, release, rows

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def set_clock(monkeypatch, day):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *arguments: day)


def figures():
    return {
        group.pk: (group.asked, group.respondents, group.values, group.reason) for group in ClosedGroup.objects.all()
    }


def test_a_clock_set_back_closes_nothing_again_and_counts_nobody_twice(area, monkeypatch):
    wave = asking.open_wave(of=area)
    for _ in range(25):
        arrives(wave, "")
    Response.objects.update(received_on=date(2025, 2, 3))
    sweep()
    by = analyst()
    set_clock(monkeypatch, date(2025, 4, 2))
    assert actions.close_area_quarter(area, quarter=Q1, by=by)
    before = figures()
    set_clock(monkeypatch, date(2025, 2, 10))
    arrives(wave, "")
    assert Response.objects.filter(received_on=date(2025, 2, 10)).count() == 1
    sweep()
    # It came in a quarter that has closed, so it is counted in the next.
    assert CodedResponse.objects.get(is_in_block=False).quarter == "2025Q2"
    with pytest.raises(NotAllowed, match="not over yet"):
        actions.close_area_quarter(area, quarter=Q1, by=by)
    with pytest.raises(NotAllowed, match="not over yet"):
        actions.close_area_through(area, until=Q1, by=by)
    set_clock(monkeypatch, date(2025, 4, 3))
    assert actions.close_area_through(area, until=Q1, by=by) == []
    assert figures() == before
    assert Release.objects.count() == 1


def test_a_clock_that_ran_ahead_leaves_the_next_quarter_open(area, edition, monkeypatch):
    """Closed too early, put right afterwards: who comes in the same quarter is in the next block, once."""
    wave = asking.open_wave(of=area, edition=edition)
    coded(edition, area, quarter="2025Q1", n=30)
    set_clock(monkeypatch, date(2025, 4, 1))
    by = analyst()
    actions.close_area_quarter(area, quarter=Q1, by=by)
    set_clock(monkeypatch, date(2025, 3, 1))
    for _ in range(20):
        arrives(wave, "")
    sweep()
    set_clock(monkeypatch, date(2025, 7, 1))
    (draft,) = actions.close_area_through(area, until=Q2, by=by)
    overall = ClosedGroup.objects.filter(window__release=draft, window__question="listened", window__table="overall")
    assert [group.asked for group in overall] == [20]


@pytest.mark.parametrize("n", [20, 60])
def test_a_question_with_forty_options(area, n):
    codes = [f"option_{number}" for number in range(40)]
    edition = asking.edition(asking.closed_item("listened", *codes), of=area)
    coded(edition, area, quarter="2025Q1", n=n, answers=lambda die: {"listened": die.choice(codes)})
    (published,) = release(area)
    found = [row for row in rows(published) if row["question"] == "listened" and row["service"] == "all"]
    overall = [row for row in found if row["stage"] == row["audience"] == "all"]
    assert {row["option"] for row in overall} >= {*codes, "did_not_answer"}
    assert not any(row["percent"] in {"0", "100"} for row in found)
    (group,) = ClosedGroup.objects.filter(window__question="listened", window__table="overall")
    assert sum(group.values.values()) == pytest.approx(n, abs=1e-9)


def test_where_nobody_answered_there_is_no_release_and_no_row(area, edition):
    assert release(area) == []
    assert release(None, Q2) == []
    assert not ClosedWindow.objects.exists()


@pytest.mark.parametrize("n", [20, 45, 400])
@pytest.mark.parametrize("answer", ["yes", None])
def test_that_all_gave_the_same_answer_is_never_said(area, edition, n, answer):
    coded(edition, area, quarter="2025Q1", n=n, answers=lambda die: {"listened": answer} if answer else {})
    (published,) = release(area)
    of_question = [row for row in rows(published) if row["question"] == "listened"]
    assert of_question
    for row in of_question:
        assert row["percent"] not in {"0", "100"}
        # A count that is shown beside a mask would undo it.
        assert not (row["percent"].startswith(("under", "over")) and row["count"])
    said = {row["percent"] for row in of_question if row["option"] == "yes" and row["percent"]}
    assert all(one.startswith("over") for one in said) if answer else not said


def start(*arguments, **changes):
    environment = {name: value for name, value in {**os.environ, **SAFE, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


RELEASE = ("release", "--quarter", "2025Q1", "--proposed-by", "a", "--approved-by", "b")


@pytest.mark.parametrize(
    ("arguments", "secret", "said"),
    [
        (RELEASE, None, "EARSHOT_PROTECTION_SECRET is not set"),
        (RELEASE, "abc", "EARSHOT_PROTECTION_SECRET is not 64 hexadecimal digits"),
        (("prove_tallies",), "", "EARSHOT_PROTECTION_SECRET is not set"),
    ],
)
def test_without_the_secret_no_command_of_production_begins(arguments, secret, said):
    done = start(*arguments, EARSHOT_PROTECTION_SECRET=secret)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
