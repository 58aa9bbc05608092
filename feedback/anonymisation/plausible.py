"""Whether as many answers in a day are plausible as came by the ways that anybody may take. Numbers, and no person.

What is not plausible is only told to a person, who knows whether a school answered together that day. So the numbers
may be low: two classes at once are told of where a day usually brings a few, and nothing happens to their answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# A class of thirty, with some who answer at home, is never told of.
A_CLASS = 40
# With nothing to compare with: three classes in one day.
WITHOUT_A_MEASURE = 100
# Of all who could be asked, more than every second in one day.
SHARE_OF_ALL = 2
# More than so many times the busiest day before, once there were so many days.
TIMES_THE_BUSIEST = 5
DAYS_TO_COMPARE = 3
# A quarter of a year, in which one person answers once; and from how many a day on that is looked at.
DAYS_TOGETHER = 91
FEW = 10


class Why(StrEnum):
    """Why so many are not plausible."""

    ONE_DAY = "one_day"
    """More than in any day before, or than every second of those who could be asked."""
    TOGETHER = "together"
    """With the days before, more answers than there are people who could be asked."""


@dataclass(frozen=True)
class Day:
    """What is known of one day of a wave.

    `earlier` are the days before on which anybody answered, and `together` is all of a quarter of a year with this day;
    in both is nothing that was put aside. `could_be_asked` is what the frame counts, if it does.
    """

    answered: int
    earlier: Sequence[int] = ()
    together: int = 0
    could_be_asked: int | None = None


def most_plausible(earlier: Sequence[int], could_be_asked: int | None) -> int:
    """As many as a day may bring before anybody is told."""
    limits = [could_be_asked // SHARE_OF_ALL] if could_be_asked else []
    if len(earlier) >= DAYS_TO_COMPARE:
        limits.append(TIMES_THE_BUSIEST * max(earlier))
    return max(A_CLASS, min(limits, default=WITHOUT_A_MEASURE))


def why_implausible(day: Day) -> Why | None:
    """Why a person should look at a day; nothing where it needs nobody."""
    if day.answered > most_plausible(day.earlier, day.could_be_asked):
        return Why.ONE_DAY
    if day.could_be_asked and day.answered >= FEW and day.together > max(A_CLASS, day.could_be_asked):
        return Why.TOGETHER
    return None


def in_tens(answered: int) -> int:
    """What is told of a number of answers: at least so many."""
    return answered - answered % FEW
