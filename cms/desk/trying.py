"""Doing what a button asks for, and saying how it went."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def attempt(request: HttpRequest, done: str | Callable[[], str], do: Callable[[], object]) -> bool:
    """Does what was asked, and says that it was done, or why not; `done` is a function where it depends on the rest."""
    try:
        do()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return False
    messages.success(request, done() if callable(done) else done)
    return True
