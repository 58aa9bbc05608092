"""The whole database as one file and back, and what proves that nothing of it is missing: a count and a sum per table.

SQLite is copied page by page while it is used; PostgreSQL's own programs write and read it, in one snapshot.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection, transaction

from surveys.frame.tables import with_progress

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
# Order does not matter, and it is added up where the rows are: no memory is needed however many there are.
SUM = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} t"
AS_WRITTEN = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL extra_float_digits = 1"
# Virtual tables are views of tables that are looked at themselves.
SQLITE_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)
Sums = dict[str, list]


class CannotDump(Exception):
    """Raised when the database cannot be written or read as a whole; the message says why and what to do."""


def dump(target: Path) -> Sums:
    """Writes the database into a new file, and gives back how many rows each table has, with their sum."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return sqlite_sums(target)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        # This site has no large objects. Any role may make one, and none may be in the way of a backup.
        _run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-blobs",
            f"--snapshot={snapshot}", f"--file={target}",
        )  # fmt: skip
        return _postgres_sums(cursor)


def sqlite_sums(file: Path) -> Sums:
    """How many rows each table of a file has, with a sum of what stands in them."""
    with closing(sqlite3.connect(file)) as copy:
        copy.text_factory = bytes
        tables = [name.decode() for (name,) in copy.execute(SQLITE_TABLES).fetchall()]
        return {table: _sum_of(copy, table) for table in with_progress(tables, "Adding up")}


def _sum_of(copy: sqlite3.Connection, table: str) -> list:
    total, rows = 0, 0
    for row in copy.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a table of ours
        total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=8).digest(), "big")
        rows += 1
    return [rows, str(total)]


def _postgres_sums(cursor) -> Sums:
    cursor.execute(AS_WRITTEN)
    cursor.execute(TABLES)
    found = {}
    for (table,) in with_progress(cursor.fetchall(), "Adding up"):
        cursor.execute(SUM.format(f'"{table}"'))
        found[table] = list(cursor.fetchone())
    return found


def postgres_sums(name: str) -> Sums:
    """The same of another database of the same server."""
    settings = connection.settings_dict
    with psycopg.connect(
        dbname=name,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        user=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
    ) as other:
        return _postgres_sums(other.cursor())


def load(dumped: Path, name: str) -> None:
    """Reads a dump into an empty database of the same kind: the file or database of this name, whole or not."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(dumped)) as copy, closing(sqlite3.connect(name)) as new:
            copy.backup(new)
            if new.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise CannotDump("SQLite says that the copy is damaged. Take the backup before it.")
            if new.execute("PRAGMA foreign_key_check").fetchone():
                raise CannotDump("Rows of the copy name others that are not there. Take the backup before it.")
        return
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", f"--dbname={name}", str(dumped))


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """A database that is there only as long as this: a file in the folder, or one beside ours on the same server."""
    mark = os.urandom(4).hex()
    if connection.vendor == "sqlite":
        yield str(folder / f"check-{mark}.sqlite3")
        return
    ours = connection.settings_dict["NAME"]
    name = f"{ours[:40]}_check_{mark}"
    _run("createdb", f"--maintenance-db={ours}", "--template=template0", name)
    try:
        yield name
    finally:
        _run("dropdb", f"--maintenance-db={ours}", "--force", name)


def sums_of(name: str) -> Sums:
    """How many rows each table of the file or database of this name has, with a sum of what stands in them."""
    return sqlite_sums(Path(name)) if connection.vendor == "sqlite" else postgres_sums(name)


def differences(before: Mapping[str, list], after: Mapping[str, list]) -> list[str]:
    """A sentence for each table that is not the same row for row; none if all are."""
    return [
        f"{table}: {_rows(before.get(table))} in the backup, {_rows(after.get(table))} restored."
        for table in sorted({*before, *after})
        if list(before.get(table, ())) != list(after.get(table, ()))
    ]


def _rows(found: list | None) -> str:
    return "not there" if found is None else f"{found[0]} rows with sum {found[1]}"


def address_of(name: str) -> dict[str, str]:
    """What a command of ours needs in its environment to work on that database instead of ours."""
    return {"DATABASE_URL": f"sqlite:///{name}" if connection.vendor == "sqlite" else f"postgres:///{name}", **_who()}


def _who() -> dict[str, str]:
    """How PostgreSQL's programs reach our server; never on a command line, which everybody on the machine can read."""
    settings = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {variable: str(settings[key]) for variable, key in named.items() if settings.get(key)}


def _run(program: str, *arguments: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - programs of the database
            [program, *arguments], env={**os.environ, **_who()}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as problem:
        raise CannotDump(f"{program} is not installed here. On Debian: apt install postgresql-client.") from problem
    if done.returncode:
        # Its first line says what it could not do; those after it may hold what stands in a row.
        said = (done.stderr.strip().splitlines() or ["no reason"])[0][:300]
        raise CannotDump(f"{program} could not do it: {said}")
