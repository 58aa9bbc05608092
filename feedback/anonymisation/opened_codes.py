"""How many codes were opened, handed on without anything that says whose."""

from __future__ import annotations

from datetime import date

from feedback.safeguarding.codes import opened_between


def codes_opened(first: date, last: date) -> dict[int, int]:
    """How many codes were opened from a day to a day, by area; areas without any are left out."""
    return opened_between(first, last)
