"""Protecting a nation's year without a database: 60 million answers, counted before, decided on and protected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray

from benchmarks.flow import Engine, Figures, Flow, Size, check
from feedback.disclosure.blocks import Group, Period, Quarter, Stratum, Window, close_area
from feedback.disclosure.nation import close_nation
from feedback.disclosure.protection import protect
from feedback.disclosure.rows import protect_rows
from feedback.disclosure.rules import FLOOR, Table
from feedback.disclosure.table import Tally

QUARTERS = tuple(Quarter(2025, number) for number in range(1, 5))
STAGES = ("contact", "assessment", "plan", "looked-after", "leaving")
AUDIENCES = ("AGE_6_7", "AGE_8_11", "AGE_12_17", "CARE_LEAVER")
OPTIONS = ("always", "mostly", "sometimes", "never", "rather_not_say", "did_not_answer")
SHARES = (0.38, 0.27, 0.17, 0.08, 0.04, 0.06)
# Each step has the team that meets children there.
STRATA = tuple(Stratum(stage, f"team-{stage}", audience) for stage in STAGES for audience in AUDIENCES)
QUESTIONS = 20
MOST_AREAS = 150
SECRET = hashlib.sha256(b"invented").digest()
RESPONSES_AT_ONCE = 500_000
CHECKED = 200
NATION = "*"
NEARLY = 1e-6
Cells = NDArray[np.int64]


@dataclass(frozen=True)
class Same:
    """What some areas have in common: a window over the same quarters that shows the same groups."""

    table: Table
    period: Period
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Made:
    """The protected figures of one question and such windows: by area, group and option."""

    same: Same
    places: tuple[int, ...]  # of the areas; none for all areas together
    question: int
    values: NDArray[np.float64]


class Tallies:
    """The tallies of a year: counts and key sums by question, area, quarter, stratum and option."""

    def __init__(self, responses: int) -> None:
        self.areas = [f"area-{number:03}" for number in range(max(2, min(MOST_AREAS, responses // 2_000)))]
        self.shape = (len(self.areas), len(QUARTERS), len(STRATA), len(OPTIONS))
        self.n: Cells = np.zeros((QUESTIONS, *self.shape), dtype=np.int64)
        self.keysum: Cells = np.zeros((QUESTIONS, *self.shape), dtype=np.int64)
        dice = np.random.default_rng(2025)
        for begun in range(0, responses, RESPONSES_AT_ONCE):
            self._count(dice, min(RESPONSES_AT_ONCE, responses - begun))

    def _count(self, dice: np.random.Generator, many: int) -> None:
        places = len(self.areas) * len(QUARTERS) * len(STRATA)
        place, keys = dice.integers(places, size=many), dice.integers(2**32, size=many)
        for question in range(QUESTIONS):
            cell = place * len(OPTIONS) + dice.choice(len(OPTIONS), size=many, p=SHARES)
            counted = np.bincount(cell, minlength=places * len(OPTIONS))
            # Sums of so many keys of 32 bits are exact in a float of 53.
            summed = np.bincount(cell, weights=keys, minlength=places * len(OPTIONS)).astype(np.int64)
            self.n[question] += counted.reshape(self.shape)
            self.keysum[question] += summed.reshape(self.shape)

    @cached_property
    def respondents(self) -> Cells:
        """How many there are by area, quarter and stratum: all of them were asked every question."""
        return self.n[0].sum(axis=3)

    def counts(self, area: int) -> dict[Quarter, dict[Stratum, int]]:
        """The respondents of an area, as windows are decided on."""
        of_area = self.respondents[area].tolist()
        return {
            quarter: dict(zip(STRATA, of_quarter, strict=True))
            for quarter, of_quarter in zip(QUARTERS, of_area, strict=True)
        }

    def rows(self, question: int, same: Same, places: Sequence[int]) -> tuple[Cells, Cells]:
        """Counts and key sums by area and group: added up over the quarters of a window, or over all areas as well."""
        first, last = QUARTERS.index(same.period.first), QUARTERS.index(same.period.last)
        members = [[place for place, one in enumerate(STRATA) if _is_in(one, group)] for group in same.groups]
        return self._added(self.n[question, :, first : last + 1], places, members), self._added(
            self.keysum[question, :, first : last + 1], places, members
        )

    @staticmethod
    def _added(cells: Cells, places: Sequence[int], members: Sequence[Sequence[int]]) -> Cells:
        of_period = cells.sum(axis=1)
        of_areas = of_period[list(places)] if places else of_period.sum(axis=0, keepdims=True)
        return np.stack([of_areas[:, strata].sum(axis=1) for strata in members], axis=1)


def _is_in(stratum: Stratum, group: Group) -> bool:
    pairs = ((group.stage, stratum.stage), (group.service, stratum.service), (group.audience, stratum.audience))
    return all(wanted in (None, has) for wanted, has in pairs)


class ProtectNation(Flow):
    """A nation's year from tallies to protected figures: every window decided on, every shown group protected."""

    sizes = {Size.TINY: 4_000, Size.SMALL: 300_000, Size.LARGE: 3_000_000}
    engines = (Engine.SQLITE,)  # which it never asks: the engine is pure

    def setup(self, n: int, folder: Path) -> None:
        """Counts invented answers of so many respondents to twenty questions."""
        self.n = n
        self.tallies = Tallies(n)

    def run(self) -> Figures:
        """Decides on windows, quarter by quarter; then protects them, question by question."""
        began = process_time()
        self.closed = dict(self._closed())
        decided = process_time()
        self.made = list(self._protected())
        return {
            "answers": self.n * QUESTIONS,
            "tally_cells": int(np.count_nonzero(self.tallies.n)),
            "decide_cpu_seconds": decided - began,
            "protect_cpu_seconds": process_time() - decided,
            "cells": sum(made.values.size for made in self.made),
        }

    def _closed(self) -> Iterator[tuple[str, list[Window]]]:
        """The windows of each area, then of the nation. Every question has the same respondents, so the same ones."""
        counts = {area: self.tallies.counts(place) for place, area in enumerate(self.tallies.areas)}
        closed: dict[str, list[Window]] = {area: [] for area in counts}
        nation: list[Window] = []
        for quarter in QUARTERS:
            for area, windows in closed.items():
                windows.extend(close_area(counts[area], windows, quarter=quarter, rules=FLOOR))
            nation.extend(close_nation(counts, closed, nation, quarter=quarter, rules=FLOOR))
        yield from closed.items()
        yield NATION, nation

    def _protected(self) -> Iterator[Made]:
        alike: dict[Same, list[int]] = {}
        for area, windows in self.closed.items():
            for window in windows:
                groups = tuple(decision.group for decision in window.decisions if not decision.reason)
                if groups and area != NATION:
                    same = Same(window.table, window.period, groups)
                    alike.setdefault(same, []).append(self.tallies.areas.index(area))
                elif groups:
                    yield from self._of_all_questions(Same(window.table, window.period, groups), ())
        for same, places in alike.items():
            yield from self._of_all_questions(same, tuple(places))

    def _of_all_questions(self, same: Same, places: tuple[int, ...]) -> Iterator[Made]:
        for question in range(QUESTIONS):
            n, keysum = self.tallies.rows(question, same, places)
            rows = (-1, len(OPTIONS))
            values = protect_rows(
                n.reshape(rows), keysum.reshape(rows), question=f"q{question}", options=OPTIONS, secret=SECRET,
                rules=FLOOR,
            )  # fmt: skip
            yield Made(same, places, question, values.reshape(n.shape))

    def verify(self) -> None:
        """Everybody is in a block; groups add up to their people; some groups, one after another, come out the same."""
        check(int(self.tallies.n.sum()) == self.n * QUESTIONS, "Answers were lost in counting.")
        blocks = [made.values for made in self.made if made.places and made.same.table is Table.OVERALL]
        there = sum(values.sum() for values in blocks)
        check(round(there) == self.n * QUESTIONS, f"{there:.0f} of {self.n * QUESTIONS} answers are in a block.")
        check({made.same.table for made in self.made} == set(Table), "A table is missing.")
        check(any(not made.places for made in self.made), "There is no national figure.")
        check(any((values != np.round(values)).any() for values in blocks), "Nothing was moved.")
        for made in self.made[:: max(1, len(self.made) // CHECKED)]:
            for group in {0, len(made.same.groups) - 1}:
                self._check_one(made, group)

    def _check_one(self, made: Made, number: int) -> None:
        """Adds up and protects one group by the readable way, from single tallies."""
        total = dict.fromkeys(OPTIONS, Tally(0, 0))
        for place in made.places[:1] or range(len(self.tallies.areas)):
            for quarter, stratum in _places(made.same.period, made.same.groups[number]):
                cells = (tallies[made.question, place, quarter, stratum].tolist() for tallies in self._arrays())
                for option, n, keysum in zip(OPTIONS, *cells, strict=True):
                    total[option] = total[option].merge(Tally(n, keysum))
        expected = protect(total, question=f"q{made.question}", secret=SECRET, rules=FLOOR)
        what = f"{made.same.table} {made.same.period}"
        check(list(expected.values()) == made.values[0, number].tolist(), f"{what} is not what the readable way says.")
        people = sum(tally.n for tally in total.values())
        check(bool(abs(made.values[0, number].sum() - people) < NEARLY), f"{what} does not add up to its people.")

    def _arrays(self) -> tuple[Cells, Cells]:
        return self.tallies.n, self.tallies.keysum

    def work(self, n: int) -> str:
        """How many answers."""
        return f"{n * QUESTIONS:,} answers of {n:,} people, {len(QUARTERS)} quarters"

    def result(self, figures: Mapping[str, float]) -> str:
        """Cells and the time they take."""
        cpu = figures["decide_cpu_seconds"] + figures["protect_cpu_seconds"]
        return (
            f"{figures['cells']:,.0f} cells from {figures['tally_cells']:,.0f} tallies in {cpu:.1f} s of processor "
            f"({figures['decide_cpu_seconds']:.1f} s deciding, {figures['protect_cpu_seconds']:.1f} s protecting)"
        )


def _places(period: Period, group: Group) -> Iterator[tuple[int, int]]:
    for place, quarter in enumerate(QUARTERS):
        if period.first <= quarter <= period.last:
            yield from ((place, number) for number, stratum in enumerate(STRATA) if _is_in(stratum, group))
