"""What every flow of the catalogue has: a setup, a run under the clock, and a proof that the work was done."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

Figures = dict[str, float]


class Size(StrEnum):
    """How much work a flow is given; tiny is for the tests of the catalogue itself."""

    TINY = "tiny"
    SMALL = "small"
    LARGE = "large"


class Engine(StrEnum):
    """The two kinds of database that Earshot runs on."""

    SQLITE = "SQLite"
    POSTGRESQL = "PostgreSQL"


class NotDone(Exception):
    """Raised when a flow was timed but its work was not done, or not done right."""


def check(claim: bool, otherwise: str) -> None:
    """Raises NotDone with a sentence unless the claim holds."""
    if not claim:
        raise NotDone(otherwise)


class Flow(ABC):
    """One thing that people wait for. An instance is used once, on a fresh and migrated database of its own."""

    sizes: ClassVar[Mapping[Size, int]]
    engines: ClassVar[tuple[Engine, ...]] = tuple(Engine)

    def lacks(self) -> str:
        """What this machine lacks to run it, in words; nothing, for most flows."""
        return ""

    @abstractmethod
    def setup(self, n: int, folder: Path) -> None:
        """Prepares so much work; files go into the folder."""

    @abstractmethod
    def run(self) -> Figures:
        """Does the work, and gives what was counted on the way."""

    @abstractmethod
    def verify(self) -> None:
        """Raises NotDone unless the work was really done."""

    @abstractmethod
    def work(self, n: int) -> str:
        """How much work this is, in words."""

    @abstractmethod
    def result(self, figures: Mapping[str, float]) -> str:
        """The figures that matter, in words."""

    def close(self) -> None:  # noqa: B027 - most flows have nothing to stop
        """Stops what setup started."""
