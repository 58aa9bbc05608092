"""Protects the figures of closed windows, once, and stores them to stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from feedback.disclosure.blocks import Decision, Group, Period, Window
from feedback.disclosure.protection import protect, protect_several, rules_for_cells
from feedback.disclosure.rules import ProtectionRules
from feedback.disclosure.table import EMPTY, Tally
from feedback.releases.closing import Population, secret_of
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from feedback.releases.questions import EVERYBODY, CountedQuestion

Values = dict[str, float]


def store(release: Release, windows: Mapping[str, Sequence[Window]], population: Population) -> None:
    """Protects the figures of closed windows and stores them with the release, to stay as they are."""
    rows: list[ClosedWindow] = []
    groups: list[ClosedGroup] = []
    for name, closed in windows.items():
        question = population.known[name]
        for window in closed:
            row = _row(release, question, window, population)
            rows.append(row)
            groups.extend(_groups(row, window, question, population))
    ClosedWindow.objects.bulk_create(rows)
    ClosedGroup.objects.bulk_create(groups, batch_size=500)


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
            group.respondents, group.values = _protected(question, window.period, decision, population)
        yield group


def _protected(
    question: CountedQuestion, period: Period, decision: Decision, population: Population
) -> tuple[float, Values]:
    """The base of a group, and its values; the base is protected too where it is itself an answer."""
    base: float | None = None
    for lead, name in zip(question.leads, question.counted_for_it(), strict=True):
        earlier = population.known[lead.question]
        values = _values(earlier, name, period, decision.group, population, base)
        base = max(sum(values[option] for option in lead.options if option in values), 0.0)
    values = _values(question, question.name, period, decision.group, population, base)
    return decision.respondents if base is None else base, values


def _values(
    question: CountedQuestion, counted_as: str, period: Period, group: Group, population: Population, base: float | None
) -> Values:
    found = population.tallies(counted_as, period=period, group=group)
    everybody = found.pop(EVERYBODY, EMPTY)
    tallies: dict[str, Tally] = {option: found.get(option, EMPTY) for option in question.options}
    secret, rules = secret_of(period), rules_for_cells(question.most_cells, population.rules)
    if question.several:
        return protect_several(tallies, everybody=everybody, question=question.name, secret=secret, rules=rules)
    return protect(tallies, question=question.name, secret=secret, rules=rules, respondents=base)


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
