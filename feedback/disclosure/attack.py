"""The attack suite: everything an intruder could try with what is published, before it is published. Pure.

It follows the attacks of the protection study (certain, within one, bounded noise, unanimity, differencing,
statistical, worst case, repetition) with their limits. The truth chooses targets and scores claims; the intruder reads
only what is printed, knows the method, and is told how large the noise turned out. No result holds a number of people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.disclosure import attack_answers, attack_direct, attack_statistics, attack_worst_case
from feedback.disclosure.attack_claims import VERSION, Finding, Report, distinct
from feedback.disclosure.attack_lines import Line
from feedback.disclosure.attack_people import (
    Bases,
    Score,
    Small,
    areas_taken_away,
    differencing,
    differencing_finding,
    sizes_finding,
    small_groups,
)
from feedback.disclosure.attack_targets import MOST_FINE, targets_of
from feedback.disclosure.attack_world import Answers, Method, Population, Truth, populations

if TYPE_CHECKING:
    import numpy as np

__all__ = ["VERSION", "Answers", "Bases", "Finding", "Line", "Method", "Published", "Report", "Truth", "attack"]
SEED = 20260727  # of every sample, so that two people who run it see the same
SMALLEST = 10  # the national floor of a group: fewer are a few people (A1), whatever an area asks for itself


@dataclass(frozen=True)
class Published:
    """Everything there is to read about a release, and the truth to score by.

    `lines` are of `areas` and of all areas together; `truth` is by question, then by area, of `areas` only unless it
    `knows_all`. `bases` are the printed numbers of people of every area, where all areas together are published too.
    """

    lines: Sequence[Line]
    truth: Mapping[str, Truth]
    methods: Mapping[str, Method]
    areas: Collection[str]
    knows_all: bool = False
    bases: Sequence[Bases] = ()
    left_out: Sequence[str] = ()


def attack(published: Published) -> Report:
    """Tries everything; the same input always gives the same report."""
    found = populations(
        published.lines, published.truth, published.methods, areas=published.areas, knows_all=published.knows_all
    )
    aimed = [(population, targets_of(population, seed=SEED)) for population in found]
    return Report(
        findings=(*_direct(published, found), *_of_people(aimed, published.bases), *_of_answers(aimed)),
        looked_at=_looked_at(published, found),
        skipped=distinct([*published.left_out, *_skipped(published, found)]),
    )


Aimed = Sequence[tuple[Population, "np.ndarray"]]


def _direct(published: Published, found: Iterable[Population]) -> Iterable[Finding]:
    areas = None if published.knows_all else published.areas
    yield attack_direct.alike_finding(attack_direct.alike(published.lines, published.truth, areas=areas))
    yield attack_direct.repeated(published.lines)
    yield attack_direct.redrawn(found)
    yield attack_direct.longer_periods(published.lines)


def _of_people(aimed: Aimed, bases: Sequence[Bases]) -> Iterable[Finding]:
    small = [small_groups(population, targets, smallest=SMALLEST) for population, targets in aimed]
    yield sizes_finding(small, SMALLEST)
    yield areas_taken_away(bases, smallest=SMALLEST)
    yield differencing_finding(_differences(aimed, small), SMALLEST)


def _differences(aimed: Aimed, small: Sequence[Small]) -> list[Score]:
    return [differencing(population, of_it) for (population, _), of_it in zip(aimed, small, strict=True)]


def _of_answers(aimed: Aimed) -> Iterable[Finding]:
    import numpy as np

    distances = attack_answers.Distances()
    apart = attack_worst_case.ToldApart()
    for population, _ in aimed:
        distances.add(population)
        apart.add(population)
    aims = [aim for population, targets in aimed for aim in attack_answers.aims_of(population, targets)]
    certain = attack_answers.certain(aims, distances, np.random.default_rng(SEED))
    yield from attack_answers.findings(certain, distances)
    for knows_who in (False, True):
        guesses = attack_statistics.Guesses()
        for population, targets in aimed:
            guesses.add(attack_statistics.guess(population, targets, noise=distances.usual, knows_who=knows_who))
        yield attack_statistics.finding(guesses, knows_who=knows_who)
    yield attack_worst_case.finding(apart)


def _looked_at(published: Published, found: Sequence[Population]) -> tuple[str, ...]:
    questions = {line.question for line in published.lines}
    figures = sum(len(line.cells) for line in published.lines)
    return (
        f"{len(questions):,} questions in {len(published.lines):,} groups: {figures:,} figures, withheld ones too.",
        f"{len(found):,} sets of groups; in each, questions shown for the same people are attacked together.",
    )


def _skipped(published: Published, found: Sequence[Population]) -> Iterable[str]:
    attacked = {asked.question for population in found for asked in population.questions}
    if missing := {line.question for line in published.lines} - attacked:
        yield (
            f"{len(missing):,} questions print no number of people, because nobody is shown or because it is itself an "
            "answer: only shares are printed, so they were only looked at for groups that are printed as unanimous and "
            "for figures published twice."
        )
    yield (
        f"Of the groups of single quarters a sample of {MOST_FINE} in each set is tried, of linear programmes about "
        f"{attack_answers.PROGRAMMES}; both with a fixed seed. Every withheld group is tried."
    )
    yield "Questions are attacked one at a time: two that ask nearly the same are two looks at one answer."
