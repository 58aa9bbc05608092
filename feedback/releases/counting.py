"""Counts one respondent after another into the options of every question they were asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from feedback.releases.questions import Base, CountedQuestion

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
    """Counts what `count` counts, for one edition in one stratum, in less than half the time.

    People who answered a question, and those it depends on, in the same way count in the same options. So they are
    counted by what they answered, and what that counts in is looked up once for each way of answering.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._questions = [_Ways(route, known) for route, known in _with_what_is_known(routes)]

    def add(self, answers: Mapping[str, Any], helper: str, record_key: int) -> None:
        """Counts one respondent in."""
        for one in self._questions:
            # Nearly all questions: one answer that is a code, or none. Calls would take most of the time here.
            if one.item is None:
                way = one.way_of(answers, helper)
            else:
                way = answers.get(one.item)
                if way is not None and way.__class__ is not str:
                    way = _written(way)
            found = one.ways.get(way)
            if found is None:
                one.begin(way, answers, helper, record_key)
            else:
                found[0] += 1
                found[1] += record_key

    def add_to(self, sums: Sums) -> None:
        """Adds everybody who was counted to the sums of a stratum."""
        for one in self._questions:
            for way, (n, keysum) in one.ways.items():
                for cell in one.cells[way]:
                    total = sums.setdefault(cell, [0, 0])
                    total[0] += n
                    total[1] += keysum


class _Ways:
    """How one question of an edition was answered: how often in each way, and what each way counts in."""

    __slots__ = ("_own", "_routes", "cells", "item", "ways")

    def __init__(self, route: Route, before: tuple[Route, ...]) -> None:
        question, leads = route
        self._routes = (*before, route)
        self._own = {question.name, *(name for _, name in leads)}
        self.ways: dict[Any, list[int]] = {}
        self.cells: dict[Any, tuple[tuple[str, str], ...]] = {}
        # What tells the ways apart where the answer to one item does; None where it takes more.
        self.item = None if before or question.asks_who_was_there else question.item

    def way_of(self, answers: Mapping[str, Any], helper: str) -> object:
        """How somebody answered a question that depends on others, or who was there; equal where the answers are."""
        return (helper, *(_written(answers.get(question.item)) for question, _ in self._routes))

    def begin(self, way: object, answers: Mapping[str, Any], helper: str, record_key: int) -> None:
        """Counts the first who answered in a way, and remembers what that counts in."""
        counted = options_of(self._routes, answers, helper)
        self.cells[way] = tuple(cell for cell in counted if cell[0] in self._own)
        self.ways[way] = [1, record_key]


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
