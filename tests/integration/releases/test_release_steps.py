"""Who may take which step of a release, and what stops it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.disclosure.blocks import Quarter
from feedback.releases import actions, policies
from feedback.releases.models import BlockTally, ClosedGroup, ClosedWindow, Release
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1, release

pytestmark = pytest.mark.django_db


def test_a_quarter_that_is_not_over_cannot_be_closed(area):
    with pytest.raises(NotAllowed, match="not over yet"):
        release(area, Quarter.of(timezone.localdate()))


def test_nobody_approves_their_own_release(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    both = analyst()
    staff("analyst", Role.OUTPUT_CHECKER)
    (draft,) = actions.close_area_through(area, until=Q1, by=both)
    actions.propose(interpreted(draft, by=both), by=both)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.approve(draft, by=both)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.return_(draft, reason="no", by=both)


def test_a_returned_release_says_why_and_can_be_proposed_again(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    actions.propose(interpreted(draft), by=analyst())
    with pytest.raises(NotAllowed, match="why"):
        actions.return_(draft, reason=" ", by=checker())
    actions.return_(draft, reason="Explain the first question.", by=checker())
    actions.propose(interpreted(draft), by=analyst())
    with pytest.raises(NotAllowed):
        actions.publish(draft, by=checker())


def test_a_withdrawn_release_is_gone_as_a_whole(client, area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    assert client.get(f"/open-data/{published.code}/published.csv").status_code == 200
    actions.withdraw_release(published, reason="A wrong import.", by=checker())
    assert client.get(f"/open-data/{published.code}/published.csv").status_code == 410


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.BOARD_ANALYST}])
def test_only_an_analyst_closes_a_quarter(area, edition, role):
    with pytest.raises(PermissionDenied):
        actions.close_area_quarter(area, quarter=Q1, by=staff("somebody", role))


def test_a_role_in_another_area_is_no_role_here(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    elsewhere = staff("far", Role.BOARD_ANALYST, area=asking.area("south"))
    with pytest.raises(PermissionDenied):
        actions.close_area_through(area, until=Q1, by=elsewhere)
    assert not Release.objects.exists()


def test_a_release_that_would_reveal_somebody_is_stopped_at_the_door(area, edition):
    """The audit is a net under the rules: here the stored decisions are tampered with."""
    for stage, n in (("plan", 41), ("review", 12), ("leaving", 4)):
        coded(edition, area, quarter="2025Q4", n=n, stage=stage)
    (draft,) = actions.close_area_through(area, until=Quarter(2025, 4), by=analyst())
    ClosedGroup.objects.filter(window__release=draft, stage="review", reason="would_reveal_another").update(reason="")
    with pytest.raises(NotAllowed, match="must not go out"):
        policies.check_reveals_nobody(draft)


def test_open_data_holds_no_true_count_key_or_tally(client, area, edition):
    """P9."""
    coded(edition, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    content = b"".join(
        client.get(f"/open-data/{published.code}/{name}").content
        for name in ("published.csv", "metadata.json", "statement.txt")
    ).decode()
    for block in BlockTally.objects.all():
        for *_, options in block.tallies:
            assert not any(str(keysum) in content for _, keysum in options.values())
    assert client.get(f"/open-data/{published.code}/secrets.txt").status_code == 404
    assert client.get("/open-data/nowhere/published.csv").status_code == 404


def test_the_commands_do_the_same(area, edition, tmp_path, capsys):
    coded(edition, area, quarter="2025Q1", n=40)
    analyst(), checker()
    call_command("release", quarter="2025Q1", area="north", proposed_by="analyst", approved_by="checker")
    call_command("list_releases", json=True)
    assert '"id": "north-2025q1"' in capsys.readouterr().out
    call_command("export_release", "north-2025q1", dir=tmp_path / "out")
    rates = {"response-rates.csv", "response-rates.csv-metadata.json"}
    names = {"published.csv", "published.json", "metadata.json", "statement.txt"} | rates
    assert {file.name for file in (tmp_path / "out").iterdir()} == names


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"approved_by": "analyst"}, "same person"),
        ({"approved_by": "nobody"}, "no account"),
        ({"quarter": "2025-Q1"}, "not a quarter"),
        ({"quarter": "2999Q1"}, "not over yet"),
        ({"area": "nowhere"}, "no area"),
        ({"proposed_by": "checker", "approved_by": "analyst"}, "no role"),
    ],
)
def test_a_release_that_cannot_be_made_says_why_and_makes_nothing(area, edition, options, said):
    coded(edition, area, quarter="2025Q1", n=40)
    analyst(), checker()
    usual = {"quarter": "2025Q1", "proposed_by": "analyst", "approved_by": "checker"}
    with pytest.raises(CommandError, match=said):
        call_command("release", **{**usual, **options})
    assert not ClosedWindow.objects.exists()
