"""Closing quarters: counting coded responses, protecting the figures, publishing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.rules import Table
from feedback.releases.actions import release_through
from feedback.releases.models import BlockTally, ClosedGroup, Release
from feedback.releases.tabulation import Plans, tabulate
from surveys.frame.models import Area
from tests.factories import asking
from tests.factories.listening import analyst, checker

AREAS = 5


def _areas(n: int) -> int:
    # Two are enough to see in a test that the flow works.
    return AREAS if n >= 1_000 else 2


class Protect(Flow):
    """An analyst closes a year of every area and of all areas together: counted, protected, checked, published."""

    sizes = {Size.TINY: 240, Size.SMALL: 10_000, Size.LARGE: 100_000}

    def setup(self, n: int, folder: Path) -> None:
        """Stores coded responses in every area and quarter."""
        self.n = n
        areas = [asking.area(f"area-{number}") for number in range(_areas(n))]
        edition = asking.edition(*invented.items(), of=areas[0])
        for area in areas:
            invented.frame(area)
            invented.store_coded_responses(edition, area, n=n // len(areas))
        self.people = {"proposed_by": analyst(), "approved_by": checker()}

    def run(self) -> Figures:
        """Counts once, to say how long that takes alone; then closes quarter after quarter."""
        began = perf_counter()
        plans = Plans()
        for area in Area.objects.all():
            tabulate(area, until=invented.QUARTERS[-1], plans=plans)
        counted = perf_counter()
        self.releases = release_through(invented.QUARTERS[-1], area=None, **self.people)
        return {
            "responses": self.n,
            "count_seconds": counted - began,
            "close_seconds": perf_counter() - counted,
            "cells": sum(len(values) for values in ClosedGroup.objects.values_list("values", flat=True)),
        }

    def verify(self) -> None:
        """Every release is out, and every respondent who may be counted is in exactly one block of every question."""
        published = Release.objects.published().count()
        expected = (_areas(self.n) + 1) * len(invented.QUARTERS)
        check(published == len(self.releases) == expected, f"{published} of {expected} releases are published.")
        check(CodedResponse.objects.count() == self.n, "Responses were lost.")
        check(not CodedResponse.objects.filter(is_in_block=False).exists(), "A response is in no block.")
        counted = CodedResponse.objects.counted().count()
        for name, found in (("frozen", _frozen()), ("shown to areas", _shown())):
            check(bool(found) and set(found.values()) == {counted}, f"Not {counted} are {name}: {dict(found)}.")

    def work(self, n: int) -> str:
        """How many responses, areas and quarters."""
        return f"{n:,} responses, {_areas(n)} areas, {len(invented.QUARTERS)} quarters"

    def result(self, figures: Mapping[str, float]) -> str:
        """Responses a second and cells."""
        rate = figures["responses"] / figures["close_seconds"]
        return (
            f"{rate:,.0f} responses/s, {figures['cells']:,.0f} cells protected in {figures['close_seconds']:.1f} s; "
            f"counting once alone {figures['count_seconds']:.1f} s"
        )


def _questions_for_all() -> set[str]:
    """The questions that everybody is asked."""
    routed = {item.code for item in invented.items() if item.rule}
    return {item.code for item in invented.items() if item.is_closed and not item.code.endswith("_all")} - routed


def _frozen() -> Counter:
    """How many respondents the frozen tallies of each question hold."""
    found: Counter = Counter()
    for block in BlockTally.objects.filter(question__in=_questions_for_all()).iterator():
        found[block.question] += sum(n for n, _ in _tallies(block.tallies))
    return found


def _tallies(written: list) -> Iterator[list[int]]:
    for *_stratum, options in written:
        yield from options.values()


def _shown() -> Counter:
    """How many respondents the overall figures of each question of the areas stand on."""
    found: Counter = Counter()
    groups = ClosedGroup.objects.filter(window__table=Table.OVERALL, window__area__isnull=False)
    for question, asked in groups.filter(window__question__in=_questions_for_all()).values_list(
        "window__question", "asked"
    ):
        found[question] += asked
    return found
