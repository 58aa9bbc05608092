"""Questions that the same people were asked are decided on once: numbers of people decide, and never answers (P15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Decided(Generic[Found]):
    """What was decided for one question, handed on to every other of which exactly the same is known."""

    def __init__(self, decide: Callable[..., Found]) -> None:
        self._decide = decide
        self._before: list[tuple[tuple[object, ...], Found]] = []

    def on(self, *given: object) -> Found:
        """What is decided on this; it is shared by all who ask, so nobody may change it."""
        for before, found in self._before:
            if before == given:
                return found
        found = self._decide(*given)
        self._before.append((given, found))
        return found
