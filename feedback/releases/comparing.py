"""What is new in a release beside what was published before it: figures, groups, questions, answers and rules.

A difference is called a change only where the combined ranges exclude zero (A2 rule 6); all others could be chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.disclosure.blocks import Group
from feedback.disclosure.figures import Figure, is_change, show
from feedback.disclosure.protection import rules_for_cells
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.models import ClosedGroup, ClosedWindow, Release
from feedback.releases.released import figure_of, period_of
from feedback.releases.stored import Stored, stored_of
from feedback.releases.stored_windows import StoredWindow
from surveys.instrument.items import DID_NOT_ANSWER


@dataclass(frozen=True)
class Change:
    """The share of one answer, before and now, as it is printed."""

    option: str
    before: str
    now: str


@dataclass(frozen=True)
class Comparison:
    """One question beside the last block published before: what changed by more than adjustment and chance explain.

    `compared` is how many answers could be looked at; of every twenty about one seems to change by chance alone.
    """

    question: str
    period: str
    compared: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class News:
    """What a second person should look at: what is in this release and was not in the last, and the other way round."""

    last: Release
    windows: Mapping[tuple[str, str], frozenset[str]]  # table and period, and of which questions
    newly_shown: Mapping[tuple[str, Group], frozenset[str]]
    newly_withheld: Mapping[tuple[str, Group], frozenset[str]]
    questions_new: frozenset[str]
    questions_gone: frozenset[str]
    options_new: Mapping[str, frozenset[str]]
    options_gone: Mapping[str, frozenset[str]]
    rules: Mapping[str, tuple[object, object]]  # before and now, of those that differ


def last_before(release: Release) -> Release | None:
    """The release of the same population that was published last before this one, of an earlier quarter."""
    earlier = Release.objects.published().filter(area=release.area, quarter__lt=release.quarter)
    return earlier.order_by("-quarter").first()


def comparisons_of(release: Release) -> dict[str, Comparison]:
    """By question, everybody's last block of this release beside the block published last before it."""
    by_question = stored_of(release, tables=[Table.OVERALL]).by_question
    return {question: found for question, part in by_question.items() if (found := comparison_of(part))}


def comparison_of(stored: Stored) -> Comparison | None:
    """The same for the one question that these windows are of; nothing where no two blocks may stand side by side."""
    now, before = _last_block(stored.own), _last_block(stored.of(stored.earlier))
    if not now or not before or before.options != now.options or before.last_quarter >= now.first_quarter:
        return None
    return _compared(before, now)


def _last_block(windows: Iterable[StoredWindow]) -> StoredWindow | None:
    """The last window of everybody."""
    ordered = sorted(windows, key=lambda window: window.first_quarter)
    return next((window for window in reversed(ordered) if window.table == Table.OVERALL), None)


def _compared(before: StoredWindow, now: StoredWindow) -> Comparison:
    figures = [figure_of(window, window.groups[0]) for window in (before, now)]
    rules = [rules_for_cells(w.most_cells, ProtectionRules(**w.release.rules)) for w in (before, now)]
    shown = [_percents(figure, of_it) for figure, of_it in zip(figures, rules, strict=True)]
    options = [o for o in now.options if o != DID_NOT_ANSWER and all(percents[o].isdigit() for percents in shown)]
    changes = [
        Change(option, shown[0][option], shown[1][option])
        for option in options
        # An area may have become stricter in between; a change is one by both rules.
        if all(is_change(figures[0], figures[1], option, of_it) for of_it in rules)
    ]
    return Comparison(now.question, str(period_of(before)), len(options), tuple(changes))


def _percents(figure: Figure, rules: ProtectionRules) -> dict[str, str]:
    return {cell.option: cell.percent for cell in show(figure, rules)}


def news_of(release: Release) -> News | None:
    """What is new since the last release that was published; None if this is the first."""
    last = last_before(release)
    if last is None:
        return None
    now, before = _windows(release), _windows(last)
    shown, was_shown = _shown(now), _shown(before)
    options, had = _options(now), _options(before)
    both = options.keys() & had.keys()
    return News(
        last=last,
        windows=_by_period(now),
        newly_shown=_only(shown, was_shown, both),
        newly_withheld=_only(was_shown, shown, both),
        questions_new=frozenset(options.keys() - had.keys()),
        questions_gone=frozenset(had.keys() - options.keys()),
        options_new={q: options[q] - had[q] for q in sorted(both) if options[q] - had[q]},
        options_gone={q: had[q] - options[q] for q in sorted(both) if had[q] - options[q]},
        rules=_other_rules(last.rules, release.rules),
    )


def _windows(release: Release) -> list[ClosedWindow]:
    return list(release.windows.order_by("first_quarter").prefetch_related("groups"))


def _by_period(windows: Iterable[ClosedWindow]) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for window in windows:
        found[window.table, str(period_of(window))].add(window.question)
    return {key: frozenset(questions) for key, questions in found.items()}


Cells = dict[tuple[str, Group], set[str]]


def _shown(windows: Iterable[ClosedWindow]) -> tuple[Cells, set[tuple[str, str]]]:
    """In which questions each group is shown, in the last window of its table; and which tables there are at all."""
    last = {(window.question, window.table): window for window in windows}
    found: Cells = defaultdict(set)
    for (question, table), window in last.items():
        for group in window.groups.all():
            if not group.reason:
                found[table, _named(group)].add(question)
    return found, set(last)


def _named(group: ClosedGroup) -> Group:
    return Group(stage=group.stage, service=group.service, audience=group.audience)


def _only(
    one: tuple[Cells, set[tuple[str, str]]], other: tuple[Cells, set[tuple[str, str]]], questions: Iterable[str]
) -> dict[tuple[str, Group], frozenset[str]]:
    """Groups shown in one release and not in the other, of the tables that both have."""
    (cells, tables), (others, other_tables) = one, other
    known = set(questions)
    found = {}
    for (table, group), shown in cells.items():
        comparable = {q for q in shown & known if (q, table) in tables & other_tables}
        if only := comparable - others.get((table, group), set()):
            found[table, group] = frozenset(only)
    return found


def _options(windows: Iterable[ClosedWindow]) -> dict[str, frozenset[str]]:
    return {window.question: frozenset(window.options) for window in windows}


def _other_rules(before: Mapping[str, object], now: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    names = dict.fromkeys([*before, *now])
    return {name: (before.get(name), now.get(name)) for name in names if before.get(name) != now.get(name)}
