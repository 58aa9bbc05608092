"""What may be said of how many have answered, to those who see who is asked.

Officers and practitioners know whom they asked, so a number that follows each answer would tell who answered. Numbers
are numbers of people, counted in steps of five (decision 35); sizes of groups and the mask are those of the protection
rules (A1), and the remainder rule is that of published lines (A2 rule 3).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from feedback.disclosure.rules import ProtectionRules, line_rule

STEP = 5
Key = TypeVar("Key", bound=Hashable)
Cell = tuple[int, int]


def in_steps(number: int) -> int:
    """The largest multiple of five that is not more: what is kept of a number of people."""
    return number - number % STEP


@dataclass(frozen=True)
class Reached:
    """How many of a group have done something, in steps, and how many people the group holds where that is known."""

    at_least: int
    of: int | None = None


@dataclass(frozen=True)
class Told:
    """What may be said of one group: `at_least` so many; or `fewer` than so many, where `at_least` is 0.

    `percent` is a whole number from 0 to 100, and a lower limit too; there is none where the group is small, its size
    is not known, or more answered than it holds (`is_beyond`).
    """

    at_least: int
    fewer: int = 0
    percent: int | None = None
    is_beyond: bool = False


def told_of(group: Reached, rules: ProtectionRules) -> Told | None:
    """What may be said of a group by itself; nothing where it is too small, or may be.

    Never that all or nearly all of a group have answered, nor that nobody has. A group of unknown size is as large as
    those who answered, at least.
    """
    smallest = rules.smallest_group if group.of is None else max(STEP, rules.mask)
    if group.of is not None and group.of < rules.smallest_group:
        return None
    is_beyond = group.of is not None and group.at_least > group.of
    number = group.at_least if group.of is None or is_beyond else min(group.at_least, in_steps(group.of - rules.mask))
    if number < smallest:
        return Told(0, fewer=smallest, percent=_percent(0, group.of, rules), is_beyond=is_beyond)
    return Told(number, percent=None if is_beyond else _percent(number, group.of, rules), is_beyond=is_beyond)


def _percent(number: int, of: int | None, rules: ProtectionRules) -> int | None:
    return None if of is None or of < rules.percent_base else 100 * number // of


def told_of_line(
    groups: Mapping[Key, Reached], rules: ProtectionRules, *, whole: int | None = None
) -> dict[Key, Told | None]:
    """What may be said of each group of one line, so that none can be worked out by taking the others away.

    `whole` is how many people the line holds together, where that is known: who is in none of its groups is not shown.
    """
    sizes = _sizes(groups)
    return _told(groups, _shown(sizes, frozenset(sizes), whole, rules), rules)


def told_of_table(
    groups: Mapping[Cell, Reached], rules: ProtectionRules, *, rows: Mapping[int, int], columns: Mapping[int, int]
) -> dict[Cell, Told | None]:
    """The same of groups that are crossed: in every row, in every column, and in all of them together.

    A group is named by its row and its column; `rows` and `columns` are the sizes of those that are known.
    """
    sizes = _sizes(groups)
    allowed = frozenset(sizes)
    while True:
        shown = allowed
        for line, whole in _lines(sizes, rows, columns):
            held = {key: sizes[key] for key in line}
            kept = _shown(held, shown & line, whole, rules)
            shown -= line - kept
        if shown == allowed:
            return _told(groups, shown, rules)
        allowed = shown


def _sizes(groups: Mapping[Key, Reached]) -> dict[Key, int]:
    return {key: group.of for key, group in groups.items() if group.of is not None}


def _lines(
    sizes: Mapping[Cell, int], rows: Mapping[int, int], columns: Mapping[int, int]
) -> Iterator[tuple[frozenset[Cell], int | None]]:
    yield frozenset(sizes), None
    for row in {row for row, _ in sizes}:
        yield frozenset(cell for cell in sizes if cell[0] == row), rows.get(row)
    for column in {column for _, column in sizes}:
        yield frozenset(cell for cell in sizes if cell[1] == column), columns.get(column)


def _shown(sizes: Mapping[Key, int], may_show: frozenset[Key], whole: int | None, rules: ProtectionRules) -> set[Key]:
    """The groups the remainder rule lets stand, where the rest of the whole is one that is never shown."""
    rest = max(0, (whole or 0) - sum(sizes.values()))
    held: dict[Key | None, int] = {None: rest}
    held.update(sizes.items())
    return {key for key in line_rule(held, rules, may_show=may_show) if key is not None}


def _told(
    groups: Mapping[Key, Reached], shown: frozenset[Key] | set[Key], rules: ProtectionRules
) -> dict[Key, Told | None]:
    return {key: told_of(group, rules) if group.of is None or key in shown else None for key, group in groups.items()}
