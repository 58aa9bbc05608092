"""Groups of a release as a reader sees them: their answers with both ranges, tables, and which answer leads.

Each is put into words only where a page shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from feedback.disclosure.figures import ABOUT_HALF, MOST, ShownCell, cell_shown, share_of
from feedback.disclosure.rules import Table
from feedback.releases.released import ShownGroup
from feedback.releases.wordings import AUDIENCES, Wordings, in_words
from surveys.instrument.items import DID_NOT_ANSWER, RESERVED

REASONS = {
    "too_few": "Not shown: too few people answered.",
    "would_reveal_another": "Not shown: it would let you work out a smaller group by taking away.",
    "too_few_answered": "Not shown: too few people gave an answer to this question.",
}
WITHHELD_BY_TABLE = {
    Table.STAGE: "By step of the journey",
    Table.AUDIENCE: "By who answered",
    Table.SERVICE: "By service",
    Table.STAGE_AUDIENCE: "By step of the journey and who answered",
}


@dataclass(frozen=True)
class Line:
    """One answer as a reader sees it."""

    option: str
    label: str
    percent: str
    low: int | None
    high: int | None
    low_all: int | None
    high_all: int | None
    count: str

    @property
    def in_words(self) -> str:
        """The share as it is printed, or the number of people where a share would make no sense."""
        if self.percent:
            return f"{self.percent} %" if self.percent[-1].isdigit() else self.percent
        return f"{self.count} people" if self.count else "very few"

    @property
    def likely(self) -> str:
        """The range with sampling as it is printed; blank where there is none."""
        return "" if self.low_all is None else f"{self.low_all} to {self.high_all} %"

    @property
    def adjusted(self) -> str:
        """The range because figures are adjusted, as it is printed; blank where there is none."""
        return "" if self.low is None else f"{self.low} to {self.high} %"

    @property
    def bar(self) -> int | None:
        """How long the bar is, in per cent; nothing where the figure is only *under*, *over* or a word."""
        return int(self.percent) if self.percent.isdigit() else None

    @property
    def span(self) -> int:
        """How wide the likely range is, in percentage points."""
        return 0 if self.low_all is None or self.high_all is None else self.high_all - self.low_all

    @property
    def beyond(self) -> tuple[int, int] | None:
        """Where a share that is only *under* or *over* lies, in per cent from the left: its begin and its end."""
        side, _, number = self.percent.partition(" ")
        if not number.isdigit():
            return None
        return (0, int(number)) if side == "under" else (int(number), 100)

    def touches(self, other: Line) -> bool | None:
        """Whether the likely ranges of two shares overlap, so that the difference could be chance; None if unknown."""
        if None in (self.low_all, self.high_all, other.low_all, other.high_all):
            return None
        return self.low_all <= other.high_all and other.low_all <= self.high_all  # type: ignore[operator]


@dataclass(frozen=True)
class Lead:
    """The answers whose share stands for a question in pictures: those a measure names, or the one given most often."""

    options: tuple[str, ...]
    label: str
    is_measured: bool = False


@dataclass(frozen=True)
class GroupInformation:
    """One group: who it is about, when, how many, and its lines, or why it is not shown.

    `share` is that of the answers that lead the question; none where it is not shown.
    """

    who: str
    period: str
    base: int | None
    withheld: str
    is_sum: bool = False
    share: Line | None = None
    stage: str | None = None
    # What gives its lines: many pages show its share and nothing else.
    each: Callable[[], tuple[Line, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its answers as a reader sees them."""
        return self.each()

    def line(self, option: str) -> Line | None:
        """What is shown of one answer."""
        return next((line for line in self.lines if line.option == option), None)

    @property
    def answered(self) -> int | None:
        """How many gave an answer, moved as every figure is; nothing where that would tell a small number."""
        silent = self.line(DID_NOT_ANSWER)
        return self.base - int(silent.count) if self.base is not None and silent and silent.count else None


@dataclass(frozen=True)
class Breakdown:
    """The groups of one table, side by side; never in an order of merit."""

    title: str
    groups: tuple[GroupInformation, ...]
    table: Table = Table.OVERALL
    period: str = ""

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The words of the answers that any of its groups shows."""
        return tuple(dict.fromkeys(line.label for group in self.groups for line in group.lines))

    @property
    def is_shown(self) -> bool:
        """Whether any of its groups is shown."""
        return any(not group.withheld for group in self.groups)


def lead_of(code: str, groups: list[ShownGroup], wordings: Wordings, wanted: Collection[str]) -> Lead | None:
    """The answers a measure names, if they can be added up; or the answer that everybody gave most often last."""
    blocks = [group for group in groups if group.is_overall and group.blocks == 1]
    if not blocks:
        return None
    options = tuple(option for option in wanted if option in {cell.option for cell in blocks[-1].cells})
    figure = blocks[-1].figure
    if options and (len(options) == 1 or (figure and figure.adds_up)):
        return Lead(options, together([wordings.option(code, option) for option in options]), is_measured=True)
    offered = [cell for cell in blocks[-1].cells if cell.option not in RESERVED]
    most = max(offered, key=lambda cell: size_of(cell.percent), default=None)
    return Lead((most.option,), wordings.option(code, most.option)) if most and size_of(most.percent) else None


def together(labels: Sequence[str]) -> str:
    """Several answers in a few words; steps of a ladder that follow one another by their ends."""
    if len(labels) > 2 and all(label.isdigit() for label in labels):
        steps = sorted(int(label) for label in labels)
        if steps == list(range(steps[0], steps[-1] + 1)):
            return f"{steps[0]} to {steps[-1]}"
    return " or ".join(labels)


def size_of(percent: str) -> int:
    """How large a share is as it is printed; 0 where it only says that it is small."""
    if percent.isdigit():
        return int(percent)
    return {MOST: 80, ABOUT_HALF: 50}.get(percent, 99 if percent.startswith("over") else 0)


def share_in(group: ShownGroup, lead: Lead | None) -> Line | None:
    """The share of the leading answers in one group; nothing where it is withheld, or where they were not offered."""
    if lead is None or group.figure is None or group.rules is None or not set(lead.options) <= set(group.figure.values):
        return None
    if len(lead.options) == 1:
        cell = cell_shown(lead.options[0], group.figure, group.rules)
    else:
        cell = share_of(group.figure, lead.options, group.rules)
    return _line(cell, group, lead.label) if cell.percent else None


def information_of(group: ShownGroup, wordings: Wordings, lead: Lead | None) -> GroupInformation:
    """One group in words."""
    return GroupInformation(
        who=wordings.name(group.stage, group.audience, group.service),
        period=in_words(str(group.period)),
        base=None if group.base is None else int(group.base),
        withheld=_withheld(group),
        is_sum=group.blocks > 1,
        share=share_in(group, lead),
        stage=group.stage,
        each=partial(_lines_of, group, wordings),
    )


def _withheld(group: ShownGroup) -> str:
    """Why nothing of a group is shown; blank where anything is."""
    if group.figure is not None and any(option != DID_NOT_ANSWER for option in group.options):
        return ""  # every share is printed as a number, as a side or as a word
    return "" if any(cell.percent or cell.count is not None for cell in group.cells) else _why(group.cells)


def _lines_of(group: ShownGroup, wordings: Wordings) -> tuple[Line, ...]:
    return tuple(
        _line(cell, group, wordings.option(group.question, cell.option))
        for cell in group.cells
        if _can_be_said(cell, group)
    )


def _can_be_said(cell: ShownCell, group: ShownGroup) -> bool:
    """How many did not answer is a number of people, and a question asked after certain answers shows shares only."""
    return cell.option != DID_NOT_ANSWER or group.base is not None


def _why(cells: Iterable[ShownCell]) -> str:
    return next((REASONS[cell.reason] for cell in cells if cell.reason in REASONS), "")


def _line(cell: ShownCell, group: ShownGroup, label: str) -> Line:
    hidden = cell.count is None or group.base is None
    return Line(
        option=cell.option,
        label=label,
        percent=cell.percent,
        low=cell.low,
        high=cell.high,
        low_all=cell.low_all,
        high_all=cell.high_all,
        count="" if hidden else f"{cell.count:.0f}",
    )


def breakdowns_in(groups: list[ShownGroup], wordings: Wordings, lead: Lead | None) -> Iterable[Breakdown]:
    """The tables of these groups, table by table and period by period; each in an order that is not of merit."""
    for table, title in WITHHELD_BY_TABLE.items():
        members = sorted((group for group in groups if group.table is table), key=lambda one: _place(one, wordings))
        periods = {str(group.period): group.period for group in members}
        for period in sorted(periods.values()):
            informed = [information_of(group, wordings, lead) for group in members if group.period == period]
            said = in_words(str(period))
            yield Breakdown(f"{title}, {said}", tuple(informed), table, said)


def _place(group: ShownGroup, wordings: Wordings) -> tuple[int, int, str]:
    """In the order of the journey, of ages, and of the alphabet; what is not known comes last."""
    steps, ages = list(wordings.stages), [str(audience) for audience in AUDIENCES]
    return (
        steps.index(group.stage) if group.stage in steps else len(steps),
        ages.index(group.audience) if group.audience in ages else len(ages),
        wordings.services.get(group.service or "", "\uffff"),
    )
