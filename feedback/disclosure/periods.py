"""Quarters and runs of quarters."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_QUARTER = re.compile(r"(\d{4})Q([1-4])\Z")


class BadQuarter(ValueError):
    """Raised for a quarter that is not written like 2026Q3."""


class Quarter(NamedTuple):
    """Three months of a calendar year, in which answers were received."""

    year: int
    number: int

    @classmethod
    def parse(cls, written: str) -> Quarter:
        """The quarter written like 2026Q3; BadQuarter for anything else."""
        return _parsed(written)

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + 1, 1) if self.ends_year else Quarter(self.year, self.number + 1)

    def previous(self) -> Quarter:
        """The quarter before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def ends_year(self) -> bool:
        """Whether it is the last of its year, when every breakdown closes."""
        return self.number == 4


class _Ends(NamedTuple):
    first: Quarter
    last: Quarter


class Period(_Ends):
    """A run of quarters, both ends included."""

    __slots__ = ()

    def __new__(cls, first: Quarter, last: Quarter) -> Period:
        """Raises BadQuarter if it would end before it begins."""
        if last < first:
            raise BadQuarter(f"{first} is after {last}.")
        return super().__new__(cls, first, last)

    @classmethod
    def parse(cls, written: str) -> Period:
        """The period written like 2026Q3 or 2026Q1..2026Q3; BadQuarter for anything else."""
        first, dots, last = written.partition("..")
        return cls(Quarter.parse(first), Quarter.parse(last if dots else first))

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    def quarters(self) -> tuple[Quarter, ...]:
        """Its quarters in order."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(found[-1].next())
        return tuple(found)

    def holds(self, other: Period) -> bool:
        """Whether the other period lies within it."""
        return self.first <= other.first and other.last <= self.last


# A page or a closing reads the same few quarters thousands of times.
@lru_cache(maxsize=512)
def _parsed(written: str) -> Quarter:
    found = _QUARTER.match(written)
    if found is None:
        raise BadQuarter(f"{written!r} is not a quarter. Write it like 2026Q3.")
    return Quarter(int(found[1]), int(found[2]))
