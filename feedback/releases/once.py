"""What several parts of one page need is read once: while that page is made, and not a moment longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

Reader = TypeVar("Reader", bound=Callable[..., Any])
_read: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("read", default=None)


TOGETHER = ("together",)


@contextmanager
def one_reading() -> Iterator[None]:
    """While this lasts, each `read_once` function asks the database once; only around what changes nothing."""
    if _read.get() is not None:  # a part of a page that has begun
        yield
        return
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def tell_together(areas: Iterable[int | None]) -> None:
    """Says of which areas (None is all of them) this page tells several releases: their windows are read in one go."""
    known = _read.get()
    if known is not None:
        known.setdefault(TOGETHER, frozenset(areas))


def is_one_reading() -> bool:
    """Whether a page is being made for which everything is read once."""
    return _read.get() is not None


def read_together() -> frozenset[int | None]:
    """The areas whose windows are read in one go for this page."""
    return (_read.get() or {}).get(TOGETHER, frozenset())


def read_once(read: Reader) -> Reader:
    """A function whose answer is handed on within `one_reading`; outside of it, it reads each time it is called.

    What it gives is shared by all who ask, so nobody may change it.
    """

    @wraps(read)
    def reader(*about: Any) -> Any:
        known = _read.get()
        if known is None:
            return read(*about)
        key = (read, *about)
        if key not in known:
            known[key] = read(*about)
        return known[key]

    return cast(Reader, reader)
