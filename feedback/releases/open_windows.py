"""What is open in an area: which quarters wait in which window, and whether they may close, without saying how many.

Of a window that is open it is said that fewer than a block's people answered, or enough: a number that can be looked at
twice would tell who answered in between. It is about quarters that are over only, so nothing moves while people answer;
and what would close is what anybody reads after closing. Counts are never given back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback.anonymisation.models import ClosedQuarter, CodedResponse
from feedback.anonymisation.rules_of_an_area import rules_of
from feedback.disclosure.blocks import Counts, Window, close_area, last_end
from feedback.disclosure.periods import Period, Quarter
from feedback.disclosure.rules import AREA_TABLES, ProtectionRules, Table
from feedback.releases.closing import Population, history_of
from feedback.releases.questions import CountedQuestion
from feedback.releases.tabulation import Plans, tabulate
from surveys.design.models import Edition
from surveys.frame.models import Area
from surveys.instrument.wording import Audience, Voice, voice_of


@dataclass(frozen=True)
class OpenTable:
    """One table of some questions: what is closed, what waits, and what would close now.

    `waits` are the quarters that are over and in no closed window, whether anybody answered in them or not; all that
    are over where nothing was ever closed (`from_start`). `closes` are the windows that closing now would close.
    Once a quarter was closed nothing closes any more, so what comes late does not show either.
    """

    table: Table
    closed: tuple[Period, ...]
    waits: Period | None
    closes: tuple[Period, ...]
    from_start: bool


@dataclass(frozen=True)
class OpenWindows:
    """Questions of one voice whose windows stand alike."""

    voice: Voice
    questions: tuple[str, ...]
    tables: tuple[OpenTable, ...]


@dataclass(frozen=True)
class OpenArea:
    """An area: which quarters that are over nobody has closed yet, and the windows of each voice."""

    area: Area
    last: Quarter
    not_closed: Period | None
    rules: ProtectionRules
    windows: tuple[OpenWindows, ...]


def not_closed(area: Area, last: Quarter) -> Period | None:
    """The quarters that are over and that nobody has closed yet, from the first answer on."""
    closed = ClosedQuarter.objects.filter(area=area).order_by("-quarter").values_list("quarter", flat=True).first()
    answered = CodedResponse.objects.filter(area=area).from_surveys().order_by("quarter")
    began = None if closed else answered.values_list("quarter", flat=True).first()
    first = Quarter.parse(closed).next() if closed else min(Quarter.parse(began) if began else last, last)
    return Period(first, last) if first <= last else None


def open_area(area: Area, *, last: Quarter) -> OpenArea:
    """What is open in an area up to the last quarter that is over."""
    rules = rules_of(area, last)
    plans = Plans()
    table = tabulate(area, until=last, plans=plans)
    history = history_of(area)
    alike: dict[tuple[Voice, tuple[OpenTable, ...]], list[str]] = {}
    waiting = not_closed(area, last)
    for question in _asked(area, plans, Population({area.pk: table}, rules)):
        counts = table.counts(question.population)
        tables = _tables(area, counts, history.get(question.name, []), waiting.quarters() if waiting else (), last)
        for voice in _voices(question):
            alike.setdefault((voice, tables), []).append(question.name)
    windows = [OpenWindows(voice, tuple(sorted(names)), tables) for (voice, tables), names in alike.items()]
    windows.sort(key=lambda one: (list(Voice).index(one.voice), -len(one.questions), one.questions))
    return OpenArea(area, last, waiting, rules, tuple(windows))


def _asked(area: Area, plans: Plans, population: Population) -> list[CountedQuestion]:
    """The questions of every survey of the area, so that none appears only because somebody answered it."""
    of_waves = Edition.objects.filter(waves__area=area).values_list("pk", flat=True).distinct()
    names = {question.name for edition in of_waves for question in plans.by_edition[edition]}
    names |= {question.name for question in population.questions()}
    return [question for name, question in plans.questions.items() if name in names]


def _voices(question: CountedQuestion) -> list[Voice]:
    return sorted({voice_of(Audience(audience)) for audience in question.audiences}, key=list(Voice).index)


def _tables(
    area: Area, counts: Counts, history: Sequence[Window], quarters: Iterable[Quarter], last: Quarter
) -> tuple[OpenTable, ...]:
    """How each table of one question stands, if the quarters were closed one after another."""
    after = list(history)
    for quarter in quarters:
        after += close_area(counts, after, quarter=quarter, rules=rules_of(area, quarter))
    new = after[len(history) :]
    return tuple(_table(table, history, new, last) for table in AREA_TABLES)


def _table(table: Table, history: Sequence[Window], new: Sequence[Window], last: Quarter) -> OpenTable:
    end = last_end(history, table)
    first = end.next() if end else last
    waits = Period(first, last) if first <= last else None
    return OpenTable(table, _periods(history, table), waits, _periods(new, table), from_start=end is None)


def _periods(windows: Iterable[Window], table: Table) -> tuple[Period, ...]:
    return tuple(sorted(window.period for window in windows if window.table is table))


def areas_not_closed(quarter: Quarter) -> list[Area]:
    """The areas that have not closed a quarter yet; all areas together wait for them."""
    closed = ClosedQuarter.objects.filter(quarter__gte=str(quarter)).values_list("area_id")
    return list(Area.objects.exclude(pk__in=closed).order_by("name"))


def last_closed(areas: Iterable[Area]) -> Mapping[int, str]:
    """The last quarter each of these areas has closed."""
    rows = ClosedQuarter.objects.filter(area__in=areas).order_by("quarter").values_list("area_id", "quarter")
    return dict(rows)
