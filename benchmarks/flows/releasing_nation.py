"""A year of a nation, as it is really released: every area and quarter, then all areas together, in one command."""

from __future__ import annotations

import json
import random
import resource
import uuid
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from django.db import connection, transaction

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.flows.releasing_areas import jobs, peak_mb
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.rules import NATION_TABLES
from feedback.releases.actions import release_nation_through, release_through
from feedback.releases.each_area import Order, release_each
from feedback.releases.models import AttackReport, ClosedGroup, ClosedWindow, Release
from surveys.design.models import Edition
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker

OF_A_QUARTER = 5_000
FEWEST_AREAS = 2
DIFFERENT = 2_000
COLUMNS = (
    "id", "area_id", "edition_id", "quarter", "stage", "service", "audience", "language", "helper", "answers",
    "record_key", "is_in_block",
)  # fmt: skip


def _areas(n: int) -> int:
    return max(FEWEST_AREAS, n // (OF_A_QUARTER * len(invented.QUARTERS)))


class ReleaseNation(Flow):
    """Two people release a year of every area and of all together: closed, protected, attacked, published.

    Each area by itself and two at a time where the database can; SQLite has one writer, so there it is one transaction.
    """

    sizes = {Size.TINY: 480, Size.SMALL: 100_000, Size.LARGE: 3_000_000}

    def setup(self, n: int, folder: Path) -> None:
        """Stores four quarters of answers to twenty questions in every area."""
        self.n = n
        self.areas = [asking.area(f"area-{number:03}") for number in range(_areas(n))]
        edition = asking.edition(*invented.items(), of=self.areas[0])
        pool = list(invented.coded_responses(edition, self.areas[0], n=DIFFERENT))
        for area in self.areas:
            invented.frame(area)
            _store(edition, area, pool, n=n // len(self.areas))
        self.people = {"proposed_by": analyst(), "approved_by": checker()}

    def run(self) -> Figures:
        """As `manage.py release` does it: on PostgreSQL with `--each --jobs 2`."""
        before = peak_mb()
        if jobs() == 1:
            release_through(invented.QUARTERS[-1], area=None, **self.people)
        else:
            self._each()
        others = peak_mb(resource.RUSAGE_CHILDREN)
        return {
            "areas": len(self.areas), "peak_before_mb": before, "peak_after_mb": peak_mb(), "peak_of_others_mb": others
        }  # fmt: skip

    def _each(self) -> None:
        order = Order(invented.QUARTERS[-1], **{name: one.pk for name, one in self.people.items()})
        for outcome in release_each(order, jobs=jobs()):
            check(not outcome.refused, f"{outcome.area} was not released. {outcome.refused}")
        release_nation_through(invented.QUARTERS[-1], **self.people)

    def verify(self) -> None:
        """Everything is out and was attacked, everybody who may be counted is in it, and the nation has its tables."""
        published = Release.objects.published().count()
        wanted = (len(self.areas) + 1) * len(invented.QUARTERS)
        check(published == wanted, f"{published} of {wanted} releases are published.")
        check(AttackReport.objects.filter(passed=True).count() == wanted, "Not every release was attacked.")
        asked = ClosedGroup.objects.filter(window__table="overall", window__question="listens")
        counted = CodedResponse.objects.counted().count()
        for name, groups in (
            ("areas", asked.exclude(window__area=None)),
            ("all areas together", asked.filter(window__area=None)),
        ):
            found = sum(groups.values_list("asked", flat=True))
            check(found == counted > 0.9 * self.n, f"{found} of {counted} are in the figures of {name}.")
        tables = set(ClosedWindow.objects.filter(area=None).values_list("table", flat=True))
        check(tables == set(map(str, NATION_TABLES)), f"Of all areas only these tables closed: {sorted(tables)}.")

    def work(self, n: int) -> str:
        """How many responses, areas and quarters."""
        return f"{n:,} responses, {_areas(n)} areas, {len(invented.QUARTERS)} quarters"

    def result(self, figures: Mapping[str, float]) -> str:
        """How many releases came of it, and memory."""
        many = (figures["areas"] + 1) * len(invented.QUARTERS)
        return (
            f"{many:.0f} releases, attacked and published; {figures['peak_before_mb']:.0f} MB before, "
            f"{figures['peak_after_mb']:.0f} MB after; {figures['peak_of_others_mb']:.0f} MB in each further process"
        )


def _store(edition: Edition, area: Area, pool: list[CodedResponse], *, n: int) -> None:
    """Stores an area's year: people drawn from a pool, each with an id and a key of their own; no model is made."""
    into = (
        f"INSERT INTO {CodedResponse._meta.db_table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(into, _rows(edition, area, pool, n))


def _rows(edition: Edition, area: Area, pool: list[CodedResponse], n: int) -> Iterator[tuple]:
    dice = random.Random(area.code)
    fixed = [
        (str(quarter), one.stage, one.service, one.audience, one.language, one.helper, json.dumps(one.answers))
        for quarter, one in product(invented.QUARTERS, pool)
    ]
    for number in range(n):
        quarter = number % len(invented.QUARTERS)
        drawn = fixed[quarter * len(pool) + dice.randrange(len(pool))]
        ident = uuid.UUID(int=dice.getrandbits(128), version=4).hex
        yield (ident, area.pk, edition.pk, *drawn, dice.getrandbits(32), False)
