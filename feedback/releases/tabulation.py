"""Counts coded responses, question by question. What is counted here is true, so it never leaves this room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Group, Period, Quarter, Stratum
from feedback.disclosure.table import EMPTY, Tally
from feedback.releases.counted_names import names_of
from feedback.releases.models import BlockTally
from feedback.releases.questions import EVERYBODY, CountedQuestion, counted_questions, hidden_questions, merged
from surveys.design.models import Edition
from surveys.frame.models import Area
from surveys.instrument.document import read

Cells = dict[Stratum, dict[str, Tally]]


def _new_cells() -> defaultdict[str, dict[Quarter, Cells]]:
    return defaultdict(dict)


@dataclass
class Tabulation:
    """The true tallies of one area: by question, quarter, stratum and option."""

    questions: Mapping[str, CountedQuestion]
    cells: defaultdict[str, dict[Quarter, Cells]] = field(default_factory=_new_cells)

    def counts(self, question: str) -> dict[Quarter, dict[Stratum, int]]:
        """How many respondents were asked a question, by quarter and stratum."""
        return {
            quarter: {stratum: people(options) for stratum, options in cells.items()}
            for quarter, cells in self.cells[question].items()
        }

    def tallies(self, question: str, *, period: Period, group: Group) -> dict[str, Tally]:
        """The tallies of one group over a period, an empty one for each option nobody chose."""
        total = dict.fromkeys(self.questions[question].options, EMPTY)
        for quarter in period.quarters():
            for stratum, options in self.cells[question].get(quarter, {}).items():
                if is_in(stratum, group):
                    for option, tally in options.items():
                        total[option] = total.get(option, EMPTY).merge(tally)
        return total


def people(options: Mapping[str, Tally]) -> int:
    """How many respondents are behind the tallies of one stratum."""
    return options[EVERYBODY].n if EVERYBODY in options else sum(tally.n for tally in options.values())


def is_in(stratum: Stratum, group: Group) -> bool:
    """Whether the respondents of a stratum belong to a group."""
    wanted = ((group.stage, stratum.stage), (group.service, stratum.service), (group.audience, stratum.audience))
    return all(wants is None or wants == has for wants, has in wanted)


def merged_tallies(parts: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """The tallies of several populations taken together."""
    total: dict[str, Tally] = {}
    for part in parts:
        for option, tally in part.items():
            total[option] = total.get(option, EMPTY).merge(tally)
    return total


class Plans:
    """The counted questions of every edition, and of all editions together; read once for a run."""

    def __init__(self) -> None:
        self.by_edition: dict[int, tuple[CountedQuestion, ...]] = {}
        self.questions: dict[str, CountedQuestion] = {}
        editions = list(Edition.objects.order_by("pk").select_related("survey"))
        instruments = {edition.pk: read(edition.document) for edition in editions}
        self.names = names_of(editions, instruments)
        for edition in editions:
            plan = counted_questions(instruments[edition.pk], self.names[edition.pk])
            self.by_edition[edition.pk] = plan
            known = {question.name: question for question in plan}
            hidden = [of_route for question in plan for _, of_route in hidden_questions(question, known)]
            for one in (*plan, *hidden):
                before = self.questions.get(one.name)
                self.questions[one.name] = merged(before, one) if before else one


def tabulate(area: Area, *, until: Quarter, plans: Plans) -> Tabulation:
    """Counts an area's responses up to a quarter: closed blocks as they were frozen, open quarters as they are now."""
    table = Tabulation(questions=plans.questions)
    frozen = set()
    for block in BlockTally.objects.filter(area=area, quarter__lte=str(until)):
        frozen.add((block.question, block.quarter))
        table.cells[block.question][Quarter.parse(block.quarter)] = read_cells(block.tallies)
    _count_open(table, area, until, plans, frozen)
    return table


def _count_open(table: Tabulation, area: Area, until: Quarter, plans: Plans, frozen: set[tuple[str, str]]) -> None:
    rows = CodedResponse.objects.counted().filter(area=area, quarter__lte=str(until))
    columns = ("edition_id", "quarter", "stage", "service", "audience", "helper", "answers", "record_key")
    sums: dict[tuple[str, str, Stratum, str], list[int]] = {}
    for edition, quarter, stage, service, audience, helper, answers, key in rows.values_list(*columns).iterator():
        stratum = Stratum(stage, service, audience)
        for name, option in options_of(plans.by_edition[edition], answers, helper):
            if (name, quarter) not in frozen:
                cell = sums.setdefault((name, quarter, stratum, option), [0, 0])
                cell[0] += 1
                cell[1] += key
    quarters = {quarter: Quarter.parse(quarter) for _, quarter, _, _ in sums}
    for (name, quarter, stratum, option), (n, keysum) in sums.items():
        cells = table.cells[name].setdefault(quarters[quarter], {})
        cells.setdefault(stratum, {})[option] = Tally(n, keysum)


def options_of(plan: Iterable[CountedQuestion], answers: Mapping, helper: str) -> Iterator[tuple[str, str]]:
    """The options one respondent counts in, for each question they were asked and for each route to a question."""
    chosen: dict[str, tuple[str, ...]] = {}
    for question in plan:
        was_asked = True
        for base, name in zip(question.leads, question.counted_for_it(), strict=True):
            if was_asked:
                yield from ((name, option) for option in chosen[base.question])
            was_asked = was_asked and not base.options.isdisjoint(chosen[base.question])
        if was_asked:
            chosen[question.name] = question.options_of(answers, helper)
            yield from ((question.name, option) for option in chosen[question.name])


def write_cells(cells: Cells) -> list:
    """Tallies as plain JSON values."""
    return [
        [*stratum, {option: list(tally) for option, tally in options.items()}] for stratum, options in cells.items()
    ]


def read_cells(written: list) -> Cells:
    """Tallies as `write_cells` wrote them."""
    return {
        Stratum(stage, service, audience): {option: Tally(n, keysum) for option, (n, keysum) in options.items()}
        for stage, service, audience, options in written
    }
