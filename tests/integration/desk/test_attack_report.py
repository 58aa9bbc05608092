"""What an intruder tried, as a second person reads it."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from cms.desk.attack_report import TEMPLATE, attack_report
from feedback.accounts.roles import Role
from feedback.releases import actions
from feedback.releases.attack_actions import attack_release
from feedback.releases.models import AttackReport, Release
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.factories.people import at_desk, staff
from tests.integration.releases.releasing import Q1

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    area = asking.area("north")
    coded(asking.edition(of=area), area, quarter="2025Q1", n=40)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    actions.propose(interpreted(draft), by=analyst())
    return draft


def panel(rf, release, person):
    request = rf.get("/")
    request.user = person
    context = attack_report(request, release)
    return context and render_to_string(TEMPLATE, {"release": release, **context}, request=request)


def test_the_second_person_reads_what_was_tried_and_that_nothing_was_told(rf, draft):
    shown = panel(rf, draft, checker())
    assert "None of them told anything." in shown
    assert "Taking away" in shown
    assert "an intruder could claim nothing" in shown
    assert "What was not tried" in shown
    assert reverse("desk:attack_release", args=[draft.code]) in shown


def test_what_was_told_stands_at_the_top(rf, draft):
    finding = {**draft.attack_reports.get().findings[0], "told": True, "claims": 3, "right": 3}
    AttackReport.objects.create(
        release=draft, by=analyst(), on="2026-01-01", version="2026-1", passed=False, findings=[finding],
        looked_at=[], skipped=[], compared_with=[],
    )  # fmt: skip
    shown = panel(rf, draft, checker())
    assert "Some of them did." in shown
    assert "an intruder could tell something about a person" in shown


def test_a_report_that_is_too_old_says_so(rf, draft):
    AttackReport.objects.all().delete()
    assert "Nobody has attacked this release yet" in panel(rf, draft, checker())
    AttackReport.objects.bulk_create([_old(draft)])
    assert "Let it run again" in panel(rf, draft, checker())


def _old(draft):
    return AttackReport(
        release=draft, by=analyst(), on="2026-01-01", version="2026-1", passed=True, findings=[], looked_at=[],
        skipped=[], compared_with=["north-2024q4"],
    )  # fmt: skip


def test_who_may_not_see_releases_sees_no_panel(rf, draft):
    assert panel(rf, draft, staff("lead", Role.SAFEGUARDING_LEAD, area=draft.area)) is None


def test_it_can_be_run_again_by_those_who_check(client, draft):
    at_desk(client, checker())
    address = reverse("desk:attack_release", args=[draft.code])
    assert client.post(address).url == f"{reverse('desk:release', args=[draft.code])}#attack"
    assert draft.attack_reports.count() == 2
    client.get(address)
    assert draft.attack_reports.count() == 2


def test_another_areas_release_does_not_exist_here(client, draft):
    elsewhere = staff("far", Role.OUTPUT_CHECKER, area=asking.area("far-away"))
    at_desk(client, elsewhere)
    assert client.post(reverse("desk:attack_release", args=[draft.code])).status_code == 404
    assert draft.attack_reports.count() == 1


def test_what_is_published_is_not_attacked_from_here(client, draft):
    actions.approve(draft, by=checker())
    actions.publish(draft, by=checker())
    before = draft.attack_reports.count()
    at_desk(client, checker())
    client.post(reverse("desk:attack_release", args=[draft.code]))
    assert Release.objects.get().attack_reports.count() == before
    assert attack_release(draft, by=checker()).passed
