"""Gathers what an intruder could read about a release and everything published before it, and runs the attack suite."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q

from feedback.disclosure.attack import VERSION, Answers, Bases, Line, Method, Published, Report, Truth, attack
from feedback.disclosure.blocks import Group, Period, Quarter
from feedback.disclosure.rules import NATION_TABLES, ProtectionRules, Table
from feedback.releases.attack_reports import AttackReport
from feedback.releases.models import BlockTally, ClosedGroup, ClosedWindow, Release
from feedback.releases.questions import EVERYBODY
from feedback.releases.released import shown_groups
from feedback.releases.tabulation import asked, read_counts
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed

SEED = 20260727
# All areas together are attacked with the figures of a few areas, and of many areas for some questions, because an
# area is attacked with its own figures when it publishes itself.
MOST_AREAS, MOST_TALLIES = 4, 600
LONGEST_LOOK_BACK = 12  # quarters


Read = dict[int, list[Line]]


def run(release: Release, read: Read | None = None) -> tuple[Report, list[str]]:
    """The report on a release, and the codes of the published releases it was compared with.

    Whoever publishes several in one transaction hands on what was `read` of each, so that it is read once.
    """
    compared = releases_that_overlap(release)
    return attack(gather(release, compared, {} if read is None else read)), codes_of(compared)


def codes_of(releases: Iterable[Release]) -> list[str]:
    """Their codes, in order."""
    return sorted(release.code for release in releases)


def releases_that_overlap(release: Release) -> list[Release]:
    """The published releases, of its areas and of all together, that could be compared with a release.

    Every answer is in one block, so figures of other quarters are about other people; only those that share a quarter
    with it, or with one that does, teach anything about the same ones.
    """
    others = Release.objects.published().exclude(pk=release.pk).select_related("area")
    if release.area is not None:
        others = others.filter(Q(area=release.area) | Q(area=None))
    spans = _spans([release.pk, *others.values_list("pk", flat=True)])
    found: set[int] = {release.pk}
    reached = _recent(spans[release.pk], release)
    while more := {pk for pk, span in spans.items() if pk not in found and reached & span}:
        found |= more
        reached |= _recent(set().union(*(spans[pk] for pk in more)), release)
    return [other for other in others.order_by("quarter", "code") if other.pk in found]


def _spans(keys: Sequence[int]) -> dict[int, set[str]]:
    """The quarters of each release, and all before it: longer periods add them up since the start."""
    windows = ClosedWindow.objects.filter(release__in=keys).order_by()
    rows = list(windows.values_list("release", "area", "first_quarter", "last_quarter").distinct())
    starts: dict[int | None, str] = {}
    for _, area, first, _ in rows:
        starts[area] = min(first, starts.get(area, first))
    spans: dict[int, set[str]] = {key: set() for key in keys}
    for key, area, _, last in rows:
        spans[key] |= _names(Period(Quarter.parse(starts[area]), Quarter.parse(last)))
    return spans


def _names(period: Period) -> set[str]:
    return {str(quarter) for quarter in period.quarters()}


def _recent(quarters: set[str], release: Release) -> set[str]:
    first = _first_looked_at(release)
    return {quarter for quarter in quarters if quarter >= str(first)}


def _first_looked_at(release: Release) -> Quarter:
    first = Quarter.parse(release.quarter)
    for _ in range(LONGEST_LOOK_BACK):
        first = first.previous()
    return first


def gather(release: Release, compared: Sequence[Release], read: Read) -> Published:
    """What is published once this release is, with the truth to score claims by."""
    left_out: list[str] = []
    areas = _areas_of(release, left_out)
    questions = _questions_of(release, left_out)
    of = [one for one in (release, *compared) if one.area is None or one.area in areas]
    wanted = set(questions)
    lines = [line for one in of for line in _lines(one, read) if line.question in wanted]
    lines = _within_reach(lines, release, left_out)
    quarters = {str(quarter) for line in lines for quarter in line.period.quarters()}
    of_truth = areas if release.area else list(Area.objects.order_by("pk"))
    return Published(
        lines=lines,
        truth=_truth(of_truth, questions, quarters),
        methods=_methods(release, questions),
        areas=[area.code for area in areas],
        knows_all=release.area is None,
        bases=list(_bases(release, compared, questions)),
        left_out=left_out,
    )


def _within_reach(lines: Sequence[Line], release: Release, left_out: list[str]) -> list[Line]:
    """The lines whose blocks are all looked at: a longer period that began earlier could not be taken apart here."""
    first = _first_looked_at(release)
    kept = [line for line in lines if line.period.first >= first]
    if any(line.period.first < first <= line.period.last for line in lines):
        left_out.append(
            f"Longer periods that began before {first}: their first blocks are not looked at any more, and each "
            "longer period was compared with its blocks when it was first printed with them."
        )
    return kept


def _areas_of(release: Release, left_out: list[str]) -> list[Area]:
    if release.area:
        return [release.area]
    areas = list(Area.objects.filter(pk__in=BlockTally.objects.values("area")).order_by("code"))
    if len(areas) <= MOST_AREAS:
        return areas
    left_out.append(
        f"Of {len(areas)} areas the own figures of {MOST_AREAS}, chosen with a fixed seed, are attacked together with "
        "those of all; printed numbers of people of every area are taken away from those of all."
    )
    chosen = random.Random(SEED).sample(areas, MOST_AREAS)  # noqa: S311 - which are tried is no secret
    return sorted(chosen, key=lambda area: area.code)


def _questions_of(release: Release, left_out: list[str]) -> list[str]:
    questions = sorted(ClosedWindow.objects.filter(release=release).values_list("question", flat=True).distinct())
    areas = 1 if release.area else Area.objects.count()
    most = max(MOST_TALLIES // max(areas, 1), 4)
    if len(questions) <= most or release.area:
        return questions
    left_out.append(f"Of {len(questions)} questions {most}, chosen with a fixed seed, because there are so many areas.")
    return sorted(random.Random(SEED).sample(questions, most))  # noqa: S311


def _lines(release: Release, read: Read) -> list[Line]:
    if release.pk not in read:
        area = release.area.code if release.area else None
        read[release.pk] = [
            Line(
                one.question,
                area,
                one.period,
                one.table,
                Group(stage=one.stage, service=one.service, audience=one.audience),
                one.base,
                one.cells,
            )
            for one in shown_groups(release)
        ]
    return read[release.pk]


def _truth(areas: Sequence[Area], questions: Sequence[str], quarters: set[str]) -> dict[str, Truth]:
    codes = {area.pk: area.code for area in areas}
    found: dict[str, dict[str, dict]] = {question: defaultdict(dict) for question in questions}
    blocks = BlockTally.objects.filter(area__in=codes, quarter__in=quarters, question__in=questions)
    for area, question, quarter, tallies in blocks.values_list("area", "question", "quarter", "tallies").iterator():
        found[question][codes[area]][Quarter.parse(quarter)] = {
            stratum: Answers(asked(counts), {option: n for option, n in counts.items() if option != EVERYBODY})
            for stratum, counts in read_counts(tallies).items()
        }
    return found


def _methods(release: Release, questions: Sequence[str]) -> dict[str, Method]:
    rules = ProtectionRules(**release.rules)
    windows = ClosedWindow.objects.filter(release=release, question__in=questions).order_by("pk")
    columns = ("question", "most_cells", "adds_up")
    return {name: Method(rules, most, adds_up) for name, most, adds_up in windows.values_list(*columns)}


def _bases(release: Release, compared: Sequence[Release], questions: Sequence[str]) -> Iterator[Bases]:
    """The printed numbers of people of every area, where all areas together have figures too."""
    nation = [one for one in (release, *compared) if one.area is None]
    if not nation:
        return
    of_areas = Release.objects.published().exclude(area=None)
    groups = ClosedGroup.objects.filter(
        Q(window__release__in=nation) | Q(window__release__in=of_areas) | Q(window__release=release),
        window__question__in=questions,
        window__table__in=NATION_TABLES,
        window__base_variance=None,
        reason="",
    )
    columns = ("area__code", "question", "table", "first_quarter", "last_quarter")
    of_window = [f"window__{column}" for column in columns]
    for area, question, table, first, last, stage, audience, base in groups.values_list(
        *of_window, "stage", "audience", "respondents"
    ).iterator():
        period = Period(Quarter.parse(first), Quarter.parse(last))
        yield Bases(area, question, Table(table), period, Group(stage=stage, audience=audience), base)


def check_withstood_attack(release: Release) -> None:
    """Refuses a release whose last report found something, or that was not attacked as things stand now."""
    report = release.attack_reports.first()
    if report is None or report.version != VERSION:
        raise NotAllowed(
            "Nobody has attacked this release yet. Send it back; it is attacked when it is proposed again."
        )
    if not report.passed:
        raise NotAllowed(_refusal(report))
    if new := set(codes_of(releases_that_overlap(release))) ^ set(report.compared_with):
        raise NotAllowed(
            f"The attack on this release was run before {min(new)} was published or withdrawn, so it says nothing "
            "about the two together. Let it run again."
        )


def _refusal(report: AttackReport) -> str:
    first = report.told()[0]
    return (
        f"This release must not go out: an intruder could tell something about a person. {first['name']}: "
        f"{first['claims']:,} claims, {first['right']:,} of them right. Send it back, and tell the makers of "
        "the software."
    )
