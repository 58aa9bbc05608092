"""Counts one respondent after another into the options of every question they were asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from feedback.releases.questions import Base, CountedQuestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

CODE_OR_NONE = frozenset({str, type(None)})
Route = tuple[CountedQuestion, tuple[tuple[Base, str], ...]]
Sums = dict[tuple[str, str], list[int]]  # by question and option: how many, and the sum of their keys


def count(sums: Sums, routes: Iterable[Route], answers: Mapping, helper: str, record_key: int) -> None:
    """Counts one respondent in, wherever they belong."""
    for cell in options_of(routes, answers, helper):
        found = sums.get(cell)
        if found is None:
            sums[cell] = [1, record_key]
        else:
            found[0] += 1
            found[1] += record_key


def routes_of(plan: Iterable[CountedQuestion]) -> tuple[Route, ...]:
    """Each question of an edition with the answers that lead to it, and the names these are counted under for it."""
    return tuple((question, tuple(zip(question.leads, question.counted_for_it(), strict=True))) for question in plan)


def options_of(routes: Iterable[Route], answers: Mapping, helper: str) -> Iterator[tuple[str, str]]:
    """The options one respondent counts in, for each question they were asked and for each route to a question."""
    chosen: dict[str, tuple[str, ...]] = {}
    for question, leads in routes:
        was_asked = True
        for base, name in leads:
            if was_asked:
                yield from ((name, option) for option in chosen[base.question])
            was_asked = was_asked and not base.options.isdisjoint(chosen[base.question])
        if was_asked:
            chosen[question.name] = given = question.options_of(answers, helper)
            for option in given:
                yield question.name, option


class Counter:
    """Counts what `count` counts, for one edition and many people at once, in a fraction of the time.

    People who answered a question, and those it depends on, in the same way count in the same options. So they are
    counted by what they answered, and what that counts in is looked up once for each way of answering. A place is a
    number for where somebody counts: a quarter and a stratum.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._questions = [_Ways(route, known) for route, known in _with_what_is_known(routes)]

    def add(
        self, places: Sequence[int], answers: Sequence[Mapping[str, Any]], helpers: Sequence[str], keys: Sequence[int]
    ) -> None:
        """Counts some people in: a place, answers, who was there and a record key of each."""
        import numpy as np

        people = _People(answers, helpers)
        where, which = np.array(places, dtype=np.int64), np.array(keys, dtype=np.int64)
        for one in self._questions:
            one.add(people, where, which)

    def sums(self) -> Iterator[tuple[int, tuple[str, str], int, int]]:
        """A place, a question with an option, how many, and the sum of their keys; a cell may come more than once."""
        for one in self._questions:
            yield from one.sums()


class _People:
    """The people of one batch, by what they answered: a column for each item."""

    def __init__(self, answers: Sequence[Mapping[str, Any]], helpers: Sequence[str]) -> None:
        self.answers, self.helpers = answers, helpers
        self._columns: dict[str, list[Any]] = {}
        self._written: dict[str, list[object]] = {}

    def column(self, item: str) -> list[Any]:
        """What each answered to an item."""
        if item not in self._columns:
            self._columns[item] = list(map(dict.get, self.answers, repeat(item)))
        return self._columns[item]

    def written(self, item: str) -> list[object]:
        """The same, as something that can be looked up, and that no code is equal to unless it is one."""
        if item not in self._written:
            column = self.column(item)
            has_only_codes = CODE_OR_NONE.issuperset(map(type, column))
            self._written[item] = column if has_only_codes else list(map(_written, column))
        return self._written[item]


class _Ways:
    """How one question of an edition was answered: how often in each way and place, and what each way counts in."""

    def __init__(self, route: Route, before: tuple[Route, ...]) -> None:
        question, leads = route
        self._routes = (*before, route)
        self._own = {question.name, *(name for _, name in leads)}
        self._items = [one.item for one, _ in self._routes]
        self._asks_who = any(one.asks_who_was_there for one, _ in self._routes)
        self._numbers: dict[object, int] = {}
        self._cells: list[tuple[tuple[str, str], ...]] = []
        self._n: Whole | None = None
        self._keysum: Whole | None = None

    def add(self, people: _People, places: Whole, keys: Whole) -> None:
        """Counts some people in."""
        import numpy as np

        ways = self._numbered(people)
        shape = (int(places.max()) + 1, len(self._cells))
        self._n, self._keysum = _room_for(shape, self._n), _room_for(shape, self._keysum)
        cells = places * self._n.shape[1] + ways
        np.add.at(self._n.reshape(-1), cells, 1)
        np.add.at(self._keysum.reshape(-1), cells, keys)

    def _numbered(self, people: _People) -> Whole:
        """The number of the way in which each answered."""
        who = [people.helpers] if self._asks_who else []
        try:
            return self._looked_up(_ways([*map(people.column, self._items), *who]), len(people.answers))
        except (KeyError, TypeError):
            # A way that is new here; or an answer that is no code, which is never taken for one.
            ways = list(_ways([*map(people.written, self._items), *who]))
            for way in dict.fromkeys(ways):
                if way not in self._numbers:
                    self._begin(way, ways.index(way), people)
            return self._looked_up(ways, len(people.answers))

    def _looked_up(self, ways: Iterable[object], many: int) -> Whole:
        import numpy as np

        return np.fromiter(map(self._numbers.__getitem__, ways), dtype=np.int64, count=many)

    def _begin(self, way: object, place: int, people: _People) -> None:
        """Gives a new way a number, and remembers what it counts in."""
        counted = options_of(self._routes, people.answers[place], people.helpers[place])
        self._cells.append(tuple(cell for cell in counted if cell[0] in self._own))
        self._numbers[way] = len(self._numbers)

    def sums(self) -> Iterator[tuple[int, tuple[str, str], int, int]]:
        """As those of `Counter`."""
        if self._n is None or self._keysum is None:
            return
        for place, way in zip(*map(list, self._n.nonzero()), strict=True):
            n, keysum = int(self._n[place, way]), int(self._keysum[place, way])
            yield from ((int(place), cell, n, keysum) for cell in self._cells[way])


def _room_for(shape: tuple[int, int], before: Whole | None) -> Whole:
    """An array of at least this shape, with what was counted before."""
    import numpy as np

    if before is None:
        return np.zeros(shape, dtype=np.int64)
    more = [max(0, wanted - there) for wanted, there in zip(shape, before.shape, strict=True)]
    return np.pad(before, [(0, one) for one in more]) if any(more) else before


def _ways(columns: Sequence[Sequence[object]]) -> Iterable[object]:
    """How each answered, as something that is looked up: the answer, or several side by side."""
    return columns[0] if len(columns) == 1 else zip(*columns, strict=True)


def _written(answer: Any) -> object:
    """An answer as something that can be looked up, and that no code is equal to."""
    return answer if answer is None or answer.__class__ is str else (repr(answer),)


def _with_what_is_known(routes: Iterable[Route]) -> Iterator[tuple[Route, tuple[Route, ...]]]:
    """Each question with those of the route to it."""
    known: dict[str, Route] = {}
    for route in routes:
        question, leads = route
        yield route, tuple(known[base.question] for base, _ in leads)
        known[question.name] = route
