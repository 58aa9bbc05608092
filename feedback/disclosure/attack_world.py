"""What an intruder has: everything published of one population, as rows of numbers about unknown people. Pure.

Unknown are how many of each *atom* (area, quarter, stage, service, audience) gave each answer. Every published group is
a sum of atoms; which atoms, the intruder knows. Questions that are shown for the same groups with the same numbers of
people share all of that, so it is worked out once for them (`Population`) and their answers are the columns of arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from feedback.disclosure.attack_lines import Line, one_for_each_place, without_sums
from feedback.disclosure.blocks import Group, Stratum
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.protection import rules_for_cells
from feedback.disclosure.rules import ProtectionRules

if TYPE_CHECKING:
    import numpy as np

ELSEWHERE = "elsewhere"  # the areas whose own figures are not looked at, taken together


class Answers(NamedTuple):
    """The truth of one stratum: how many were asked, and how many gave each answer. Only to score claims."""

    asked: int
    by_option: Mapping[str, int]


Truth = Mapping[str, Mapping[Quarter, Mapping[Stratum, Answers]]]  # of one question, by area


@dataclass(frozen=True)
class Method:
    """What is public about how a question is protected; `changes` is how many cells one person's answer can change."""

    rules: ProtectionRules
    changes: int = 2
    adds_up: bool = True

    @property
    def of_cells(self) -> ProtectionRules:
        """The rules with the noise of this question."""
        return rules_for_cells(self.changes, self.rules)


@dataclass(frozen=True)
class Atoms:
    """The finest groups the intruder can name, in arrays of the same length."""

    area: np.ndarray
    quarter: np.ndarray
    strata: np.ndarray  # (atoms, 3): stage, service, audience
    place: Mapping[tuple[str, Quarter, Stratum], int]
    asked_before: dict[tuple[object, ...], np.ndarray] = field(default_factory=dict)

    @property
    def many(self) -> int:
        """How many there are."""
        return len(self.area)

    def of(self, area: str | None, period: Period, group: Group) -> np.ndarray:
        """Which atoms a group is made of: an array of true and false."""
        key = (area, period, group)
        if key not in self.asked_before:
            self.asked_before[key] = self._of(area, period, group)
        return self.asked_before[key]

    def of_line(self, line: Line) -> np.ndarray:
        """Which atoms a line is made of."""
        atoms = self.of(line.area, line.period, line.group)
        for period in line.without:
            atoms = atoms & ~self.of(line.area, period, line.group)
        return atoms

    def _of(self, area: str | None, period: Period, group: Group) -> np.ndarray:
        chosen = (self.quarter >= _number(period.first)) & (self.quarter <= _number(period.last))
        if area is not None:
            chosen = chosen & (self.area == area)
        for axis, value in enumerate((group.stage, group.service, group.audience)):
            if value is not None:
                chosen = chosen & (self.strata[:, axis] == value)
        return chosen


@dataclass
class Population:
    """The groups for which some questions are shown, and those questions.

    `shown` is (lines, atoms), 1 where an atom is in a line; `bases` (lines,) are the printed numbers of people;
    `people` (atoms,) are the true ones, and of areas whose truth is not at hand what is left of the printed ones;
    `is_scored` (lines,) says of which lines the truth is known, `is_target` (atoms,) of which atoms.
    """

    atoms: Atoms
    lines: list[Line]
    withheld: list[Line]
    shown: np.ndarray
    bases: np.ndarray
    people: np.ndarray
    is_scored: np.ndarray
    is_target: np.ndarray
    questions: list[Asked] = field(default_factory=list)


@dataclass
class Asked:
    """One question of a population: what is printed and what is true.

    `printed` is (lines, options) in respondents, no number where it is masked; `filled` is the same with what the
    intruder puts there; `is_sure` says where that is exact; `true` is (atoms, options).
    """

    question: str
    options: list[str]
    method: Method
    printed: np.ndarray
    filled: np.ndarray
    is_sure: np.ndarray
    true: np.ndarray


def _number(quarter: Quarter) -> int:
    return quarter.year * 4 + quarter.number


def populations(
    lines: Iterable[Line],
    truth: Mapping[str, Truth],
    methods: Mapping[str, Method],
    *,
    areas: Collection[str],
    knows_all: bool = False,
) -> list[Population]:
    """The populations of these lines, each with the questions that are shown for it alike.

    `areas` are those whose own figures are looked at; `truth` is of these, or if it `knows_all`, of every area.
    """
    of_question: dict[str, list[Line]] = {}
    for line in lines:
        of_question.setdefault(line.question, []).append(line)
    found: dict[tuple[object, ...], Population] = {}
    for question, of_it in of_question.items():
        of_it = one_for_each_place(without_sums(of_it))
        shown = [line for line in of_it if line.is_shown]
        if not shown or question not in truth:
            continue
        key = (tuple((line.place, line.base) for line in of_it), _people(truth[question]))
        if key not in found:
            withheld = [line for line in of_it if not line.is_shown]
            found[key] = _population(shown, withheld, truth[question], areas, knows_all=knows_all)
        population = found[key]
        population.questions.append(_asked(question, shown, methods[question], truth[question], population.atoms))
    return list(found.values())


def _people(truth: Truth) -> tuple[object, ...]:
    return tuple(
        (area, quarter, stratum, answers.asked)
        for area, quarters in sorted(truth.items())
        for quarter, strata in sorted(quarters.items())
        for stratum, answers in sorted(strata.items())
    )


def _population(
    shown: list[Line], withheld: list[Line], truth: Truth, areas: Collection[str], *, knows_all: bool
) -> Population:
    import numpy as np

    atoms = _atoms([*shown, *withheld], truth, areas)
    incidence = np.array([atoms.of_line(line) for line in shown], dtype=float)
    bases = np.array([line.base for line in shown], dtype=float)
    people = _true(truth, atoms, lambda answers: [answers.asked], 1)[:, 0]
    elsewhere = atoms.area == ELSEWHERE
    if not knows_all and elsewhere.any():
        people = np.where(elsewhere, _spread(incidence, bases - incidence @ people, elsewhere), people)
    is_scored = np.array([knows_all or line.area is not None for line in shown])
    return Population(atoms, shown, withheld, incidence, bases, people, is_scored, ~elsewhere)


def _spread(incidence: np.ndarray, left: np.ndarray, elsewhere: np.ndarray) -> np.ndarray:
    """What is left of each line, spread evenly over its atoms of other areas; the average of the lines they are in."""
    import numpy as np

    inside = incidence * elsewhere
    each = np.maximum(left, 0.0) / np.maximum(inside.sum(1), 1.0)
    return (inside * each[:, None]).sum(0) / np.maximum(inside.sum(0), 1.0)


def _atoms(lines: Sequence[Line], truth: Truth, areas: Collection[str]) -> Atoms:
    """Every area with every quarter and every stratum of groups that are listed or answered.

    Where figures of all areas are among them, so are the areas that are not looked at, as one.
    """
    import numpy as np

    quarters = sorted({q for line in lines for q in (*line.period.quarters(),)})
    found = {stratum for of_area in truth.values() for strata in of_area.values() for stratum in strata}
    groups = [line.group for line in lines]
    axes = [
        sorted({*(g.stage for g in groups if g.stage is not None), *(s.stage for s in found)}),
        sorted({*(g.service for g in groups if g.service is not None), *(s.service for s in found)}),
        sorted({*(g.audience for g in groups if g.audience is not None), *(s.audience for s in found)}),
    ]
    strata = [Stratum(a, b, c) for a in axes[0] for b in axes[1] for c in axes[2]]
    named = [*sorted(areas), *([ELSEWHERE] if any(line.area is None for line in lines) else [])]
    keys = [(area, quarter, stratum) for area in named for quarter in quarters for stratum in strata]
    return Atoms(
        area=np.array([area for area, _, _ in keys], dtype=object),
        quarter=np.array([_number(quarter) for _, quarter, _ in keys]),
        strata=np.array([list(stratum) for _, _, stratum in keys], dtype=object).reshape(len(keys), 3),
        place={key: place for place, key in enumerate(keys)},
    )


def _true(truth: Truth, atoms: Atoms, of: Callable[[Answers], list[int]], width: int) -> np.ndarray:
    import numpy as np

    found = np.zeros((atoms.many, width))
    for area, quarters in truth.items():
        for quarter, strata in quarters.items():
            for stratum, answers in strata.items():
                place = atoms.place.get((area, quarter, stratum), atoms.place.get((ELSEWHERE, quarter, stratum)))
                if place is not None:
                    found[place] += of(answers)
    return found


def _asked(question: str, shown: Sequence[Line], method: Method, truth: Truth, atoms: Atoms) -> Asked:
    import numpy as np

    options = list(dict.fromkeys(cell.option for line in shown for cell in line.cells))
    place = {option: n for n, option in enumerate(options)}
    printed = np.full((len(shown), len(options)), np.nan)
    over = np.zeros(printed.shape, dtype=bool)
    for row, line in enumerate(shown):
        for cell in line.cells:
            over[row, place[cell.option]] = cell.percent.startswith("over")
            if cell.count is not None:
                printed[row, place[cell.option]] = cell.count
    filled, is_sure = _filled(printed, over, np.array([line.base for line in shown], dtype=float), method)
    true = _true(truth, atoms, lambda a: [a.by_option.get(option, 0) for option in options], len(options))
    return Asked(question, options, method, printed, filled, is_sure, true)


def _filled(printed: np.ndarray, over: np.ndarray, bases: np.ndarray, method: Method) -> tuple[np.ndarray, np.ndarray]:
    """What the intruder puts where a figure is masked.

    The values of a group add up to its printed number of people (A2 rule 4), so one masked value is what is left, and
    several share it; where they do not add up it is half of the mask from nobody or from everybody.
    """
    import numpy as np

    masked = np.isnan(printed)
    half = method.of_cells.mask / 2
    if method.adds_up:
        many = masked.sum(1, keepdims=True)
        left = bases[:, None] - np.nansum(printed, axis=1, keepdims=True)
        # Of several, one that is printed as "over" is nearly all of what is left.
        above = np.where(over, np.maximum(left - half * (many - 1), half), half)
        guess = np.where(over.any(1, keepdims=True) & (many > 1), above, left / np.maximum(many, 1))
        is_sure = ~masked | (many == 1)
    else:
        guess = np.where(over, bases[:, None] - half, half)
        is_sure = ~masked
    return np.where(masked, guess, printed), is_sure
