"""Closes windows: decides on numbers of people alone which groups may be shown."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.db.models import Max

from feedback.anonymisation.rules_of_an_area import rules_in_force, rules_of
from feedback.disclosure.blocks import Decision, Group, Period, Quarter, Window, close_area
from feedback.disclosure.nation import close_nation
from feedback.disclosure.rules import AREA_TABLES, NATION_TABLES, NOT_TABULATED, ProtectionRules, Table
from feedback.releases.alike import Decided
from feedback.releases.models import ClosedGroup, ClosedWindow
from feedback.releases.questions import CountedQuestion
from feedback.releases.tabulation import Groups, Tabulation
from surveys.frame.models import Area, JourneyStage, Service


def secret_of(period: Period) -> bytes:
    """The 32 secret bytes of the year in which a window closes; one keyed hash of the installation's secret a year."""
    master = bytes.fromhex(settings.EARSHOT_PROTECTION_SECRET)
    return hashlib.blake2b(str(period.last.year).encode(), key=master, digest_size=32, person=b"earshot-year").digest()


def secret_mark(quarter: Quarter) -> str:
    """A short hash of a year's secret, by which a changed one is noticed and from which nothing can be drawn."""
    return hashlib.blake2b(secret_of(Period(quarter, quarter)), digest_size=8, person=b"earshot-mark").hexdigest()


@dataclass(frozen=True)
class Population:
    """The tabulations of the areas a release is about: one for an area, all of them for the nation; and its rules."""

    tables: Mapping[int, Tabulation]
    rules: ProtectionRules = field(default_factory=rules_in_force)

    def questions(self) -> list[CountedQuestion]:
        """The questions somebody here was asked, or could have been led to."""
        asked = set().union(*(table.was_asked() for table in self.tables.values()))
        return [one for one in self.known.values() if not one.is_hidden and one.population in asked]

    @property
    def known(self) -> Mapping[str, CountedQuestion]:
        """Every question of every edition, and of the routes to it, by the name it is counted under."""
        return next(iter(self.tables.values())).questions if self.tables else {}

    def tallies_by_group(self, question: str, table: Table, period: Period) -> Groups:
        """The tallies of each group of a table, of the whole population; what nobody chose is not there."""
        found: Groups = {}
        for one in self.tables.values():
            one.add_groups(found, question, table, period)
        return found


History = Mapping[str, Sequence[Window]]


def history_of(area: Area | None) -> dict[str, list[Window]]:
    """The windows closed so far, by question."""
    return history_with_releases(area)[0]


def first_open(area: Area | None) -> dict[str, Quarter]:
    """The first quarter of each question that no window of some table holds yet; not of questions without a window.

    A table in which nothing has closed begins with the first answer, so such questions are left out too.
    """
    tables = AREA_TABLES if area else NATION_TABLES
    windows = ClosedWindow.objects.filter(area=area, table__in=tables).order_by()
    ends: dict[str, list[str]] = defaultdict(list)
    for question, _, last in windows.values_list("question", "table").annotate(last=Max("last_quarter")):
        ends[question].append(last)
    return {question: Quarter.parse(min(lasts)).next() for question, lasts in ends.items() if len(lasts) == len(tables)}


def history_with_releases(area: Area | None) -> tuple[dict[str, list[Window]], dict[int, dict[str, list[Window]]]]:
    """The same, and beside it those closed with each release, by its id and by question; read at once."""
    found: dict[str, list[Window]] = defaultdict(list)
    by_release: dict[int, dict[str, list[Window]]] = defaultdict(lambda: defaultdict(list))
    for release, question, window in _windows_of(area):
        found[question].append(window)
        by_release[release][question].append(window)
    return found, by_release


def _windows_of(area: Area | None) -> Iterator[tuple[int, str, Window]]:
    """Every window of a population in the order of time, with its release and its question.

    As plain values: an area's few years are tens of thousands of groups, and a model of each took most of the time
    that closing a quarter takes.
    """
    decisions: dict[int, list[Decision]] = defaultdict(list)
    groups = ClosedGroup.objects.filter(window__area=area).order_by("pk")
    columns = ("window_id", "stage", "service", "audience", "asked", "reason")
    for window, stage, service, audience, asked, reason in groups.values_list(*columns).iterator():
        decisions[window].append(Decision(_group(stage, service, audience), asked or 0, reason))
    windows = ClosedWindow.objects.filter(area=area).order_by("first_quarter", "pk")
    columns = ("pk", "release_id", "question", "table", "first_quarter", "last_quarter")
    for window, release, question, table, first, last in windows.values_list(*columns):
        yield release, question, Window(Table(table), _period(first, last), tuple(decisions[window]))


@lru_cache(maxsize=10_000)
def _group(stage: str | None, service: str | None, audience: str | None) -> Group:
    return Group(stage=stage, service=service, audience=audience)


@lru_cache(maxsize=1_000)
def _period(first: str, last: str) -> Period:
    return Period(Quarter.parse(first), Quarter.parse(last))


class _Known:
    """The groups that exist whether anybody answered or not, so that no row appears only because somebody did."""

    def __init__(self, area: Area | None) -> None:
        # A blank stands for a step or a service that is not known.
        self.stages = ["", *JourneyStage.objects.values_list("code", flat=True)]
        self.services = ["", *Service.objects.filter(area=area).values_list("code", flat=True)] if area else []

    def groups(self, question: CountedQuestion) -> dict[Table, list[Group]]:
        """The groups of each table of a question."""
        return {
            Table.STAGE: [Group(stage=code) for code in self.stages],
            Table.SERVICE: [Group(service=code) for code in self.services],
            Table.AUDIENCE: [Group(audience=code) for code in sorted(question.audiences - NOT_TABULATED)],
        }


def close_for_area(area: Area, population: Population, *, quarter: Quarter) -> dict[str, list[Window]]:
    """The windows that close for an area at the end of a quarter, by question."""
    history, known = history_of(area), _Known(area)
    table, rules = population.tables[area.pk], population.rules
    decided = Decided(
        lambda counts, before, groups: close_area(counts, before, quarter=quarter, rules=rules, known=groups)
    )
    return {
        one.name: list(decided.on(table.counts(one.population), history.get(one.name, []), known.groups(one)))
        for one in population.questions()
    }


def close_for_nation(population: Population, areas: Collection[Area], *, quarter: Quarter) -> dict[str, list[Window]]:
    """The windows that close for all areas together at the end of a quarter, by question."""
    codes = {area.pk: area.code for area in areas}
    area_histories = {area.code: history_of(area) for area in areas}
    how = {"quarter": quarter, "rules": population.rules, "area_rules": {a.code: rules_of(a, quarter) for a in areas}}
    history, known = history_of(None), _Known(None)
    decided = Decided(lambda counts, own, before, groups: close_nation(counts, own, before, known=groups, **how))
    closed = {}
    for one in population.questions():
        counts = {codes[pk]: table.counts(one.population) for pk, table in population.tables.items()}
        counts = {code: count for code, count in counts.items() if count}
        own = {code: found.get(one.name, []) for code, found in area_histories.items()}
        closed[one.name] = list(decided.on(counts, own, history.get(one.name, []), known.groups(one)))
    return closed
