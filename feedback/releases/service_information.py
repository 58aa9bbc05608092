"""What a release says about services, ready to be read: a sentence first, then figures, tables, and open questions.

It reads the stored cells and nothing else, so how many people answered makes no difference to the work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from feedback.disclosure.figures import ABOUT_HALF, MOST, ShownCell, share_of
from feedback.disclosure.rules import Table
from feedback.releases.comparing import Comparison, comparisons_of
from feedback.releases.interpretations import Reading
from feedback.releases.models import Release
from feedback.releases.readings import readings_of
from feedback.releases.released import ShownGroup, shown_groups, shown_over_time
from feedback.releases.series import code_of
from feedback.releases.stored import Stored, stored_of
from feedback.releases.wordings import AUDIENCES as AUDIENCES
from feedback.releases.wordings import OTHER_OPTIONS as OTHER_OPTIONS
from feedback.releases.wordings import VOICES as VOICES
from feedback.releases.wordings import AskedAs, Wordings, in_words
from feedback.releases.wordings import wordings_of as wordings_of
from surveys.instrument.items import DID_NOT_ANSWER, RESERVED
from surveys.instrument.wording import Voice

# From this share on, in per cent, one answer says something of a question by itself.
TELLS = 40
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
    lines: tuple[Line, ...]
    withheld: str
    is_sum: bool = False
    share: Line | None = None
    stage: str | None = None

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
    options: tuple[str, ...]
    groups: tuple[GroupInformation, ...]
    table: Table = Table.OVERALL
    period: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether any of its groups is shown."""
        return any(not group.withheld for group in self.groups)


@dataclass(frozen=True)
class QuestionInformation:
    """Everything a release shows about one question."""

    code: str
    voice: str
    text: str
    note: str
    sentence: str
    overall: tuple[GroupInformation, ...]
    breakdowns: tuple[Breakdown, ...]
    reading: Reading | None = None
    comparison: Comparison | None = None
    lead: Lead | None = None
    asked_as: tuple[AskedAs, ...] = ()
    # Everybody, in every block published up to this release; blocks of a withdrawn release are missing.
    over_time: tuple[GroupInformation, ...] = ()

    @property
    def latest(self) -> GroupInformation | None:
        """Everybody, in the last block that was closed."""
        return next((group for group in reversed(self.overall) if not group.is_sum), None)

    @property
    def telling(self) -> Line | None:
        """The share that stands for the question by itself; none where people gave many different answers."""
        share = self.latest.share if self.latest else None
        if share is None or self.lead is None or self.lead.is_measured:
            return share
        return share if _size(share.percent) >= TELLS else None

    @property
    def blocks(self) -> tuple[GroupInformation, ...]:
        """Everybody, block by block."""
        return tuple(group for group in self.overall if not group.is_sum)

    @property
    def sums(self) -> tuple[GroupInformation, ...]:
        """Everybody, over longer periods that are added up."""
        return tuple(group for group in self.overall if group.is_sum)

    @property
    def everybody(self) -> str:
        """Whom the wider range is about, in the words beside it."""
        return "all children" if self.voice == VOICES[Voice.CHILD] else "everybody who could be asked"


def service_information(
    release: Release,
    stored: Stored | None = None,
    *,
    leads: Mapping[str, Collection[str]] | None = None,
    with_readings: bool = True,
) -> list[QuestionInformation]:
    """A release's questions, in the order in which they were asked, with the words they were asked in.

    `stored` is what of it is read, where that is not everything; `leads` are the answers that stand for a question.
    Not every page says what figures may mean: `with_readings` is for those that do.
    """
    stored = stored or stored_of(release)
    by_question = _by_question(shown_groups(release, stored))
    earlier = _by_question(shown_over_time(stored))
    wordings = wordings_of(release)
    readings = readings_of(release) if with_readings else {}
    comparisons = comparisons_of(release, stored)
    return [
        replace(
            _question(code, groups, earlier.get(code, []), wordings, (leads or {}).get(code_of(code), ())),
            reading=readings.get(code),
            comparison=_worded(comparisons.get(code), wordings),
        )
        for code, groups in _in_order(by_question, wordings)
    ]


def _by_question(groups: Iterable[ShownGroup]) -> dict[str, list[ShownGroup]]:
    found: dict[str, list[ShownGroup]] = {}
    for group in groups:
        found.setdefault(group.question, []).append(group)
    return found


def _worded(found: Comparison | None, wordings: Wordings) -> Comparison | None:
    """With the words of the answers instead of their codes."""
    if found is None:
        return None
    changes = tuple(replace(one, option=wordings.option(found.question, one.option)) for one in found.changes)
    return replace(found, changes=changes, period=in_words(found.period))


def _in_order(
    by_question: Mapping[str, list[ShownGroup]], wordings: Wordings
) -> Iterable[tuple[str, list[ShownGroup]]]:
    """Voice by voice, in the order in which they were asked; who was there comes last."""
    places = {code: place for place, code in enumerate(wordings.questions)}
    voices = list(Voice)

    def place(pair: tuple[str, list[ShownGroup]]) -> tuple[int, int, str]:
        code = pair[0]
        return voices.index(wordings.voices.get(code, Voice.CHILD)), places.get(code, len(places)), code

    return sorted(by_question.items(), key=place)


def _question(
    code: str, groups: list[ShownGroup], earlier: list[ShownGroup], wordings: Wordings, wanted: Collection[str]
) -> QuestionInformation:
    lead = _lead(code, groups, wordings, wanted)
    overall = tuple(_information(group, wordings, lead) for group in groups if group.is_overall)
    blocks = [group for group in overall if not group.is_sum]
    return QuestionInformation(
        code=code,
        voice=VOICES[wordings.voices.get(code, Voice.CHILD)],
        text=wordings.questions.get(code, code),
        note=wordings.notes.get(code, ""),
        sentence=_sentence(blocks[-1], code) if blocks else "",
        overall=overall,
        breakdowns=tuple(breakdowns_in(groups, wordings, lead)),
        lead=lead,
        asked_as=wordings.asked.get(code, ()),
        over_time=tuple(_information(group, wordings, lead) for group in earlier if group.is_overall),
    )


def _lead(code: str, groups: list[ShownGroup], wordings: Wordings, wanted: Collection[str]) -> Lead | None:
    """The answers a measure names, if they can be added up; or the answer that everybody gave most often last."""
    blocks = [group for group in groups if group.is_overall and group.blocks == 1]
    if not blocks:
        return None
    options = tuple(option for option in wanted if option in {cell.option for cell in blocks[-1].cells})
    figure = blocks[-1].figure
    if options and (len(options) == 1 or (figure and figure.adds_up)):
        return Lead(options, together([wordings.option(code, option) for option in options]), is_measured=True)
    offered = [cell for cell in blocks[-1].cells if cell.option not in RESERVED]
    most = max(offered, key=lambda cell: _size(cell.percent), default=None)
    return Lead((most.option,), wordings.option(code, most.option)) if most and _size(most.percent) else None


def together(labels: Sequence[str]) -> str:
    """Several answers in a few words; steps of a ladder that follow one another by their ends."""
    if len(labels) > 2 and all(label.isdigit() for label in labels):
        steps = sorted(int(label) for label in labels)
        if steps == list(range(steps[0], steps[-1] + 1)):
            return f"{steps[0]} to {steps[-1]}"
    return " or ".join(labels)


def _size(percent: str) -> int:
    """How large a share is as it is printed; 0 where it only says that it is small."""
    if percent.isdigit():
        return int(percent)
    return {MOST: 80, ABOUT_HALF: 50}.get(percent, 99 if percent.startswith("over") else 0)


def share_in(group: ShownGroup, lead: Lead | None) -> Line | None:
    """The share of the leading answers in one group; nothing where it is withheld, or where they were not offered."""
    if lead is None or group.figure is None or group.rules is None or not set(lead.options) <= set(group.figure.values):
        return None
    if len(lead.options) == 1:
        cell = next(cell for cell in group.cells if cell.option == lead.options[0])
    else:
        cell = share_of(group.figure, lead.options, group.rules)
    return _line(cell, group, lead.label) if cell.percent else None


def _information(group: ShownGroup, wordings: Wordings, lead: Lead | None) -> GroupInformation:
    withheld = "" if any(cell.percent or cell.count is not None for cell in group.cells) else _why(group.cells)
    return GroupInformation(
        who=wordings.name(group.stage, group.audience, group.service),
        period=in_words(str(group.period)),
        base=None if group.base is None else int(group.base),
        lines=tuple(
            _line(cell, group, wordings.option(group.question, cell.option))
            for cell in group.cells
            if _can_be_said(cell, group)
        ),
        withheld=withheld,
        is_sum=group.blocks > 1,
        share=share_in(group, lead),
        stage=group.stage,
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
            informed = [_information(group, wordings, lead) for group in members if group.period == period]
            options = tuple(dict.fromkeys(line.label for group in informed for line in group.lines))
            said = in_words(str(period))
            yield Breakdown(f"{title}, {said}", options, tuple(informed), table, said)


def _place(group: ShownGroup, wordings: Wordings) -> tuple[int, int, str]:
    """In the order of the journey, of ages, and of the alphabet; what is not known comes last."""
    steps, ages = list(wordings.stages), [str(audience) for audience in AUDIENCES]
    return (
        steps.index(group.stage) if group.stage in steps else len(steps),
        ages.index(group.audience) if group.audience in ages else len(ages),
        wordings.services.get(group.service or "", "\uffff"),
    )


def _sentence(group: GroupInformation, code: str) -> str:
    """The figure in plain words: which answer most gave, if any; never good or bad."""
    numbers = [line for line in group.lines if line.bar is not None and line.option != DID_NOT_ANSWER]
    most = max(numbers, key=lambda line: line.bar or 0, default=None)
    if most is None or most.bar is None or most.low_all is None:
        return ""
    if most.low_all > 50:
        return f"Most people we heard from said: {most.label}."
    if most.bar >= TELLS:
        return f"The answer given most often was: {most.label}."
    return "People gave different answers."
