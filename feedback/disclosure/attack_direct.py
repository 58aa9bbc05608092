"""What can be read without calculating: everybody alike, the same figure twice, a longer period counted again. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from feedback.disclosure.attack_claims import RIGHT_POINTS, Finding, surely
from feedback.disclosure.attack_lines import Line, is_answer, is_sum, tiles
from feedback.disclosure.attack_world import ELSEWHERE, Answers, Population, Truth
from feedback.disclosure.figures import ShownCell

NEARLY_ALL = 99.5  # a whole percentage that is printed as 100


@dataclass
class Alike:
    """Groups that look as if everybody had answered alike, and those that did."""

    tried: int = 0
    claims: int = 0
    right: int = 0
    questions: set[str] = field(default_factory=set)


def alike(lines: Iterable[Line], truth: Mapping[str, Truth], *, areas: Iterable[str] | None) -> Alike:
    """Claims that a group is unanimous where it is printed so; `areas` are those of which the truth is at hand."""
    found, known = Alike(), set(areas) if areas is not None else None
    for line in lines:
        if known is not None and line.area not in known:
            continue
        found.tried += 1
        if option := _unanimous(line):
            found.claims += 1
            found.right += _is_unanimous(line, option, truth.get(line.question, {}))
    return found


def _unanimous(line: Line) -> str:
    """The answer everybody of a group seems to have given; blank if none."""
    for cell in line.cells:
        if is_answer(cell.option) and _looks_like_all(cell, line):
            return cell.option
    others = [cell.option for cell in line.cells if cell.count != 0]
    return others[0] if line.base and len(others) == 1 and len(line.cells) > 1 else ""


def _looks_like_all(cell: ShownCell, line: Line) -> bool:
    by_count = cell.count is not None and bool(line.base) and cell.count >= (line.base or 0.0)
    return by_count or (cell.percent.isdigit() and int(cell.percent) >= NEARLY_ALL)


def _is_unanimous(line: Line, option: str, truth: Truth) -> bool:
    counts = list(_answers(line, truth))
    return bool(counts) and all(one.by_option.get(option, 0) == one.asked for one in counts)


def _answers(line: Line, truth: Truth) -> Iterator[Answers]:
    for area, quarters in truth.items():
        if line.area in {None, area}:
            for quarter in line.period.quarters():
                for stratum, answers in quarters.get(quarter, {}).items():
                    group = line.group
                    wanted = ((group.stage, 0), (group.service, 1), (group.audience, 2))
                    if answers.asked and all(value in {None, stratum[axis]} for value, axis in wanted):
                        yield answers


def alike_finding(found: Alike) -> Finding:
    """Whether a group that is printed as unanimous is."""
    told = bool(found.right) and (found.right == found.claims or surely(found.right, found.claims) > RIGHT_POINTS)
    return Finding(
        name="Everybody alike",
        tried="Looking for groups printed as 100 %, as many as there are people, or with every other answer at nobody.",
        targets=found.tried,
        claims=found.claims,
        right=found.right,
        baseline="Nothing is printed so: figures for few and for nearly all are masked.",
        limit=f"Told if all such claims are right, or surely more than {RIGHT_POINTS:.0%}.",
        told=told,
    )


def repeated(lines: Iterable[Line]) -> Finding:
    """Whether a group was ever published with two different values: noise that is drawn again averages out."""
    values: dict[tuple[object, ...], tuple[object, ...]] = {}
    otherwise: set[tuple[object, ...]] = set()
    for line in lines:
        place, printed = (line.question, *line.place), (line.base, line.cells)
        if values.setdefault(place, printed) != printed:
            otherwise.add(place)
    twice = len(otherwise)
    return Finding(
        name="The same twice",
        tried="Looking for a group of one period that was published with different figures, to average them.",
        targets=len(values),
        claims=twice,
        right=twice,
        baseline="What is published is never worked out again.",
        limit="Told at the first.",
        told=twice > 0,
    )


def redrawn(populations: Iterable[Population]) -> Finding:
    """Whether the same people were printed with different figures in two tables."""
    tried = twice = 0
    for population in populations:
        pairs = list(_same_people(population))
        for asked in population.questions:
            tried += len(pairs)
            twice += sum(bool((abs(asked.filled[a] - asked.filled[b]) > 0.02).any()) for a, b in pairs)
    return Finding(
        name="The same people twice",
        tried="Looking for two groups that hold the same people and are printed with different figures.",
        targets=tried,
        claims=twice,
        right=twice,
        baseline="The noise comes from the people, so the same people are printed alike.",
        limit="Told at the first.",
        told=twice > 0,
    )


def _same_people(population: Population) -> Iterator[tuple[int, int]]:
    import numpy as np

    trusted = (
        np.array([line.area is not None for line in population.lines]) | (population.atoms.area != ELSEWHERE).all()
    )
    somebody = population.shown[:, population.people > 0]
    first: dict[bytes, int] = {}
    for row, atoms in enumerate(somebody):
        if trusted[row]:
            before = first.setdefault(atoms.tobytes(), row)
            if before != row:
                yield before, row


def longer_periods(lines: Iterable[Line]) -> Finding:
    """Whether every longer period is the sum of published blocks: otherwise it was counted again."""
    by_group: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        by_group.setdefault((line.question, line.area, line.table, line.group), []).append(line)
    tried = again = 0
    for of_it in by_group.values():
        for line in of_it:
            if line.is_shown and tiles(line, of_it):
                tried += 1
                again += not is_sum(line, of_it)
    return Finding(
        name="Longer periods",
        tried="Comparing each longer period with its blocks: a difference would be a few people, or noise drawn again.",
        targets=tried,
        claims=again,
        right=again,
        baseline="A longer period is only its blocks added up.",
        limit="Told at the first that is not.",
        told=again > 0,
    )
