"""Which longer periods are added up from published blocks (A2 rule 7): a year, four quarters, all since the start.

Nothing is counted again: a longer period is arithmetic that any reader could do. So it is made only of windows in which
this very group is shown, one after another without a gap, and a base is the sum of bases that are printed already. What
a group withheld in one window would leave over can therefore be worked out neither with it nor without it (rule 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from feedback.disclosure.periods import Period, Quarter

QUARTERS_OF_A_YEAR = 4


def longer_periods(shown: Sequence[Period], *, start: Quarter, quarter: Quarter) -> list[Period]:
    """The periods that a release of a quarter adds up for one group, none twice and none of one window only.

    `shown` are the windows in which the group is shown; what ends later is left out. `start` is where the first window
    of its table began, whether it was shown there or not. The year comes at its end, from wherever in it the group is
    shown on; the last four quarters and all since the start only where they are whole.
    """
    found: dict[Period, None] = {}
    until = sorted(window for window in shown if window.last <= quarter)
    for windows in _candidates(until, start, quarter):
        if len(windows) > 1 and _follow_each_other(windows):
            found[Period(windows[0].first, windows[-1].last)] = None
    return list(found)


def windows_within(shown: Sequence[Period], period: Period) -> list[Period]:
    """The windows a longer period is the sum of."""
    return [window for window in sorted(shown) if period.holds(window)]


def _candidates(shown: Sequence[Period], start: Quarter, quarter: Quarter) -> Iterator[list[Period]]:
    if quarter.ends_year:
        yield [window for window in shown if window.last.year == quarter.year]
    if not shown or shown[-1].last != quarter:
        return
    first = _four_quarters_to(quarter)
    yield from (windows for windows in [[w for w in shown if w.first >= first]] if _begins(windows, first))
    if _begins(shown, start):
        yield list(shown)


def _begins(windows: Sequence[Period], first: Quarter) -> bool:
    return bool(windows) and windows[0].first == first


def _four_quarters_to(last: Quarter) -> Quarter:
    first = last
    for _ in range(QUARTERS_OF_A_YEAR - 1):
        first = first.previous()
    return first


def _follow_each_other(windows: Sequence[Period]) -> bool:
    return all(before.last.next() == after.first for before, after in pairwise(windows))
