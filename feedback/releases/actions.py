"""What people do with releases: close a quarter, propose, return or approve, publish, withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from types import MappingProxyType

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from feedback.anonymisation.actions import close_quarter, erase_withdrawn, lock_areas, put_in_block
from feedback.anonymisation.flood_policies import check_floods_are_looked_at
from feedback.anonymisation.models import ClosedQuarter, CodedResponse, CodedResponseQuerySet
from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.disclosure.blocks import Quarter
from feedback.disclosure.rules import OF_AN_AREA, Table
from feedback.releases import policies
from feedback.releases.attack_actions import attack_release
from feedback.releases.attacking import Read, check_withstood_attack
from feedback.releases.closing import Population, close_for_area, close_for_nation, first_open, secret_mark
from feedback.releases.counted_names import keep_names
from feedback.releases.counting_asked import store_response_rates
from feedback.releases.interpretation_actions import interpret, leave_open
from feedback.releases.interpretations import Reading
from feedback.releases.models import BlockTally, Release, ReleaseState
from feedback.releases.protecting import store
from feedback.releases.readings import questions_to_interpret
from feedback.releases.rules_of_areas import check_thresholds, check_year_is_free, rules_of_all
from feedback.releases.tabulation import Plans, Tabulation, tabulate, write_cells
from feedback.releases.tested import check_nobody_was_found
from surveys.frame.models import Area, Thresholds
from surveys.frame.policies import check_may_move

NO_READINGS: Mapping[str, Reading] = MappingProxyType({})


def _check_permission(by, permission: str, release: Release) -> None:
    if not by.has_perm(permission, release):
        raise PermissionDenied("You have no role in this area that lets you do this.")


@transaction.atomic
def close_area_quarter(area: Area, *, quarter: Quarter, by, plans: Plans | None = None) -> Release | None:
    """Closes a quarter of an area and makes a draft of what may be shown; None if nothing can be shown yet."""
    release = Release(area=area, quarter=str(quarter))
    _check_permission(by, "releases.propose", release)
    policies.check_is_over(quarter, today=timezone.localdate())
    lock_areas({area.pk})
    erase_withdrawn(area=area, by=by)
    if ClosedQuarter.objects.filter(area=area, quarter=str(quarter)).exists():
        return None
    check_floods_are_looked_at(area, quarter)
    plans = plans or Plans()
    table = tabulate(area, until=quarter, plans=plans, since=first_open(area))
    population = Population({area.pk: table}, rules_of(area, quarter))
    windows = close_for_area(area, population, quarter=quarter)
    close_quarter(area, quarter=quarter, by=by)
    return _draft(release, windows, population, {area.pk: area}, plans=plans, by=by)


@transaction.atomic
def close_national_quarter(*, quarter: Quarter, by, plans: Plans | None = None) -> Release | None:
    """Makes a draft of what may be shown of all areas together; None if nothing can be shown, or it was done before."""
    release = Release(area=None, quarter=str(quarter))
    _check_permission(by, "releases.propose", release)
    policies.check_is_over(quarter, today=timezone.localdate())
    policies.check_every_area_is_closed(quarter)
    if Release.objects.filter(area=None, quarter__gte=str(quarter)).exists():
        return None
    areas = {area.pk: area for area in Area.objects.order_by("pk")}
    lock_areas(set(areas))
    for area in areas.values():
        erase_withdrawn(area=area, by=by)
    plans, since = plans or Plans(), first_open(None)
    tables = {pk: tabulate(area, until=quarter, plans=plans, since=since) for pk, area in areas.items()}
    population = Population(tables, rules_of_all(areas.values(), quarter))
    windows = close_for_nation(population, areas.values(), quarter=quarter)
    return _draft(release, windows, population, areas, plans=plans, by=by)


def _draft(
    release: Release, windows: dict, population: Population, areas: dict[int, Area], *, plans: Plans, by
) -> Release | None:
    if not any(windows.values()):
        return None
    policies.check_looks(windows, population.rules, is_national=release.area is None)
    keep_names(plans.names, area_ids=areas)
    quarter = release.quarter
    release.code = f"{release.area.code if release.area else 'all-areas'}-{quarter.lower()}"
    release.rules = asdict(population.rules)
    release.chosen_for_others = _chosen_for_others(release.area, quarter) if release.area else None
    release.secret_mark = secret_mark(Quarter.parse(quarter))
    policies.check_same_secret(release)
    release.save()
    store(release, windows, population)
    store_response_rates(release, windows, population.rules, areas.values())
    for pk, table in population.tables.items():
        _freeze_tallies(areas[pk], table, windows, by=by)
    _move(release, Release.Status.DRAFT, by=by)
    return release


def _chosen_for_others(area: Area, quarter: str) -> int:
    """For how many people somebody else chose, since the last release that said so; they are in no figure."""
    before = Release.objects.filter(area=area, quarter__lt=quarter).order_by("-quarter").first()
    chose = CodedResponse.objects.chosen_by_others().filter(area=area, quarter__lte=quarter)
    return chose.filter(quarter__gt=before.quarter).count() if before else chose.count()


def _freeze_tallies(area: Area, table: Tabulation, windows: dict, *, by) -> None:
    """Keeps the tallies of blocks that closed, so that breakdowns of the same block rest on the same records."""
    kept = set(BlockTally.objects.filter(area=area).values_list("question", "quarter"))
    rows, quarters = [], set()
    for question in table.questions.values():
        for window in windows.get(question.name, []):
            if window.table != Table.OVERALL:
                continue
            for quarter in window.period.quarters():
                quarters.add(str(quarter))
                for name in (question.name, *question.counted_for_it()):
                    cells = table.cells[name].get(quarter, {}) if name in table.cells else {}
                    if (name, str(quarter)) not in kept:
                        rows.append(
                            BlockTally(area=area, question=name, quarter=str(quarter), tallies=write_cells(cells))
                        )
    BlockTally.objects.bulk_create(rows, batch_size=500)
    put_in_block(area, quarters=sorted(quarters), by=by)


def _move(release: Release, status: str, *, reason: str = "", by) -> None:
    release.status = status
    release.save()
    ReleaseState.objects.create(release=release, status=status, by=by, on=timezone.localdate(), reason=reason)
    log(release, f"releases.{status}", user=by)


def _step(release: Release, status: str, permission: str, *, reason: str = "", by) -> None:
    _check_permission(by, permission, release)
    # Two people may decide at the same moment; the second must see what the first decided.
    release.refresh_from_db(from_queryset=Release.objects.select_for_update())
    check_may_move(release.status, status, Release.TRANSITIONS)
    if status in {Release.Status.APPROVED, Release.Status.RETURNED, Release.Status.PUBLISHED}:
        policies.check_second_person(release, by=by)
    if status == Release.Status.PUBLISHED:
        check_nobody_was_found(release)
    _move(release, status, reason=reason, by=by)


@transaction.atomic
def propose(release: Release, *, by, read: Read | None = None) -> None:
    """Says that the release is ready for a second person, who sees what an intruder could tell from it."""
    _check_permission(by, "releases.propose", release)
    policies.check_every_figure_is_interpreted(release)
    _step(release, Release.Status.PROPOSED, "releases.propose", by=by)
    attack_release(release, by=by, read=read)


@transaction.atomic
def return_(release: Release, *, reason: str, by) -> None:
    """A second person sends it back, and says why."""
    policies.check_reason(reason)
    _step(release, Release.Status.RETURNED, "releases.return", reason=reason, by=by)


@transaction.atomic
def approve(release: Release, *, by) -> None:
    """A second person lets the release go out, if no attack told anything."""
    _check_permission(by, "releases.approve", release)
    check_withstood_attack(release)
    _step(release, Release.Status.APPROVED, "releases.approve", by=by)


def publish(release: Release, *, by) -> None:
    """Makes an approved release readable by everybody, after it was attacked once more as things stand now.

    What came of the attack is kept also where it stops the release, so it is stored before.
    """
    _check_permission(by, "releases.publish", release)
    check_may_move(release.status, Release.Status.PUBLISHED, Release.TRANSITIONS)
    policies.check_every_figure_is_interpreted(release)
    attack_release(release, by=by)
    _publish(release, by=by)


@transaction.atomic
def _publish(release: Release, *, by) -> None:
    # Nobody else publishes figures of the same children meanwhile, so what was attacked is what is there.
    lock_areas({release.area_id} if release.area_id else set(Area.objects.values_list("pk", flat=True)))
    policies.check_reveals_nobody(release)
    check_withstood_attack(release)
    _step(release, Release.Status.PUBLISHED, "releases.publish", by=by)


@transaction.atomic
def withdraw_release(release: Release, *, reason: str, by) -> None:
    """Takes a wrong release back as a whole; nothing in it is ever put right by changing a few records."""
    policies.check_reason(reason)
    _step(release, Release.Status.WITHDRAWN, "releases.withdraw", reason=reason, by=by)


@transaction.atomic
def withdraw_again(release: Release, *, by) -> None:
    """Withdraws a release that came back with a backup, under the name of whoever had withdrawn it."""
    release.refresh_from_db(from_queryset=Release.objects.select_for_update())
    check_may_move(release.status, Release.Status.WITHDRAWN, Release.TRANSITIONS)
    _move(release, Release.Status.WITHDRAWN, reason="It was withdrawn before the site went back to a backup.", by=by)


@transaction.atomic
def release_through(
    until: Quarter,
    *,
    area: Area | None,
    proposed_by,
    approved_by,
    readings: Mapping[str, Reading] = NO_READINGS,
    plans: Plans | None = None,
) -> list[Release]:
    """Closes, proposes, approves and publishes, all or nothing: one area, or every area and all together.

    `readings` say what the figures of a question may mean; of the others it is said that nobody has interpreted them.
    """
    plans = plans or Plans()
    areas = [area] if area else list(Area.objects.order_by("pk"))
    drafts = [draft for one in areas for draft in close_area_through(one, until=until, by=proposed_by, plans=plans)]
    if area is None:
        drafts.extend(close_nation_through(until=until, by=proposed_by, plans=plans))
    # What was read of one area is let go with it, however many there are.
    for _, of_area in groupby(drafts, key=lambda draft: draft.area_id):
        _publish_all(of_area, readings, proposed_by=proposed_by, approved_by=approved_by)
    return drafts


@transaction.atomic
def release_nation_through(
    until: Quarter, *, proposed_by, approved_by, readings: Mapping[str, Reading] = NO_READINGS
) -> list[Release]:
    """The same of all areas together, once every area has closed by itself."""
    drafts = close_nation_through(until=until, by=proposed_by)
    _publish_all(drafts, readings, proposed_by=proposed_by, approved_by=approved_by)
    return drafts


def _publish_all(drafts: Iterable[Release], readings: Mapping[str, Reading], *, proposed_by, approved_by) -> None:
    read: Read = {}
    for draft in drafts:
        shown = questions_to_interpret(draft)
        interpret(draft, {name: readings[name] for name in shown if name in readings}, by=proposed_by)
        leave_open(draft, by=proposed_by)
        propose(draft, by=proposed_by, read=read)
        approve(draft, by=approved_by)
        # Attacked when it was proposed: in this transaction, so nothing else was published since.
        _publish(draft, by=approved_by)


def close_area_through(area: Area, *, until: Quarter, by, plans: Plans | None = None) -> list[Release]:
    """Closes every quarter of an area that is still open, in order; gives the drafts that came of it."""
    policies.check_is_over(until, today=timezone.localdate())
    closed = ClosedQuarter.objects.filter(area=area).order_by("-quarter").first()
    first = _first_quarter(CodedResponse.objects.filter(area=area))
    start = Quarter.parse(closed.quarter).next() if closed else min(Quarter.parse(first) if first else until, until)
    drafts = [close_area_quarter(area, quarter=quarter, by=by, plans=plans) for quarter in _quarters(start, until)]
    return [draft for draft in drafts if draft]


def _first_quarter(coded: CodedResponseQuerySet) -> str | None:
    return coded.from_surveys().order_by("quarter").values_list("quarter", flat=True).first()


def close_nation_through(*, until: Quarter, by, plans: Plans | None = None) -> list[Release]:
    """Makes the drafts of all areas together for every quarter that has none yet, in order."""
    last = Release.objects.filter(area=None).order_by("-quarter").values_list("quarter", flat=True).first()
    first = _first_quarter(CodedResponse.objects.all())
    start = Quarter.parse(last).next() if last else min(Quarter.parse(first) if first else until, until)
    drafts = [close_national_quarter(quarter=quarter, by=by, plans=plans) for quarter in _quarters(start, until)]
    return [draft for draft in drafts if draft]


def _quarters(first: Quarter, last: Quarter) -> list[Quarter]:
    found = []
    while first <= last:
        found.append(first)
        first = first.next()
    return found


@transaction.atomic
def set_thresholds(area: Area, *, year: int, wanted: Mapping[str, int | None], by) -> None:
    """Says from how many people on an area shows figures of a year and later; never fewer than the national floor."""
    if not by.has_perm("frame.write", area):
        raise PermissionDenied("Only an administrator of this area may do this.")
    wanted = {name: wanted.get(name) for name in OF_AN_AREA}
    check_thresholds(wanted)
    lock_areas({area.pk})
    check_year_is_free(area, year)
    Thresholds.objects.update_or_create(area=area, year=year, defaults=wanted)
    log(area, "releases.set_thresholds", user=by, data={"year": year, **wanted})
