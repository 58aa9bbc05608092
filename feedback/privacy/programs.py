"""Which program is at work where no person is, so that the log can say so. Nothing of Django in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_at_work: ContextVar[str] = ContextVar("program_at_work", default="")
_is_answering: ContextVar[bool] = ContextVar("is_answering", default=False)


@contextmanager
def at_work(program: str) -> Iterator[None]:
    """Until it ends, what this thread does without a person was done by this program."""
    token = _at_work.set(program)
    try:
        yield
    finally:
        _at_work.reset(token)


def program_at_work() -> str:
    """The program at work; none while a request is answered, because there somebody asks for something."""
    return "" if _is_answering.get() else _at_work.get()


def request_begins(**kwargs) -> None:
    """Whatever is done from now on, somebody asked for: also where a command serves the site."""
    _is_answering.set(True)


def request_ends(**kwargs) -> None:
    """The program may speak for itself again."""
    _is_answering.set(False)
