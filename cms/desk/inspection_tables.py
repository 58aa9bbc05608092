"""Released figures along the child's journey, and the sheets of a sample in words. It reads stored cells only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedback.disclosure.rules import Table
from feedback.releases.measures import MeasureInformation, measures_of
from feedback.releases.models import Measure, Release
from feedback.releases.quoting import Quotes, quotes_of
from feedback.releases.service_information import (
    AUDIENCES,
    OTHER_OPTIONS,
    VOICES,
    WITHHELD_BY_TABLE,
    Breakdown,
    GroupInformation,
    Line,
    QuestionInformation,
    service_information,
)
from surveys.instrument.wording import Audience, Voice

BY_STEP = f"{WITHHELD_BY_TABLE[Table.STAGE]},"
NO_ANSWER = "No answer, or not asked"
# The two parts of the journey, which are named above each table.
PARTS = {"first": "Earlier", "later": "Later"}


@dataclass(frozen=True)
class StepRow:
    """One step of the journey: how many were asked, and each answer's share; or why nothing is shown."""

    step: str
    base: int | None
    shares: tuple[Line | None, ...]
    withheld: str


@dataclass(frozen=True)
class StepTable:
    """One question over one period: a row for each step, in the order of the journey."""

    period: str
    options: tuple[str, ...]
    rows: tuple[StepRow, ...]


@dataclass(frozen=True)
class QuestionTables:
    """One question with what everybody said and what was said at each step."""

    question: QuestionInformation
    tables: tuple[StepTable, ...]


@dataclass(frozen=True)
class InspectionTables:
    """What a release holds: the outcomes, the questions that ask whether it helped, figures by step, and quotes."""

    outcomes: tuple[MeasureInformation, ...]
    helped: tuple[QuestionTables, ...]
    journey: tuple[QuestionTables, ...]
    without_steps: int
    quotes: Quotes


def tables_of(release: Release, *, steps: Sequence[str], helped: Collection[str]) -> InspectionTables:
    """What a release says along the journey."""
    questions = service_information(release)
    found = [QuestionTables(one, tuple(_tables(one, steps))) for one in questions]
    by_step = tuple(one for one in found if one.tables)
    outcomes = tuple(_outcomes(release, questions))
    # What a measure reads already stands there, with what is to be asked about it.
    others = set(helped) - {code for one in outcomes for code in one.measure.questions}
    return InspectionTables(
        outcomes=outcomes,
        helped=tuple(one for one in found if one.question.code in others),
        journey=by_step,
        without_steps=len(found) - len(by_step),
        quotes=quotes_of(release),
    )


def _outcomes(release: Release, questions: Sequence[QuestionInformation]) -> Iterator[MeasureInformation]:
    """The measures of outcomes, of children and parents; nobody else can say whether they were helped."""
    for one in measures_of(release, questions):
        measure = one.measure
        if measure.kind == Measure.Kind.OUTCOME and measure.voice in (Measure.VoiceOf.CHILD, Measure.VoiceOf.PARENT):
            yield one


def _tables(question: QuestionInformation, steps: Sequence[str]):
    for breakdown in question.breakdowns:
        if breakdown.title.startswith(BY_STEP):
            yield _table(breakdown, steps)


def _table(breakdown: Breakdown, steps: Sequence[str]) -> StepTable:
    options = tuple(dict.fromkeys(line.label for group in breakdown.groups for line in group.lines))
    place = {step: number for number, step in enumerate(steps)}
    groups = sorted(breakdown.groups, key=lambda group: place.get(group.who, len(steps)))
    return StepTable(breakdown.title[len(BY_STEP) :].strip(), options, tuple(_row(one, options) for one in groups))


def _row(group: GroupInformation, options: Sequence[str]) -> StepRow:
    lines = {line.label: line for line in group.lines}
    return StepRow(group.who, group.base, tuple(lines.get(option) for option in options), group.withheld)


def sheets_in_words(sheets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sheets of a sample with the words of answers and groups in the place of codes."""
    return [_sheet(sheet) for sheet in sheets]


def _sheet(sheet: Mapping[str, Any]) -> dict[str, Any]:
    questions, groups = sheet["questions"], sheet["groups"]
    return {
        "voice": VOICES[Voice(sheet["voice"])],
        "audiences": [AUDIENCES[Audience(audience)] for audience in sheet["audiences"]],
        "groups": [group["name"] for group in groups],
        "parts": [
            f"{PARTS[value]}: {steps}" for group in groups for value, steps in group["values"].items() if value in PARTS
        ],
        "questions": [question["text"] for question in questions],
        "rows": [
            [
                *(
                    PARTS.get(value) or group["values"][value]
                    for group, value in zip(groups, row["groups"], strict=True)
                ),
                *(_answer(question, code) for question, code in zip(questions, row["answers"], strict=True)),
            ]
            for row in sheet["rows"]
        ],
    }


def _answer(question: Mapping[str, Any], code: str) -> str:
    return question["options"].get(code) or OTHER_OPTIONS.get(code, code) or NO_ANSWER
