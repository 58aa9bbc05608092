"""Writes the copy for a laptop: a new SQLite file into which nothing personal is ever written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import Field, Model, QuerySet

from feedback.privacy.scrubbing import ROWS, Scrub, scrub_of, scrubbed, tables, undecided
from surveys.frame.tables import with_progress

CHUNK = 500


class CannotCopy(Exception):
    """Raised when no copy can be made; the message says why and what to do."""


def write_copy(target: Path) -> int:
    """Makes the file, whole or not at all, and says how many rows are in it."""
    if target.exists():
        raise CannotCopy(f"{target} is there already. Name another file, or remove it first.")
    if not target.parent.is_dir():
        raise CannotCopy(f"{target.parent} is no folder. Make it first.")
    if problems := list(undecided()):
        raise CannotCopy(" ".join(problems))
    making = target.with_name(f".{target.name}.{os.getpid()}.making")
    try:
        making.touch(mode=0o600)
        _manage(making, "migrate", "--verbosity=0")
        with _opened(making) as copy:
            rows = _fill(copy)
        _manage(making, "update_index", "--verbosity=0")
        # What migrations and the index left in the log beside the file is put into it.
        with _opened(making) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
        making.rename(target)
    finally:
        for leftover in target.parent.glob(f"{making.name}*"):
            leftover.unlink()
    return rows


def _manage(file: Path, *arguments: str) -> None:
    """Runs a command of ours on the copy, in a process that knows of no other database."""
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{file}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotCopy(f"The copy could not be made ({arguments[0]}): {done.stderr.strip()[-500:]}")


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The copy, beside the connection to the installation's own database."""
    with closing(sqlite3.connect(file)) as copy, copy:
        yield copy


def _fill(copy: sqlite3.Connection) -> int:
    copied = [(model, scrub) for model in tables() if (scrub := scrub_of(model)) not in (None, ROWS)]
    for model in tables():
        # Rows that migrations made; those of the installation come in their place.
        copy.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 - names of our tables
    # One look at the installation, so that what is copied belongs together.
    with transaction.atomic():
        rows = sum(_copy_table(copy, model, scrub) for model, scrub in with_progress(copied, "Copying"))
    copy.commit()
    if broken := copy.execute("PRAGMA foreign_key_check").fetchall():
        raise CannotCopy(f"Rows of {broken[0][0]} name others that are not copied. Tell the makers of the software.")
    copy.execute("VACUUM")
    return rows


def _copy_table(copy: sqlite3.Connection, model: type[Model], scrub: Scrub) -> int:
    fields = model._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join("?" * len(fields))
    insert = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608
    rows = QuerySet(model).order_by("pk").values_list("pk", *(field.attname for field in fields))
    copied = 0
    for pk, *values in rows.iterator(chunk_size=CHUNK):
        copy.execute(insert, [_for_copy(*one, pk, scrub) for one in zip(fields, values, strict=True)])
        copied += 1
    return copied


def _for_copy(field: Field, value: object, pk: object, scrub: Scrub) -> object:
    if field.is_relation and scrub_of(field.related_model) == ROWS:
        # What it named is not in the copy.
        value = None
    return field.get_db_prep_save(scrubbed(field, value, pk, scrub=scrub), connection=_as_sqlite())


@cache
def _as_sqlite() -> DatabaseWrapper:
    """How Django writes values for SQLite; it is never connected to anything."""
    return DatabaseWrapper({**connection.settings_dict, "NAME": ":memory:", "OPTIONS": {}})
