"""An area's own thresholds are those its release is closed by; a weaker one is refused, and changes nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import FLOOR
from feedback.releases.actions import set_thresholds
from feedback.releases.models import ClosedGroup, Release
from feedback.releases.rules_of_areas import first_free_year, rules_of_all
from surveys.frame.models import Thresholds
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.listening import coded
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(area):
    return staff("admin", Role.ADMINISTRATOR)


def stages(one):
    groups = ClosedGroup.objects.filter(window__release=one, window__question="listened", window__table="stage")
    return {group.stage: group.reason for group in groups}


def answers(edition, area, quarter="2025Q4"):
    """40 of one stage, 12 each of two others."""
    coded(edition, area, quarter=quarter, n=40)
    for stage in ("review", "leaving"):
        coded(edition, area, quarter=quarter, n=12, stage=stage)


def test_groups_of_twelve_are_shown_by_the_floor(area, edition):
    answers(edition, area)
    (published,) = release(area, Quarter(2025, 4))
    assert stages(published)["review"] == ""
    assert published.rules["smallest_group"] == 10


def test_an_area_that_asks_for_fifteen_withholds_them(area, edition, admin):
    set_thresholds(area, year=2025, wanted={"smallest_group": 15, "mask": 9}, by=admin)
    answers(edition, area)
    (published,) = release(area, Quarter(2025, 4))
    assert stages(published)["review"] != ""
    assert (published.rules["smallest_group"], published.rules["mask"]) == (15, 9)


def test_an_area_waits_for_as_many_as_it_asks_for(area, edition, admin):
    set_thresholds(area, year=2025, wanted={"smallest_block": 50}, by=admin)
    coded(edition, area, quarter="2025Q1", n=40)
    assert release(area) == []
    coded(edition, area, quarter="2025Q2", n=10)
    (published,) = release(area, Q2)
    assert published.rules["smallest_block"] == 50


def test_all_areas_together_are_as_strict_as_the_strictest(area, edition, admin):
    south = asking.area("south")
    set_thresholds(south, year=2025, wanted={"smallest_group": 30, "mask": 7}, by=admin)
    for where in (area, south):
        answers(edition, where)
    of_area, of_south, nation = release(None, Quarter(2025, 4))
    assert (of_area.rules["smallest_group"], of_south.rules["smallest_group"]) == (10, 30)
    assert (nation.rules["smallest_group"], nation.rules["mask"]) == (30, 7)
    # 24 of both together would do by the floor.
    assert stages(of_area)["review"] == ""
    assert stages(nation)["review"] != ""


def test_what_was_closed_before_still_goes_out_after_the_area_became_stricter(area, edition, admin):
    """The audit looks at each window by the rules it was closed by."""
    coded(edition, area, quarter="2024Q4", n=40)
    for stage, n in (("review", 9), ("leaving", 3)):
        coded(edition, area, quarter="2024Q4", n=n, stage=stage)
    release(area, Quarter(2024, 4))
    set_thresholds(area, year=2025, wanted={"smallest_group": 15}, by=admin)
    coded(edition, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    assert published.status == Release.Status.PUBLISHED
    assert published.rules["smallest_group"] == 15


@pytest.mark.parametrize("name", ["smallest_block", "smallest_group", "percent_base", "mask"])
def test_a_weaker_threshold_is_refused_with_a_sentence(area, admin, name):
    with pytest.raises(ValidationError, match="the floor here is") as problem:
        set_thresholds(area, year=2025, wanted={name: getattr(FLOOR, name) - 1}, by=admin)
    assert list(problem.value.error_dict) == [name]
    assert not Thresholds.objects.exists()


def test_one_that_got_into_the_database_all_the_same_changes_nothing(area):
    Thresholds.objects.create(area=area, year=2025, smallest_block=1, smallest_group=1, percent_base=1, mask=0)
    assert rules_of(area, Q1) == rules_of_all([area], Q1) == FLOOR


def test_the_installations_own_floor_counts_as_well(area, admin, settings):
    settings.EARSHOT_PROTECTION = {"smallest_group": 20}
    with pytest.raises(ValidationError, match="the floor here is 20"):
        set_thresholds(area, year=2025, wanted={"smallest_group": 15}, by=admin)
    assert rules_of(area, Q1).smallest_group == 20


def test_a_year_that_has_begun_to_close_keeps_its_thresholds(area, edition, admin):
    coded(edition, area, quarter="2025Q1", n=40)
    release(area)
    with pytest.raises(NotAllowed, match="Figures of 2025 have been closed already"):
        set_thresholds(area, year=2025, wanted={"smallest_group": 15}, by=admin)
    assert first_free_year(area, today=Quarter(2025, 3)) == 2026
    set_thresholds(area, year=2026, wanted={"smallest_group": 15}, by=admin)
    assert rules_of(area, Q2) == FLOOR
    assert rules_of(area, Quarter(2027, 1)).smallest_group == 15


def test_what_was_decided_is_logged(area, admin):
    set_thresholds(area, year=2025, wanted={"mask": 7}, by=admin)
    set_thresholds(area, year=2025, wanted={}, by=admin)
    assert [entry.data["mask"] for entry in ModelLogEntry.objects.order_by("pk")] == [7, None]
    assert rules_of(area, Q1) == FLOOR


@pytest.mark.parametrize("role", [Role.BOARD_ANALYST, Role.OUTPUT_CHECKER, Role.SAFEGUARDING_LEAD])
def test_no_other_role_decides(area, role):
    with pytest.raises(PermissionDenied):
        set_thresholds(area, year=2025, wanted={}, by=staff("other", role))


def test_nor_an_administrator_of_another_area(area):
    other = staff("south", Role.ADMINISTRATOR, area=asking.area("south"))
    with pytest.raises(PermissionDenied):
        set_thresholds(area, year=2025, wanted={}, by=other)
