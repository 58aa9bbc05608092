"""Slow and obvious ways to find out what a reader can work out, to check the quick ones against."""

from fractions import Fraction
from itertools import chain, combinations

from feedback.disclosure.blocks import Group
from feedback.disclosure.rules import Table


def subsets(of):
    of = list(of)
    return chain.from_iterable(combinations(of, size) for size in range(1, len(of) + 1))


def small_sets(cells, shown, smallest):
    """Every set of withheld cells that holds somebody, but fewer than the smallest group."""
    withheld = [cell for cell in cells if cell not in shown]
    return {frozenset(s) for s in subsets(withheld) if 0 < sum(cells[cell] for cell in s) < smallest}


def sums_published(cells, shown, rows, columns):
    """The sets of cells whose sum is published: all, rows and columns with a margin, and the cells shown."""
    lines = [[cell for cell in cells if cell[0] == row] for row in rows]
    lines += [[cell for cell in cells if cell[1] == column] for column in columns]
    return [frozenset(s) for s in (cells, *lines, *([cell] for cell in shown))]


def follow_from_equations(sets, published, unknowns):
    """Those of the sets whose sum is a combination of published sums: exact elimination, nothing about the numbers."""
    basis = []
    for row in ([Fraction(x in of) for x in unknowns] for of in published):
        _reduce(row, basis)
        if any(row):
            pivot = next(place for place, value in enumerate(row) if value)
            basis.append((pivot, [value / row[pivot] for value in row]))
    found = []
    for of in sets:
        row = [Fraction(x in of) for x in unknowns]
        _reduce(row, basis)
        if not any(row):
            found.append(of)
    return found


def _reduce(row, basis):
    for pivot, known in basis:
        if row[pivot]:
            factor = row[pivot]
            row[:] = [a - factor * b for a, b in zip(row, known, strict=True)]


def tables_that_could_be(cells, published):
    """Every table of whole numbers, none below nought, with the same published sums; cells filled in one by one."""
    names = list(cells)
    left = [sum(cells[cell] for cell in of) for of in published]
    lines_of = {cell: [n for n, of in enumerate(published) if cell in of] for cell in names}
    last_of = [max(names.index(cell) for cell in of) for of in published]
    filled = {}

    def fill(place):
        if place == len(names):
            yield dict(filled)
            return
        lines = lines_of[names[place]]
        ends = [left[n] for n in lines if last_of[n] == place]
        most = min(left[n] for n in lines)
        for value in range(most + 1) if not ends else ([ends[0]] if ends[0] <= most and len(set(ends)) == 1 else []):
            filled[names[place]] = value
            for n in lines:
                left[n] -= value
            yield from fill(place + 1)
            for n in lines:
                left[n] += value

    yield from fill(0)


def always_the_same(sets, cells, tables):
    """Those of the sets that hold as many people in every table that could be."""
    for table in tables:
        sets = {of for of in sets if sum(table[cell] for cell in of) == sum(cells[cell] for cell in of)}
        if not sets:
            break
    return sets


def margins_shown(windows, period):
    """The stages and the audiences that every window within a period shows."""
    found = []
    for table, axis in ((Table.STAGE, "stage"), (Table.AUDIENCE, "audience")):
        inside = [w for w in windows if w.table is table and period.holds(w.period)]
        names = {getattr(d.group, axis) for w in inside for d in w.decisions}
        found.append({name for name in names if all(Group(**{axis: name}) in w.shown() for w in inside)})
    return found
