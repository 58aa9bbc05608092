"""Looks for small groups of a two-way table that follow from everything published of it, over several lines (P4).

A reader knows the total, some margins and the cells that are shown, all of them exactly. So a known sum of withheld
cells is left of each row and column, and sets of withheld cells follow by adding rows and taking columns away. What is
left is a set of cells, each once, only if every withheld cell of those columns lies in one of the rows; and fewest are
left if no other rows are added. So for each choice of columns there is one sum to look at. This finds what solving the
equations finds, and what trying every table finds (`tests/unit/disclosure/test_derivable.py`), for sets of any size and
at once. That no cell holds fewer than nobody tells a reader of more empty cells, but of no more people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

Column = TypeVar("Column")
Row = Sequence[int | None]  # of the withheld cells, by column; None where nothing is withheld
Pattern = tuple[int, list[int]]  # where something is withheld, a bit for each column; and how many are there


def worked_out(lines: Iterable[Mapping[Column, int]], *, smallest_group: int) -> int:
    """How many people are in a small set of withheld cells that follows from what is published; 0 if there is none.

    `lines` are the people in the withheld cells of each row, by column; a reader cannot tell that one of them is 0, but
    takes for granted that nobody is in a cell that is not there. Rows whose margins are not published are one line,
    because only the total says what they hold together; and such columns are one column.
    """
    rows = _table(lines)
    patterns = _patterns(rows)
    choices = range(1, 2 ** len(rows[0])) if rows else ()
    sums = chain(
        (sum(filter(None, row)) for row in rows),
        (_left(patterns, chosen, enough=smallest_group) for chosen in choices),
    )
    return next((people for people in sums if 0 < people < smallest_group), 0)


def _table(lines: Iterable[Mapping[Column, int]]) -> list[Row]:
    """The lines as rows, or as columns if there are fewer of them: the same sets follow, and of fewer choices."""
    lines = list(lines)
    columns = dict.fromkeys(column for line in lines for column in line)
    rows: list[Row] = [[line.get(column) for column in columns] for line in lines]
    return rows if len(columns) <= len(rows) else list(zip(*rows, strict=True))


def _bits(row: Row) -> int:
    return sum(1 << place for place, n in enumerate(row) if n is not None)


def _patterns(rows: Iterable[Row]) -> list[Pattern]:
    """The rows that withhold cells of the same columns added up, because they are always taken together."""
    found: dict[int, list[int]] = {}
    for row in rows:
        sums = found.setdefault(_bits(row), [0] * len(row))
        for place, n in enumerate(row):
            sums[place] += n or 0
    return sorted(found.items(), key=lambda pattern: -sum(pattern[1]))  # large ones settle most choices


def _left(patterns: Iterable[Pattern], chosen: int, *, enough: int) -> int:
    """How many people the chosen columns leave of the rows they are in; counted until there are enough."""
    left = 0
    for bits, sums in patterns:
        if bits & chosen:
            left += sum(n for place, n in enumerate(sums) if not chosen >> place & 1)
            if left >= enough:
                break
    return left
