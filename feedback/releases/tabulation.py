"""Counts coded responses, question by question. What is counted here is true, so it never leaves this room."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType

from django.db.models import TextField
from django.db.models.functions import Cast

from feedback.anonymisation.models import CodedResponse, CodedResponseQuerySet
from feedback.disclosure.blocks import Group, Period, Quarter, Stratum, group_of
from feedback.disclosure.rules import Table
from feedback.disclosure.table import EMPTY, Tally
from feedback.releases.counted_names import names_of
from feedback.releases.counting import Counter, Route, routes_of
from feedback.releases.models import BlockTally
from feedback.releases.questions import (
    EVERYBODY,
    HIDDEN,
    CountedQuestion,
    counted_questions,
    hidden_questions,
    merged,
)
from surveys.design.models import Edition
from surveys.frame.models import Area
from surveys.instrument.document import read

AT_ONCE = 1000  # rows of answers held while they are counted
Place = tuple[str, str, str, str]  # quarter, stage, service, audience
Cells = dict[Stratum, dict[str, Tally]]
Groups = dict[Group, dict[str, Tally]]
Since = Mapping[str, Quarter]
FROM_THE_START: Since = MappingProxyType({})


def _new_cells() -> defaultdict[str, dict[Quarter, Cells]]:
    return defaultdict(dict)


def _new_asked() -> defaultdict[str, dict[Quarter, dict[Stratum, int]]]:
    return defaultdict(dict)


@dataclass
class Tabulation:
    """The true tallies of one area: by question, quarter, stratum and option.

    Of quarters whose figures have all closed it may only know how many were `asked`, as windows are decided on.
    """

    questions: Mapping[str, CountedQuestion]
    cells: defaultdict[str, dict[Quarter, Cells]] = field(default_factory=_new_cells)
    asked: defaultdict[str, dict[Quarter, dict[Stratum, int]]] = field(default_factory=_new_asked)

    def counts(self, question: str) -> dict[Quarter, dict[Stratum, int]]:
        """How many respondents were asked a question, by quarter and stratum."""
        of_open = {
            quarter: {stratum: people(options) for stratum, options in cells.items()}
            for quarter, cells in self.cells[question].items()
        }
        return {**self.asked[question], **of_open}

    def was_asked(self) -> set[str]:
        """The names of the questions that somebody was asked."""
        return {name for found in (self.cells, self.asked) for name, quarters in found.items() if quarters}

    def _cells_of(self, question: str, quarter: Quarter) -> Cells:
        if quarter in self.asked[question]:
            raise LookupError(f"The tallies of {question} in {quarter} were not read, because its figures are all out.")
        return self.cells[question].get(quarter, {})

    def tallies(self, question: str, *, period: Period, group: Group) -> dict[str, Tally]:
        """The tallies of one group over a period, an empty one for each option nobody chose."""
        total = dict.fromkeys(self.questions[question].options, EMPTY)
        for quarter in period.quarters():
            for stratum, options in self._cells_of(question, quarter).items():
                if is_in(stratum, group):
                    for option, tally in options.items():
                        total[option] = total.get(option, EMPTY).merge(tally)
        return total

    def add_groups(self, to: Groups, question: str, table: Table, period: Period) -> None:
        """Adds the tallies of each group of a table over a period; what nobody chose is not there."""
        for quarter in period.quarters():
            for stratum, options in self._cells_of(question, quarter).items():
                total = to.setdefault(group_of(stratum, table), {})
                for option, (n, keysum) in options.items():
                    before = total.get(option, EMPTY)
                    total[option] = Tally(before[0] + n, before[1] + keysum)


def people(options: Mapping[str, Tally]) -> int:
    """How many respondents are behind the tallies of one stratum."""
    return options[EVERYBODY].n if EVERYBODY in options else sum(tally.n for tally in options.values())


def is_in(stratum: Stratum, group: Group) -> bool:
    """Whether the respondents of a stratum belong to a group."""
    wanted = ((group.stage, stratum.stage), (group.service, stratum.service), (group.audience, stratum.audience))
    return all(wants is None or wants == has for wants, has in wanted)


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


def tabulate(area: Area, *, until: Quarter, plans: Plans, since: Since = FROM_THE_START) -> Tabulation:
    """Counts an area's responses up to a quarter: closed blocks as they were frozen, open quarters as they are now.

    Of blocks before the quarter that `since` gives for a question, only the numbers of people are read.
    """
    table = Tabulation(questions=plans.questions)
    frozen = set()
    blocks = BlockTally.objects.filter(area=area, quarter__lte=str(until))
    for name, quarter, tallies in blocks.values_list("question", "quarter", "tallies").iterator():
        frozen.add((name, quarter))
        first = since.get(name.partition(HIDDEN)[0])
        if first is not None and Quarter.parse(quarter) < first:
            of_strata = {stratum: asked(counts) for stratum, counts in read_counts(tallies).items()}
            table.asked[name][Quarter.parse(quarter)] = of_strata
        else:
            table.cells[name][Quarter.parse(quarter)] = read_cells(tallies)
    _count_open(table, area, until, plans, frozen)
    return table


def _count_open(table: Tabulation, area: Area, until: Quarter, plans: Plans, frozen: set[tuple[str, str]]) -> None:
    """Some rows after others, none kept: what is held are sums, however many have answered."""
    routes = {edition: routes_of(plan) for edition, plan in plans.by_edition.items()}
    rows = CodedResponse.objects.counted().filter(area=area, quarter__lte=str(until))
    rows = rows.filter(quarter__in=_quarters_to_count(rows, routes, frozen))
    counters = {edition: Counter(of_edition) for edition, of_edition in routes.items()}
    numbers: dict[Place, int] = {}
    for edition, some in _by_edition(rows):
        quarters, stages, services, audiences, helpers, written, keys = zip(*some, strict=True)
        places = zip(quarters, stages, services, audiences, strict=True)
        where = [numbers.setdefault(place, len(numbers)) for place in places]
        counters[edition].add(where, _answers(written), helpers, keys)
    places_by_number = [(quarter, Stratum(*stratum)) for quarter, *stratum in numbers]
    for counter in counters.values():
        _add_sums(table, places_by_number, counter, frozen)


def _by_edition(rows: CodedResponseQuerySet) -> Iterator[tuple[int, list[tuple]]]:
    """What is counted of some rows at a time, by their edition; answers as they are written, not read yet."""
    columns = ("edition_id", "quarter", "stage", "service", "audience", "helper", "written", "record_key")
    found = rows.annotate(written=Cast("answers", TextField())).values_list(*columns).iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        editions: dict[int, list[tuple]] = {}
        for edition, *row in some:
            editions.setdefault(edition, []).append(row)
        yield from editions.items()


def _answers(written: Iterable[str]) -> list[dict]:
    """The answers of several people, read at once: each code of a question is then one text, and sooner looked up."""
    return json.loads(f"[{','.join(written)}]")


def _add_sums(
    table: Tabulation, places: Sequence[tuple[str, Stratum]], counter: Counter, frozen: set[tuple[str, str]]
) -> None:
    read = [(written, Quarter.parse(written), stratum) for written, stratum in places]
    for number, (name, option), n, keysum in counter.sums():
        written, quarter, stratum = read[number]
        if (name, written) not in frozen:
            cells = table.cells[name].setdefault(quarter, {}).setdefault(stratum, {})
            before = cells.get(option)
            cells[option] = Tally(n, keysum) if before is None else Tally(before.n + n, before.keysum + keysum)


def _quarters_to_count(
    rows: CodedResponseQuerySet, routes: Mapping[int, tuple[Route, ...]], frozen: set[tuple[str, str]]
) -> set[str]:
    """The quarters in which something that was asked is not frozen yet."""
    names = {edition: set(_names_counted(of_edition)) for edition, of_edition in routes.items()}
    asked = rows.order_by().values_list("quarter", "edition_id").distinct()
    return {quarter for quarter, edition in asked if any((name, quarter) not in frozen for name in names[edition])}


def _names_counted(routes: Iterable[Route]) -> Iterator[str]:
    for question, leads in routes:
        yield question.name
        yield from (name for _, name in leads)


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


def read_counts(written: list) -> dict[Stratum, dict[str, int]]:
    """How many gave each answer, of tallies as `write_cells` wrote them: for who needs no sums of keys."""
    return {
        Stratum(stage, service, audience): {option: n for option, (n, _) in options.items()}
        for stage, service, audience, options in written
    }


def asked(counts: Mapping[str, int]) -> int:
    """How many respondents are behind the counts of one stratum."""
    return counts[EVERYBODY] if EVERYBODY in counts else sum(counts.values())
