"""Releases are attacked before a second person approves them, and again before they are published."""

import pytest
from django.core.exceptions import PermissionDenied

from feedback.accounts.roles import Role
from feedback.disclosure.blocks import Quarter
from feedback.releases import actions, attacking
from feedback.releases.attack_actions import attack_release
from feedback.releases.attacking import check_withstood_attack, releases_that_overlap
from feedback.releases.models import AttackReport, BlockTally, ClosedGroup, Release
from feedback.releases.tabulation import read_cells
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db
Q4 = Quarter(2025, 4)


def proposed(area, quarter=Q1):
    (draft,) = actions.close_area_through(area, until=quarter, by=analyst())
    actions.propose(interpreted(draft), by=analyst())
    return draft


def plant(draft, question="listened"):
    """True counts in place of protected ones: what a broken noise would publish."""
    truth = {}
    for block in BlockTally.objects.filter(question=question):
        for cells in read_cells(block.tallies).values():
            for option, tally in cells.items():
                truth[option] = truth.get(option, 0) + tally.n
    groups = ClosedGroup.objects.filter(window__release=draft, window__question=question, window__table="overall")
    for group in groups:
        group.values = {option: float(truth.get(option, 0)) for option in group.values}
        group.save()


def four_kinds(die):
    return {"listened": die.choices(["yes", "sometimes", "no", "do_not_know"], [30, 8, 7, 6])[0]}


def test_what_is_proposed_is_attacked_and_the_report_stays_with_it(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    draft = proposed(area)
    report = draft.attack_reports.get()
    assert report.passed
    assert report.by == analyst()
    assert {"Certain", "Taking away", "Knows everybody else"} <= {finding["name"] for finding in report.findings}
    assert any(finding["targets"] for finding in report.findings)
    actions.approve(draft, by=checker())
    actions.publish(draft, by=checker())
    assert [one.by for one in draft.attack_reports.all()] == [checker(), analyst()]


def test_a_report_holds_no_number_of_people_and_is_never_changed(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    report = proposed(area).attack_reports.get()
    assert {key for finding in report.findings for key in finding} == {
        "name", "tried", "targets", "claims", "right", "baseline", "limit", "told", "said",
    }  # fmt: skip
    report.passed = False
    with pytest.raises(TypeError, match="never changed"):
        report.save()


def test_a_planted_leak_is_found_and_nobody_can_approve_it(area, edition):
    coded(edition, area, quarter="2025Q1", n=60, answers=four_kinds)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    plant(draft)
    actions.propose(interpreted(draft), by=analyst())
    assert not draft.attack_reports.get().passed
    with pytest.raises(NotAllowed, match="an intruder could tell"):
        actions.approve(draft, by=checker())
    assert Release.objects.get(pk=draft.pk).status == Release.Status.PROPOSED


@pytest.mark.django_db(transaction=True)
def test_publishing_refuses_a_leak_that_came_after_it_was_approved_and_keeps_the_report(area, edition):
    coded(edition, area, quarter="2025Q1", n=60, answers=four_kinds)
    draft = proposed(area)
    actions.approve(draft, by=checker())
    plant(draft)
    with pytest.raises(NotAllowed, match="must not go out"):
        actions.publish(draft, by=checker())
    assert Release.objects.get(pk=draft.pk).status == Release.Status.APPROVED
    assert [report.passed for report in draft.attack_reports.all()] == [False, True]


def test_the_command_publishes_nothing_that_tells(area, edition, monkeypatch):
    coded(edition, area, quarter="2025Q1", n=60, answers=four_kinds)
    store = actions.store

    def broken(draft, windows, population):
        store(draft, windows, population)
        plant(draft)

    monkeypatch.setattr(actions, "store", broken)
    with pytest.raises(NotAllowed, match="must not go out"):
        release(area)


def test_a_small_group_that_follows_is_found(area, edition):
    """The remainder rule undone: 12 are shown that were withheld, so four follow."""
    for stage, n in (("plan", 41), ("review", 12), ("leaving", 4)):
        coded(edition, area, quarter="2025Q4", n=n, stage=stage)
    (draft,) = actions.close_area_through(area, until=Q4, by=analyst())
    hidden = ClosedGroup.objects.filter(window__release=draft, stage="review", reason="would_reveal_another")
    for group in hidden.select_related("window"):
        group.reason, group.asked, group.respondents = "", 12, 12.0
        group.values = {option: 12 / len(group.window.options) for option in group.window.options}
        group.save()
    actions.propose(interpreted(draft), by=analyst())
    assert "Groups of a few" in {finding["name"] for finding in draft.attack_reports.get().told()}


def test_an_approval_needs_an_attack_and_one_that_knows_what_was_published_since(area, edition):
    south = asking.area("south")
    for where in (area, south):
        coded(edition, where, quarter="2025Q1", n=40)
        coded(edition, where, quarter="2025Q2", n=12)
    draft = proposed(area)
    AttackReport.objects.all().delete()
    with pytest.raises(NotAllowed, match="Nobody has attacked"):
        actions.approve(draft, by=checker())
    attack_release(draft, by=checker())
    actions.approve(draft, by=checker())
    nation = Release.objects.create(code="all-areas-2025q1", quarter="2025Q1", rules=draft.rules, status="published")
    _window_of(nation)
    with pytest.raises(NotAllowed, match="before all-areas-2025q1"):
        check_withstood_attack(draft)
    attack_release(draft, by=checker())
    check_withstood_attack(draft)


def _window_of(nation):
    nation.windows.create(
        question="listened", options=["yes"], table="overall", first_quarter="2025Q1", last_quarter="2025Q1"
    )


def test_a_release_is_compared_with_all_that_its_longer_periods_add_up(area, edition):
    for quarter in ("2025Q1", "2025Q2", "2025Q3"):
        coded(edition, area, quarter=quarter, n=40)
        coded(edition, asking.area("south"), quarter=quarter, n=40)
    release(asking.area("south"), Quarter(2025, 3))
    *_, last = release(area, Quarter(2025, 3))
    others = ["north-2025q1", "north-2025q2"]
    assert [other.code for other in releases_that_overlap(last)] == others
    assert last.attack_reports.get().compared_with == others


def test_a_longer_period_is_left_out_once_it_began_too_long_ago_to_be_taken_apart(area, edition, monkeypatch):
    monkeypatch.setattr(attacking, "LONGEST_LOOK_BACK", 1)
    for quarter in ("2025Q1", "2025Q2", "2025Q3"):
        coded(edition, area, quarter=quarter, n=40)
    *_, last = release(area, Quarter(2025, 3))
    report = last.attack_reports.get()
    assert report.compared_with == ["north-2025q2"]
    assert any("began before 2025Q2" in line for line in report.skipped)


def test_only_who_proposes_or_approves_lets_it_be_attacked(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    draft = proposed(area)
    with pytest.raises(PermissionDenied):
        attack_release(draft, by=staff("somebody", Role.PARTICIPATION_OFFICER, area=area))
    with pytest.raises(PermissionDenied):
        attack_release(draft, by=staff("far", Role.OUTPUT_CHECKER, area=asking.area("far-away")))
    assert draft.attack_reports.count() == 1


def test_all_areas_together_are_attacked_with_their_areas(area, edition):
    south = asking.area("south")
    coded(edition, area, quarter="2025Q1", n=40)
    coded(edition, south, quarter="2025Q1", n=40, audience="AGE_12_17")
    report = release(None)[-1].attack_reports.get()
    assert report.compared_with == ["north-2025q1", "south-2025q1"]
    (away,) = [finding for finding in report.findings if finding["name"] == "Areas taken away"]
    assert away["targets"] > 0
    assert not away["told"]


def test_what_somebody_publishes_in_the_same_moment_stops_the_other(area, edition, monkeypatch):
    """Between the attack and the publication something that could be compared with it goes out."""
    coded(edition, area, quarter="2025Q1", n=40)
    draft = proposed(area)
    actions.approve(draft, by=checker())

    def attack_while_another_publishes(release, *, by):
        attack_release(release, by=by)
        _window_of(Release.objects.create(code="all-areas-2025q1", quarter="2025Q1", rules={}, status="published"))

    monkeypatch.setattr(actions, "attack_release", attack_while_another_publishes)
    with pytest.raises(NotAllowed, match="before all-areas-2025q1"):
        actions.publish(draft, by=checker())
    assert Release.objects.get(pk=draft.pk).status == Release.Status.APPROVED


def test_publishing_twice_publishes_once(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    draft = proposed(area)
    actions.approve(draft, by=checker())
    one, other = Release.objects.get(pk=draft.pk), Release.objects.get(pk=draft.pk)
    actions.publish(one, by=checker())
    with pytest.raises(NotAllowed, match="published"):
        actions.publish(other, by=checker())
    assert draft.states.filter(status="published").count() == 1
    release(area, Q2)
