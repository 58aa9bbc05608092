"""Which program is at work where no person is, so that the log can say so. Nothing of Django in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

# What must run again and again, so that somebody is told where it does not.
MUST_RUN = frozenset({"screen_waiting", "retention_sweep", "follow_plans", "send_reminders", "backup", "list_erasures"})
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


def ended_well(arguments: Sequence[str]) -> None:
    """Notes that a program that must run again and again ended well; a list that was only printed is kept nowhere."""
    if not arguments or arguments[0] not in MUST_RUN or (arguments[0] == "list_erasures" and "--to" not in arguments):
        return
    from feedback.privacy.runs import note_run

    note_run(arguments[0])


def request_begins(**kwargs) -> None:
    """Whatever is done from now on, somebody asked for: also where a command serves the site."""
    _is_answering.set(True)


def request_ends(**kwargs) -> None:
    """The program may speak for itself again."""
    _is_answering.set(False)
