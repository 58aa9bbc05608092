"""Protects the figures of closed windows, once, and stores them to stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from feedback.disclosure.blocks import Decision, Window
from feedback.disclosure.protection import rules_for_cells
from feedback.disclosure.rows import protect_rows, protect_several_rows
from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.table import EMPTY
from feedback.releases.closing import Population, secret_of
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from feedback.releases.questions import EVERYBODY, CountedQuestion

if TYPE_CHECKING:
    from feedback.disclosure.rows import Real, Whole

AT_ONCE = 2000


def store(release: Release, windows: Mapping[str, Sequence[Window]], population: Population) -> None:
    """Protects the figures of closed windows and stores them with the release, to stay as they are."""
    closed = [(population.known[name], window) for name, of_question in windows.items() for window in of_question]
    rows = [_row(release, question, window, population) for question, window in closed]
    ClosedWindow.objects.bulk_create(rows, batch_size=AT_ONCE)
    # Protected while they are stored, so that never more than some of a nation's figures are held.
    groups = (
        group
        for row, (question, window) in zip(rows, closed, strict=True)
        for group in _groups(row, window, question, population)
    )
    while some := list(islice(groups, AT_ONCE)):
        ClosedGroup.objects.bulk_create(some)


def _row(release: Release, question: CountedQuestion, window: Window, population: Population) -> ClosedWindow:
    return ClosedWindow(
        release=release,
        area=release.area,
        question=question.name,
        options=list(question.options),
        table=window.table,
        first_quarter=str(window.period.first),
        last_quarter=str(window.period.last),
        most_cells=question.most_cells,
        adds_up=not question.several,
        base_variance=base_variance(question, population.known, population.rules),
    )


def _groups(
    row: ClosedWindow, window: Window, question: CountedQuestion, population: Population
) -> Iterator[ClosedGroup]:
    shown = [decision for decision in window.decisions if not decision.reason]
    figures = _Figures(window, shown, population).protected(question) if shown else {}
    for decision in window.decisions:
        group = ClosedGroup(
            window=row,
            stage=decision.group.stage,
            service=decision.group.service,
            audience=decision.group.audience,
            reason=decision.reason,
        )
        if not decision.reason:
            group.asked = decision.respondents
            group.respondents, group.values = figures[decision]
        yield group


class _Figures:
    """The figures of the groups that a window shows: a row for each, in the order of its decisions."""

    def __init__(self, window: Window, shown: Sequence[Decision], population: Population) -> None:
        self.window, self.shown, self.population = window, shown, population
        self.secret = secret_of(window.period)

    def protected(self, question: CountedQuestion) -> dict[Decision, tuple[float, dict[str, float]]]:
        """The base of each group, and its values; the base is protected too where it is itself an answer."""
        bases: Real | None = None
        for lead, name in zip(question.leads, question.counted_for_it(), strict=True):
            earlier = self.population.known[lead.question]
            values = self._values(earlier, name, bases)
            # In the order in which they are offered, so that the sum is the same to the last bit whenever it is made.
            led = [place for place, option in enumerate(earlier.options) if option in lead.options]
            bases = values[:, led].sum(axis=1).clip(min=0.0)
        values = self._values(question, question.name, bases)
        base = [float(one.respondents) for one in self.shown] if bases is None else bases.tolist()
        each = (dict(zip(question.options, row, strict=True)) for row in values.tolist())
        return dict(zip(self.shown, zip(base, each, strict=True), strict=True))

    def _values(self, question: CountedQuestion, counted_as: str, bases: Real | None) -> Real:
        n, keysum, everybody = self._tallies(question, counted_as)
        rules = rules_for_cells(question.most_cells, self.population.rules)
        how = {"question": question.name, "options": question.options, "secret": self.secret, "rules": rules}
        if question.several:
            return protect_several_rows(n, keysum, everybody=everybody, **how)
        return protect_rows(n, keysum, respondents=bases, **how)

    def _tallies(self, question: CountedQuestion, counted_as: str) -> tuple[Whole, Whole, Whole]:
        """How many respondents, their key sums, and the key sum of everybody who was asked."""
        import numpy as np

        found = self.population.tallies_by_group(counted_as, self.window.table, self.window.period)
        groups = [found.get(decision.group, {}) for decision in self.shown]
        cells = np.array(
            [[group.get(option, EMPTY) for option in question.options] for group in groups], dtype=np.int64
        )
        everybody = np.array([group.get(EVERYBODY, EMPTY).keysum for group in groups], dtype=np.int64)
        return cells[:, :, 0], cells[:, :, 1], everybody


def base_variance(
    question: CountedQuestion, known: Mapping[str, CountedQuestion], rules: ProtectionRules
) -> float | None:
    """What the noise of a base adds per block, in respondents squared; None where the base is the true number.

    The sum of m of the J values that were made to add up to an exact base has the variance s² m (1 - m/J); where that
    base has a variance of its own, (m/J)² of it comes on top.
    """
    variance: float | None = None
    for lead in question.leads:
        earlier = known[lead.question]
        s2 = rules_for_cells(earlier.most_cells, rules).sd ** 2
        leading = len(lead.options & set(earlier.options))
        if earlier.several:
            variance = s2 * leading
        else:
            part = leading / len(earlier.options)
            variance = s2 * leading * (1 - part) + part**2 * (variance or 0.0)
    return variance
