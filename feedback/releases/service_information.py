"""What a release says about services, ready to be read: a sentence first, then figures, tables, and open questions.

It reads the stored cells and nothing else, so how many people answered makes no difference to the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from feedback.disclosure.figures import ShownCell
from feedback.disclosure.rules import Table
from feedback.releases.comparing import Comparison, comparisons_of
from feedback.releases.counted_names import names_kept
from feedback.releases.interpretations import Reading
from feedback.releases.models import Release
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.readings import readings_of
from feedback.releases.released import ShownGroup, shown_groups
from feedback.releases.series import notes_on_breaks
from surveys.design.models import Edition
from surveys.frame.models import JourneyStage, Service
from surveys.instrument.items import DID_NOT_ANSWER, DO_NOT_KNOW, RATHER_NOT_SAY
from surveys.instrument.wording import Audience, Voice, voice_of

AUDIENCES = {
    Audience.AGE_6_7: "6 and 7 year olds",
    Audience.AGE_8_11: "8 to 11 year olds",
    Audience.AGE_12_17: "12 to 17 year olds",
    Audience.CARE_LEAVER: "Care leavers",
    Audience.PARENT_CARER: "Parents and carers",
    Audience.PROFESSIONAL: "Professionals",
}
VOICES = {
    Voice.CHILD: "Children and young people",
    Voice.PARENT: "Parents and carers",
    Voice.PROFESSIONAL: "Professionals",
}
OTHER_OPTIONS = {
    DID_NOT_ANSWER: "Did not answer",
    DO_NOT_KNOW: "I don’t know",
    RATHER_NOT_SAY: "I don’t want to say",
    "alone": "On my own",
    "read": "Someone helped me read",
    "tapped": "Someone tapped for me",
}
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


@dataclass(frozen=True)
class GroupInformation:
    """One group: who it is about, when, how many, and its lines, or why it is not shown."""

    who: str
    period: str
    base: int | None
    lines: tuple[Line, ...]
    withheld: str
    is_sum: bool = False


@dataclass(frozen=True)
class Breakdown:
    """The groups of one table, side by side; never in an order of merit."""

    title: str
    options: tuple[str, ...]
    groups: tuple[GroupInformation, ...]


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

    @property
    def latest(self) -> GroupInformation | None:
        """Everybody, in the last block that was closed."""
        return next((group for group in reversed(self.overall) if not group.is_sum), None)

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


@dataclass(frozen=True)
class Wordings:
    """The words of the questions and of the frame, read once."""

    questions: Mapping[str, str]
    options: Mapping[tuple[str, str], str]
    notes: Mapping[str, str]
    voices: Mapping[str, Voice]
    stages: Mapping[str, str]
    services: Mapping[str, str]

    def option(self, question: str, code: str) -> str:
        """The label of an answer."""
        return self.options.get((question, code)) or OTHER_OPTIONS.get(code, code)

    def who(self, group: ShownGroup) -> str:
        """The name of a group that is shown."""
        return self.name(group.stage, group.audience, group.service)

    def name(self, stage: str | None, audience: str | None, service: str | None) -> str:
        """The name of a group; None stands for all."""
        named = [
            None if stage is None else self.stages.get(stage, "Step not known"),
            None if audience is None else AUDIENCES.get(audience, "Not known"),
            None if service is None else self.services.get(service, "Service not known"),
        ]
        return ", ".join(name for name in named if name) or "Everybody who was asked"


def service_information(release: Release) -> list[QuestionInformation]:
    """A release's questions, in the order of their codes, with the words they were asked in."""
    by_question: dict[str, list[ShownGroup]] = {}
    for group in shown_groups(release):
        by_question.setdefault(group.question, []).append(group)
    wordings = wordings_of(release)
    readings, comparisons = readings_of(release), comparisons_of(release)
    return [
        replace(
            _question(code, groups, wordings),
            reading=readings.get(code),
            comparison=_worded(comparisons.get(code), wordings),
        )
        for code, groups in _in_order(by_question, wordings)
    ]


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


def _question(code: str, groups: list[ShownGroup], wordings: Wordings) -> QuestionInformation:
    overall = tuple(_information(group, wordings) for group in groups if group.is_overall)
    blocks = [group for group in overall if not group.is_sum]
    return QuestionInformation(
        code=code,
        voice=VOICES[wordings.voices.get(code, Voice.CHILD)],
        text=wordings.questions.get(code, code),
        note=wordings.notes.get(code, ""),
        sentence=_sentence(blocks[-1], code) if blocks else "",
        overall=overall,
        breakdowns=tuple(_breakdowns(groups, wordings)),
    )


def _information(group: ShownGroup, wordings: Wordings) -> GroupInformation:
    withheld = "" if any(cell.percent or cell.count is not None for cell in group.cells) else _why(group.cells)
    return GroupInformation(
        who=wordings.who(group),
        period=in_words(str(group.period)),
        base=None if group.base is None else int(group.base),
        lines=tuple(_line(cell, group, wordings) for cell in group.cells if _can_be_said(cell, group)),
        withheld=withheld,
        is_sum=group.blocks > 1,
    )


def _can_be_said(cell: ShownCell, group: ShownGroup) -> bool:
    """How many did not answer is a number of people, and a question asked after certain answers shows shares only."""
    return cell.option != DID_NOT_ANSWER or group.base is not None


def _why(cells: Iterable[ShownCell]) -> str:
    return next((REASONS[cell.reason] for cell in cells if cell.reason in REASONS), "")


def _line(cell: ShownCell, group: ShownGroup, wordings: Wordings) -> Line:
    hidden = cell.count is None or group.base is None
    return Line(
        option=cell.option,
        label=wordings.option(group.question, cell.option),
        percent=cell.percent,
        low=cell.low,
        high=cell.high,
        low_all=cell.low_all,
        high_all=cell.high_all,
        count="" if hidden else f"{cell.count:.0f}",
    )


def _breakdowns(groups: list[ShownGroup], wordings: Wordings) -> Iterable[Breakdown]:
    for table, title in WITHHELD_BY_TABLE.items():
        members = [group for group in groups if group.table is table]
        periods = {str(group.period): group.period for group in members}
        for period in sorted(periods.values()):
            informed = [_information(group, wordings) for group in members if group.period == period]
            options = tuple(line.label for line in informed[0].lines)
            yield Breakdown(f"{title}, {in_words(str(period))}", options, tuple(informed))


def _sentence(group: GroupInformation, code: str) -> str:
    """The figure in plain words: which answer most gave, if any; never good or bad."""
    numbers = [line for line in group.lines if line.bar is not None and line.option != DID_NOT_ANSWER]
    most = max(numbers, key=lambda line: line.bar or 0, default=None)
    if most is None or most.bar is None or most.low_all is None:
        return ""
    if most.low_all > 50:
        return f"Most people we heard from said: {most.label}."
    if most.bar >= 40:
        return f"The answer given most often was: {most.label}."
    return "People gave different answers."


def in_words(period: str) -> str:
    """A period as people say it."""
    months = {"1": "January to March", "2": "April to June", "3": "July to September", "4": "October to December"}
    ends = period.split("..")
    first, last = ends[0], ends[-1]
    if first == last:
        return f"{months[first[-1]]} {first[:4]}"
    return f"{months[first[-1]].split(' to ')[0]} {first[:4]} to {months[last[-1]].split(' to ')[1]} {last[:4]}"


def wordings_of(release: Release) -> Wordings:
    """The words of the questions that a release may be about."""
    questions: dict[str, str] = {}
    options: dict[tuple[str, str], str] = {}
    notes: dict[str, str] = {}
    editions = Edition.objects.counted().order_by("pk")
    if release.area_id:
        editions = editions.filter(waves__area__in=[release.area_id]) | editions.filter(waves__area=None)
    voices = {name: voice for voice, name in WHO_WAS_THERE.items()}
    counted_as = names_kept()
    # Editions of which nothing was counted yet come last: what they ask is not what a figure is about.
    counted = {edition for edition, _ in counted_as}
    rows = sorted(editions.distinct().values_list("pk", "document"), key=lambda row: (row[0] not in counted, row[0]))
    for edition, document in rows:
        for item in document["items"]:
            name = counted_as.get((edition, item["code"]), item["code"])
            voices.setdefault(name, voice_of(Audience(document["audience"])))
            _word_item(name, item, questions, options, notes)
    notes |= notes_on_breaks(counted_as.values(), notes)
    for name in WHO_WAS_THERE.values():
        questions.setdefault(name, "Who was with you when you answered?")
    return Wordings(
        questions=questions,
        options=options,
        notes=notes,
        voices=voices,
        stages=dict(JourneyStage.objects.values_list("code", "name")),
        services=dict(Service.objects.filter(area=release.area).values_list("code", "name")),
    )


def _word_item(code: str, item: Mapping, questions: dict, options: dict, notes: dict) -> None:
    text = item["texts"]["en"]
    questions.setdefault(code, text)
    for option in item["options"]:
        options.setdefault((code, option["code"]), option["labels"]["en"])
    if item["kind"] == "multi":
        notes.setdefault(code, "People could choose several answers, so the shares do not add up to 100.")
    if item["kind"] == "sort":
        notes.setdefault(code, "People put these in order; what they put first is counted.")
    if item["rule"]:
        notes.setdefault(code, "Asked only after certain answers, so it is shown as shares only.")
