"""An area that becomes part of another: every answer stays in as many figures, and nobody can be taken away."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.merging_actions import merge_areas
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Period, Quarter
from feedback.releases.audit import what_could_be_worked_out
from feedback.releases.models import ClosedGroup, ClosedWindow
from surveys.fieldwork.actions import plan_wave
from surveys.frame.models import Area, Thresholds
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.listening import coded
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1, Q2, release, rows
from tests.integration.releases.test_changes_in_mid_year import arrived, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return staff("admin", Role.ADMINISTRATOR)


@pytest.fixture
def south():
    return asking.area("south")


def test_what_is_open_goes_along_and_what_is_in_a_block_stays(area, south, edition, admin):
    coded(edition, area, quarter="2025Q1", n=40)
    coded(edition, south, quarter="2025Q1", n=40)
    for where in (area, south):
        release(where)
    coded(edition, area, quarter="2025Q2", n=12)
    coded(edition, south, quarter="2025Q2", n=25)
    before = list(ClosedGroup.objects.order_by("pk").values_list("respondents", "values"))
    merge_areas(area, south, by=admin)
    assert release(area, Q2) == []
    (published,) = release(south, Q2)
    bases = {r["base"] for r in rows(published) if r["question"] == "listened" and r["stage"] == r["audience"] == "all"}
    assert "37" in bases
    assert list(ClosedGroup.objects.order_by("pk").values_list("respondents", "values"))[: len(before)] == before
    assert counted("listened") == 40 + 40 + 37
    assert set(CodedResponse.objects.filter(area=area).values_list("quarter", flat=True)) == {"2025Q1"}


def national_bases():
    """How many are in each block of all areas, by its period."""
    blocks = ClosedWindow.objects.filter(area=None, question="listened", table="overall")
    return {
        str(Period(Quarter.parse(one.first_quarter), Quarter.parse(one.last_quarter))): one.groups.get().asked
        for one in blocks
    }


@pytest.mark.parametrize("merged_after_the_nation_closed", [False, True])
def test_nobody_is_in_two_national_blocks_and_no_group_can_be_taken_away(
    area, south, edition, admin, merged_after_the_nation_closed
):
    west = asking.area("west")
    for where, n in ((area, 12), (south, 12), (west, 40)):
        coded(edition, where, quarter="2025Q1", n=n)
    if merged_after_the_nation_closed:
        release(None)
    coded(edition, area, quarter="2025Q2", n=13)
    merge_areas(area, south, by=admin)
    for quarter in ("2025Q2", "2025Q3"):
        for where in (south, west):
            coded(edition, where, quarter=quarter, n=30)
        found = release(None, Quarter.parse(quarter))
        assert [what_could_be_worked_out(one) for one in found] == [[] for _ in found]
    if merged_after_the_nation_closed:
        # The 12 are in the block of all areas already, and stay; nothing more of all is shown while only they wait.
        assert national_bases() == {"2025Q1": 64}
        assert CodedResponse.objects.filter(area=area).count() == 12
    else:
        assert national_bases() == {"2025Q1": 64, "2025Q2": 73, "2025Q3": 60}


def test_late_answers_of_the_old_area_are_counted_in_the_other(area, south, edition, admin):
    service = asking.service(area, "visits")
    asking.service(south, "visits").__class__.objects.filter(area=south).update(name="Quite another team")
    wave = asking.open_wave(edition=edition, of=area)
    with pytest.raises(NotAllowed, match="not closed in North"):
        merge_areas(area, south, by=admin)
    type(wave).objects.update(status="closed", closed_on=timezone.localdate())
    coded(edition, area, quarter="2025Q1", n=3)
    merge_areas(area, south, by=admin)
    arrived(wave, on=date(2025, 3, 3))
    late = CodedResponse.objects.get(linkage__isnull=False)
    assert late.area == south
    assert set(CodedResponse.objects.filter(service__gt="").values_list("service", flat=True)) == {"north-visits"}
    assert set(south.services.values_list("code", "name")) == {
        ("visits", "Quite another team"), ("north-visits", service.name),
    }  # fmt: skip


def test_a_merged_area_keeps_nobody_waiting_and_is_asked_no_more(area, south, edition, admin):
    west = asking.area("west")
    merge_areas(area, south, by=admin)
    for where in (south, west):
        coded(edition, where, quarter="2025Q1", n=30)
    from feedback.releases.actions import close_area_through, close_national_quarter
    from tests.factories.listening import analyst

    for where in (south, west):
        close_area_through(where, until=Q1, by=analyst())
    assert close_national_quarter(quarter=Q1, by=analyst())
    with pytest.raises(NotAllowed, match="part of South now"):
        plan_wave(
            edition, code="w", name="W", area=Area.objects.get(pk=area.pk), by=staff("po", Role.PARTICIPATION_OFFICER)
        )


def test_who_was_told_that_more_people_are_needed_is_not_shown_among_fewer(area, south, admin):
    Thresholds.objects.create(area=area, year=2020, smallest_group=15)
    with pytest.raises(NotAllowed, match="from more people on than South"):
        merge_areas(area, south, by=admin)
    Thresholds.objects.create(area=south, year=2020, smallest_group=15)
    merge_areas(area, south, by=admin)


def test_only_an_administrator_of_all_areas_merges_and_only_once(area, south, admin):
    with pytest.raises(PermissionDenied):
        merge_areas(area, south, by=staff("local", Role.ADMINISTRATOR, area=area))
    with pytest.raises(NotAllowed, match="itself"):
        merge_areas(area, area, by=admin)
    merge_areas(area, south, by=admin)
    for pair in ((area, asking.area("west")), (south, area)):
        with pytest.raises(NotAllowed, match="already"):
            merge_areas(*pair, by=admin)
    real = asking.area("real", is_fictional=False)
    with pytest.raises(NotAllowed, match="invented"):
        merge_areas(real, south, by=admin)


def test_the_command_does_it_or_says_why_not(area, south, admin, capsys):
    for wrong, said in (
        (("north", "nowhere", "--by", "admin"), "no area"),
        (("north", "south", "--by", "nobody"), "no account"),
        (("north", "north", "--by", "admin"), "itself"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("merge_areas", *wrong)
    call_command("merge_areas", "north", "south", "--by", "admin")
    assert capsys.readouterr().out == "North is part of South from today on.\n"
