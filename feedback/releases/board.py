"""The fuller view for a board: every table and period of a question, and four sources beside one another (5.33).

It shows stored cells, as the public pages do; filters choose among them and make none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from feedback.disclosure.rules import Table
from feedback.releases.beside import Rows, rows_of
from feedback.releases.measure import FrameworkTheme
from feedback.releases.models import Release
from feedback.releases.population import PopulationFigure, PopulationLine, PopulationTheme
from feedback.releases.released import shown_over_time
from feedback.releases.service_information import (
    WITHHELD_BY_TABLE,
    Breakdown,
    GroupInformation,
    QuestionInformation,
    breakdowns_in,
)
from feedback.releases.stored import stored_of
from feedback.releases.telling import Card, Told
from feedback.releases.wordings import wordings_of

LEADING = ""
EVERYBODY = Table.OVERALL.value
TABLES = {EVERYBODY: "Everybody, period by period"} | {table.value: title for table, title in WITHHELD_BY_TABLE.items()}


@dataclass(frozen=True)
class Chosen:
    """What somebody chose to look at: a table, a period and an answer; blank is all periods, or the leading answers."""

    table: str = EVERYBODY
    period: str = ""
    answer: str = LEADING


def tables_over_time(release: Release, question: QuestionInformation) -> list[Breakdown]:
    """Every table of a question that was published up to a release, period by period, and its longer periods."""
    stored = stored_of(release, questions=[question.code])
    groups = [group for group in shown_over_time(stored) if not group.is_overall]
    blocks = list(breakdowns_in(groups, wordings_of(release), question.lead))
    known = {one.title for one in blocks}
    return [*blocks, *(one for one in question.breakdowns if one.title not in known)]


def periods_in(question: QuestionInformation, tables: Iterable[Breakdown], chosen: Chosen) -> list[str]:
    """The periods that a table was published for."""
    if chosen.table == EVERYBODY:
        return list(dict.fromkeys(group.period for group in (*question.over_time, *question.sums)))
    return list(dict.fromkeys(one.period for one in tables if one.table.value == chosen.table))


def looked_at(question: QuestionInformation, tables: Sequence[Breakdown], chosen: Chosen) -> list[Rows]:
    """The stored cells that were chosen, as rows beside everybody."""
    everybody = _answer(question.latest, chosen.answer) if question.latest else None
    if chosen.table == EVERYBODY:
        groups = [replace(group, who=group.period) for group in (*question.over_time, *question.sums)]
        return [rows_of(TABLES[EVERYBODY], _of(groups, chosen), None)]
    return [
        rows_of(one.title, _of(one.groups, chosen), everybody.share if everybody else None, period=one.period)
        for one in tables
        if one.table.value == chosen.table and chosen.period in ("", one.period)
    ]


def _of(groups: Iterable[GroupInformation], chosen: Chosen) -> list[GroupInformation]:
    return [_answer(group, chosen.answer) for group in groups if chosen.period in ("", group.period)]


def _answer(group: GroupInformation, answer: str) -> GroupInformation:
    """The group with the share of one answer; a number of people is no share."""
    if answer == LEADING:
        return group
    line = group.line(answer)
    return replace(group, share=line if line and line.percent else None)


@dataclass(frozen=True)
class Sources:
    """One theme of the framework as four sources tell it; what a source does not tell is a gap, and said."""

    name: str
    said: tuple[Card, ...]
    outcomes: tuple[PopulationLine, ...]
    counts: tuple[PopulationLine, ...]

    @property
    def gaps(self) -> list[str]:
        """Which of the sources that this software can hold say nothing."""
        kinds = (
            ("what people say", self.said),
            ("what became of people", self.outcomes),
            ("how many there are", self.counts),
        )
        return [name for name, some in kinds if not some]


def sources_of(told: Told, population: Iterable[PopulationTheme]) -> list[Sources]:
    """The five themes of the framework, each with what the sources say of it; none is added to another."""
    known = {theme.theme: theme.lines for theme in population}
    return [
        Sources(
            str(theme.label),
            tuple(card for card in told.cards if card.measure and card.measure.measure.framework_theme == theme),
            _of_kind(known.get(theme.value, ()), PopulationFigure.Kind.OUTCOME),
            _of_kind(known.get(theme.value, ()), PopulationFigure.Kind.COUNT),
        )
        for theme in FrameworkTheme
    ]


def _of_kind(lines: Iterable[PopulationLine], kind: str) -> tuple[PopulationLine, ...]:
    return tuple(line for line in lines if line.newest.kind == kind)
