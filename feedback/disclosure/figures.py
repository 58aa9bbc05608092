"""How a protected value is printed: counts, percentages, words, *under* and *over*, likely ranges (A2 rules 5 to 7)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor, sqrt

from feedback.disclosure.rules import ProtectionRules

DID_NOT_ANSWER = "did_not_answer"
RATHER_NOT_SAY = "rather_not_say"
MASKED = "masked"
TOO_FEW_ANSWERED = "too_few_answered"
FEW, ABOUT_HALF, MOST = "few", "about half", "most"
FEW_BELOW, MOST_ABOVE = 0.35, 0.65
Z95 = 1.96


@dataclass(frozen=True)
class ShownCell:
    """One figure as it may be seen: a blank count, percentage or range is withheld or masked, and the reason says why.

    `count` is in respondents, the ranges in whole per cent of those who answered: `low` to `high` because figures are
    adjusted, `low_all` to `high_all` with sampling as well.
    """

    option: str
    count: float | None
    percent: str
    low: int | None
    high: int | None
    low_all: int | None
    high_all: int | None
    reason: str


@dataclass(frozen=True)
class Figure:
    """Stored protected values of one group: of one block, or of several added up.

    `adds_up` says whether the values were made to sum to the respondents; `base_variance` is what the noise of the
    base adds per block where the base is itself an answer, and None where it is the true number of respondents.
    """

    values: Mapping[str, float]
    respondents: float
    blocks: int
    adds_up: bool = True
    base_variance: float | None = None

    @cached_property
    def answered(self) -> float:
        """A = n - max(c_no_answer, 0): the base of every percentage."""
        return self.respondents - max(self.values.get(DID_NOT_ANSWER, 0.0), 0.0)

    @property
    def base_is_protected(self) -> bool:
        """Whether its base is itself an answer, so that only shares may be shown."""
        return self.base_variance is not None


def sum_of(figures: Sequence[Figure]) -> Figure:
    """A longer period: stored values and bases added up, never counted again; an option one block lacks is 0 there."""
    stored = [figure.values for figure in figures]
    options = dict.fromkeys(option for values in stored for option in values)
    return Figure(
        values={option: sum([values.get(option, 0.0) for values in stored]) for option in options},
        respondents=sum(figure.respondents for figure in figures),
        blocks=sum(figure.blocks for figure in figures),
        adds_up=figures[0].adds_up,
        base_variance=figures[0].base_variance,
    )


def withheld(options: Sequence[str], *, reason: str) -> list[ShownCell]:
    """The blank cells of a group that is not shown, with the reason in each."""
    return [ShownCell(option, None, "", None, None, None, None, reason) for option in options]


def show(figure: Figure, rules: ProtectionRules) -> list[ShownCell]:
    """The cells of one group as they may be seen, or all of them withheld if too few answered.

    `rules` are those its values were protected with. Where the base is itself an answer only shares are shown, never
    a count.
    """
    if figure.answered < rules.smallest_group:
        return withheld(list(figure.values), reason=TOO_FEW_ANSWERED)
    return [_cell(option, figure, rules) for option in figure.values]


def cell_shown(option: str, figure: Figure, rules: ProtectionRules) -> ShownCell:
    """One of the cells that `show` gives, where nobody needs the others."""
    if figure.answered < rules.smallest_group:
        return withheld([option], reason=TOO_FEW_ANSWERED)[0]
    return _cell(option, figure, rules)


def share_of(figure: Figure, options: Collection[str], rules: ProtectionRules) -> ShownCell:
    """The share of those who gave one of several answers: the stored values added up, and masked again on the sum.

    No count of them is shown, so that nothing that is masked by itself follows to the person. Nothing is counted, so
    it is no look; `options` are answers of which a respondent gives one only, and not that nothing was answered.
    """
    named, rules = "+".join(options), _for_sums(len(options), figure, rules)
    if figure.answered < rules.smallest_group:
        return withheld([named], reason=TOO_FEW_ANSWERED)[0]
    return replace(_cell_of(options, named, figure, rules), count=None)


def _for_sums(many: int, figure: Figure, rules: ProtectionRules) -> ProtectionRules:
    """With a mask that grows with the noise of a sum, as it does where the noise of a cell is larger."""
    part = 1 / len(figure.values) if figure.adds_up else 0.0
    return replace(rules, mask=ceil(rules.mask * sqrt(max(1.0, many * (1 - many * part)))))


def _cell(option: str, figure: Figure, rules: ProtectionRules) -> ShownCell:
    if option == DID_NOT_ANSWER:
        return _not_answered(figure.values[option], figure, rules)
    return _cell_of([option], option, figure, rules)


def _cell_of(options: Collection[str], named: str, figure: Figure, rules: ProtectionRules) -> ShownCell:
    count = figure.values[named] if len(options) == 1 else sum(figure.values[option] for option in options)
    if mask := _masked(count, figure.answered, rules):
        return ShownCell(named, None, mask, None, None, None, None, MASKED)
    share = count / figure.answered
    noise, with_sampling = _variances(figure, len(options), share, rules)
    low, high = _range(share, noise)
    low_all, high_all = _range(share, with_sampling)
    percent = f"{100 * share:.0f}" if figure.answered >= rules.percent_base else _word(share)
    return ShownCell(named, None if figure.base_is_protected else count, percent, low, high, low_all, high_all, "")


def _not_answered(count: float, figure: Figure, rules: ProtectionRules) -> ShownCell:
    hidden = figure.base_is_protected or bool(_masked(count, figure.respondents, rules))
    reason = MASKED if hidden else ""
    return ShownCell(DID_NOT_ANSWER, None if hidden else count, "", None, None, None, None, reason)


def _masked(count: float, answered: float, rules: ProtectionRules) -> str:
    """`under x` or `over y` for a value below the mask or within it of everybody, or that would print as 0 or 100."""
    if count < rules.mask or 100 * count / answered < 1:
        return f"under {floor(100 * rules.mask / answered) + 1}"
    if count > answered - rules.mask or 100 * count / answered > 99:
        return f"over {99 - floor(100 * rules.mask / answered)}"
    return ""


def _word(share: float) -> str:
    if share < FEW_BELOW:
        return FEW
    return MOST if share > MOST_ABOVE else ABOUT_HALF


def _range(share: float, variance: float) -> tuple[int, int]:
    half = Z95 * sqrt(variance)
    return max(0, floor(100 * (share - half))), min(100, ceil(100 * (share + half)))


def _variances(figure: Figure, m: int, share: float, rules: ProtectionRules) -> tuple[float, float]:
    """A3: blocks · s² · (m(1 - m/J) + (1 - 1/J)p² - 2pm/J) / A², and with sampling + p(1-p)/A; A is the answered.

    p is the share of m answers together, and m is 1 for a cell. Values that were not made to add up are as if J were
    endless. A base that is protected itself moves every share a little more: it enters with (m/J - p(1 - 1/J)) / A.
    """
    a, part = figure.answered, 1 / len(figure.values) if figure.adds_up else 0.0
    p = min(max(share, 0.0), 1.0)
    variance = rules.sd**2 * (m * (1 - m * part) + (1 - part) * p * p - 2 * p * m * part)
    variance += (figure.base_variance or 0.0) * (m * part - p * (1 - part)) ** 2
    variance *= figure.blocks / a**2
    return max(variance, 0.0), max(variance + p * (1 - p) / a, 0.0)


def is_change(earlier: Figure, later: Figure, option: str, rules: ProtectionRules) -> bool:
    """Whether the share of an answer changed by more than adjustment and chance together explain (95 %).

    Never a change where a base is too small for a percentage or a value is masked.
    """
    for figure in (earlier, later):
        if option not in figure.values or figure.answered < rules.percent_base:
            return False
        if _masked(figure.values[option], figure.answered, rules):
            return False
    shares = [figure.values[option] / figure.answered for figure in (earlier, later)]
    variances = [_variances(f, 1, share, rules)[1] for f, share in zip((earlier, later), shares, strict=True)]
    return abs(shares[1] - shares[0]) > Z95 * sqrt(sum(variances))
