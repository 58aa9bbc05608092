"""What a release says of each measure: its shares with both ranges, who is missing, and what was left unsaid.

It reads stored cells and adds up those that a measure names; nothing is counted, and what cannot be shown says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from feedback.disclosure.figures import share_of
from feedback.disclosure.protection import rules_for_cells
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.around import around
from feedback.releases.asked_questions import AskedQuestion, questions_as_counted
from feedback.releases.measure import FrameworkTheme as FrameworkTheme
from feedback.releases.measure import Measure as Measure
from feedback.releases.models import Release
from feedback.releases.once import read_once, read_together
from feedback.releases.released import figure_of, period_of
from feedback.releases.series import code_of
from feedback.releases.service_information import (
    AUDIENCES,
    REASONS,
    Line,
    QuestionInformation,
    in_words,
    service_information,
)
from feedback.releases.stored import Stored, stored_of
from feedback.releases.stored_windows import StoredGroup, StoredWindow
from surveys.instrument.items import DID_NOT_ANSWER, RATHER_NOT_SAY

NOT_CLOSED = "Not shown yet: these answers wait until enough people have answered."
NOT_OFFERED = "Not shown: it was asked with other answers then."
CHOSEN_TOGETHER = "Not shown: people could give several of these answers, so they cannot be added up."
NOT_ASKED = "Nobody has been asked this in what is shown here."
SPREAD = (Table.AUDIENCE, Table.STAGE)


@dataclass(frozen=True)
class MeasureShare:
    """The share of one question that a measure reads, for one group; or why it is not shown."""

    question: str
    text: str
    answers: tuple[str, ...]
    who: str
    period: str
    line: Line | None
    withheld: str
    base: int | None = None

    @property
    def in_words(self) -> str:
        """The share as it is printed; blank where it is not shown."""
        return self.line.in_words if self.line else ""


@dataclass(frozen=True)
class NotHeard:
    """A group that was asked and is not shown, and why."""

    who: str
    because: str


@dataclass(frozen=True)
class Unsaid:
    """How many did not want to say, and how many did not answer, of one question; a finding, not a gap in it."""

    question: str
    text: str
    rather_not_say: Line | None
    did_not_answer: Line | None


@dataclass(frozen=True)
class MeasureInformation:
    """A measure beside what a release shows of it."""

    measure: Measure
    stage: str
    questions: tuple[QuestionInformation, ...]
    shares: tuple[MeasureShare, ...]
    missing: tuple[NotHeard, ...]
    unsaid: tuple[Unsaid, ...]

    @property
    def is_shown(self) -> bool:
        """Whether any share of it is shown."""
        return any(share.line for share in self.shares)


def measures_of(
    release: Release,
    known: Sequence[QuestionInformation] | None = None,
    stored: Stored | None = None,
    measures: Iterable[Measure] | None = None,
) -> list[MeasureInformation]:
    """What a release says of each measure in use: voice by voice, outcomes first, then by name.

    `measures` are others than those in use, for whoever decides on them. `known` is its service information and
    `stored` its windows, where somebody has read them already.
    """
    informed = {one.code: one for one in (service_information(release) if known is None else known)}
    read = _Read(release, stored)
    some = _in_use(release.area_id) if measures is None else in_order(measures)
    return [_information(measure, informed, read) for measure in some]


def _in_use(area_id: int | None) -> list[Measure]:
    """The measures of an area, or of all areas together, that nobody has retired."""
    return in_order(one for one in _of_areas(read_together() | {area_id}) if one.area_id == area_id)


@read_once
def _of_areas(areas: frozenset[int | None]) -> list[Measure]:
    of_all = Q(area=None) if None in areas else Q()
    return list(Measure.objects.in_use().filter(Q(area__in=areas - {None}) | of_all))


def in_order(measures: Iterable[Measure]) -> list[Measure]:
    """Children's voice first, outcomes before process, then by name; never by what anybody answered."""
    voices, kinds = list(Measure.VoiceOf), list(Measure.Kind)
    return sorted(measures, key=lambda one: (voices.index(one.voice), kinds.index(one.kind), one.name.casefold()))


class _Read:
    """The stored windows of a release, and the words around them, read once."""

    def __init__(self, release: Release, stored: Stored | None) -> None:
        self.rules = ProtectionRules(**release.rules)
        self.stages = around(release.area_id).stages
        self.asked = questions_as_counted(release.area_id)
        self.windows: dict[tuple[str, str], StoredWindow] = {}
        # The last one of each table stays.
        for window in sorted((stored or stored_of(release)).own, key=lambda window: window.first_quarter):
            self.windows[window.question, window.table] = window

    def names_of(self, code: str) -> list[str]:
        """Under which names a question is counted in this release; several where its series breaks."""
        return sorted({name for name, _ in self.windows if code_of(name) == code})

    def who(self, stage: str | None, audience: str | None) -> str:
        """The name of a group."""
        named = [
            None if audience is None else AUDIENCES.get(audience, "Not known"),
            None if stage is None else self.stages.get(stage, "Step not known"),
        ]
        return ", ".join(name for name in named if name) or "Everybody who was asked"


def _information(measure: Measure, informed: dict[str, QuestionInformation], read: _Read) -> MeasureInformation:
    names = [name for code in measure.questions for name in read.names_of(code)]
    questions = tuple(informed[name] for name in names if name in informed)
    return MeasureInformation(
        measure=measure,
        stage=read.stages.get(measure.stage, measure.stage),
        questions=questions,
        shares=_all_shares(measure, read),
        missing=tuple(_missing(measure, names, read)),
        unsaid=tuple(unsaid_of(question) for question in questions),
    )


def _all_shares(measure: Measure, read: _Read) -> tuple[MeasureShare, ...]:
    """Those of questions that were asked; where none was, one of each, which says so."""
    shares = [share for code in measure.questions for share in _shares(measure, code, read)]
    asked = [share for share in shares if share.withheld != NOT_ASKED]
    return tuple(asked or shares)


def _shares(measure: Measure, code: str, read: _Read) -> Iterator[MeasureShare]:
    names = read.names_of(code)
    if not names:
        asked = read.asked.get(code) or AskedQuestion(code, code)
        yield _not_shown(asked, measure.questions[code], "", "", NOT_ASKED)
    for name in names:
        asked = read.asked.get(name) or AskedQuestion(name, name)
        for stage, audience in groups_read(measure, asked):
            yield _share(asked, measure.questions[code], stage, audience, read)


def groups_read(measure: Measure, asked: AskedQuestion) -> list[tuple[str | None, str | None]]:
    """The groups whose cells a measure reads: a stage or all, and each audience apart where it is not about all."""
    stage = measure.stage or None
    wanted = set(measure.audiences)
    if asked.audiences <= wanted:
        return [(stage, None)]
    return [(stage, audience) for audience in AUDIENCES if audience in wanted & asked.audiences]


def table_read(stage: str | None, audience: str | None) -> Table:
    """The table in which such a group is."""
    if stage is None:
        return Table.OVERALL if audience is None else Table.AUDIENCE
    return Table.STAGE if audience is None else Table.STAGE_AUDIENCE


def _share(
    asked: AskedQuestion, options: Sequence[str], stage: str | None, audience: str | None, read: _Read
) -> MeasureShare:
    who = read.who(stage, audience)
    window = read.windows.get((asked.name, table_read(stage, audience)))
    if window is None:
        return _not_shown(asked, options, who, "", NOT_CLOSED)
    period = in_words(str(period_of(window)))
    offered = [option for option in options if option in window.options]
    group = _group(window, stage, audience)
    if reason := _reason(window, group, offered):
        return _not_shown(asked, options, who, period, reason)
    return _shown(asked, offered, window, group, who=who, rules=read.rules)


def _group(window: StoredWindow, stage: str | None, audience: str | None) -> StoredGroup | None:
    """The group of a window of any one-way or two-way table; none where nobody of it could be there."""
    return next((one for one in window.groups if (one.stage, one.audience) == (stage, audience)), None)


def _reason(window: StoredWindow, group: StoredGroup | None, offered: Sequence[str]) -> str:
    if group is None or group.reason:
        return REASONS[group.reason if group else "too_few"]
    if not offered:
        return NOT_OFFERED
    return CHOSEN_TOGETHER if len(offered) > 1 and not window.adds_up else ""


def _shown(
    asked: AskedQuestion, offered: Sequence[str], window: StoredWindow, group, *, who: str, rules
) -> MeasureShare:
    figure = figure_of(window, group)
    cell = share_of(figure, offered, rules_for_cells(window.most_cells, rules))
    period = in_words(str(period_of(window)))
    if not cell.percent:
        return _not_shown(asked, offered, who, period, REASONS.get(cell.reason, cell.reason))
    labels = tuple(asked.options.get(option, option) for option in offered)
    label = " or ".join(labels)
    line = Line(cell.option, label, cell.percent, cell.low, cell.high, cell.low_all, cell.high_all, "")
    base = None if figure.base_is_protected else int(figure.respondents)
    return MeasureShare(asked.name, asked.text, labels, who, period, line, "", base)


def _not_shown(asked: AskedQuestion, options: Sequence[str], who: str, period: str, why: str) -> MeasureShare:
    labels = tuple(asked.options.get(option, option) for option in options)
    return MeasureShare(asked.name, asked.text, labels, who, period, None, why)


def _missing(measure: Measure, names: Iterable[str], read: _Read) -> Iterator[NotHeard]:
    """Each group of whom the measure could tell and does not, named once, in the order of ages and of the journey."""
    said: set[str] = set()
    for name in names:
        for table in SPREAD:
            window = read.windows.get((name, table.value))
            for group in window.groups if window else ():
                who = read.who(group.stage, group.audience)
                is_about = bool(group.stage) if table is Table.STAGE else group.audience in measure.audiences
                if group.reason and is_about and who not in said:
                    said.add(who)
                    yield NotHeard(who, REASONS[group.reason])


def unsaid_of(question: QuestionInformation) -> Unsaid:
    """What was left unsaid of a question, as its cells say it."""
    shown = question.latest.lines if question.latest else ()
    lines = {line.option: line for line in shown if line.percent or line.count}
    return Unsaid(question.code, question.text, lines.get(RATHER_NOT_SAY), lines.get(DID_NOT_ANSWER))
