"""Tallies: how many gave an answer, and the sum of their record keys, from which the noise comes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Tally(NamedTuple):
    """The respondents of one cell (`n`), and the sum of their 32-bit record keys (`keysum`)."""

    n: int
    keysum: int

    def add(self, record_key: int) -> Tally:
        """With one more respondent."""
        return Tally(self.n + 1, self.keysum + record_key)

    def withdraw(self, record_key: int) -> Tally:
        """With one respondent fewer; after `add` of the same key it is as it was before, bit for bit (P11)."""
        return Tally(self.n - 1, self.keysum - record_key)

    def merge(self, other: Tally) -> Tally:
        """Two populations that have nobody in common, taken together (P12)."""
        return Tally(self.n + other.n, self.keysum + other.keysum)


EMPTY = Tally(0, 0)


def tally(record_keys: Iterable[int]) -> Tally:
    """The tally of these respondents; their order makes no difference (P5)."""
    keys = list(record_keys)
    return Tally(len(keys), sum(keys))
