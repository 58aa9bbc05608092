"""Which program is at work where no person is, so that the log can say so. Nothing of Django in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_at_work: ContextVar[str] = ContextVar("program_at_work", default="")


@contextmanager
def at_work(program: str) -> Iterator[None]:
    """Until it ends, what this thread does without a person was done by this program; a web request has none."""
    token = _at_work.set(program)
    try:
        yield
    finally:
        _at_work.reset(token)


def program_at_work() -> str:
    """The program at work; nothing where only a person can be."""
    return _at_work.get()
