"""Databases that live for one case: migrated once, copied for each, and dropped."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from benchmarks.commands import manage
from benchmarks.flow import Engine


class NoDatabase(Exception):
    """Raised when the PostgreSQL that was named cannot be used; holds no address, which may hold a password."""


class Sqlite:
    """Files in a temporary folder."""

    engine = Engine.SQLITE
    version = sqlite3.sqlite_version

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.migrated = folder / "migrated.sqlite3"
        manage("migrate", "-v0", folder=folder, database=f"sqlite:///{self.migrated}")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a database that nobody else has."""
        file = self.folder / "case.sqlite3"
        with closing(sqlite3.connect(self.migrated)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
        try:
            yield f"sqlite:///{file}"
        finally:
            for leftover in self.folder.glob(f"{file.name}*"):
                leftover.unlink()

    def close(self) -> None:
        """Leaves nothing behind."""
        self.migrated.unlink()


class Postgres:
    """Databases beside the one whose address is given; that one is never touched."""

    engine = Engine.POSTGRESQL

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        try:
            self.connection = psycopg.connect(address, autocommit=True)
        except psycopg.OperationalError as problem:
            raise NoDatabase("the PostgreSQL whose address was given cannot be reached.") from problem
        self.version = self.connection.execute("SHOW server_version").fetchone()[0].split()[0]
        self.migrated, self.case = (f"earshot_benchmark_{os.getpid()}_{name}" for name in ("migrated", "case"))
        self._do("CREATE DATABASE {}", self.migrated)
        try:
            manage("migrate", "-v0", folder=folder, database=self._address_of(self.migrated))
        except BaseException:
            self.close()
            raise

    def _do(self, statement: str, *names: str) -> None:
        self.connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _address_of(self, name: str) -> str:
        return urlsplit(self.address)._replace(path=f"/{name}").geturl()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a database that nobody else has."""
        self._do("CREATE DATABASE {} TEMPLATE {}", self.case, self.migrated)
        try:
            yield self._address_of(self.case)
        finally:
            self._do("DROP DATABASE {} WITH (FORCE)", self.case)

    def close(self) -> None:
        """Leaves nothing behind."""
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.migrated)
        self.connection.close()


Databases = Sqlite | Postgres


def postgres_address() -> str:
    """The PostgreSQL that may be used; empty if none is given."""
    if given := os.environ.get("BENCH_POSTGRES_URL"):
        return given
    usual = os.environ.get("DATABASE_URL", "")
    return usual if usual.startswith(("postgres://", "postgresql://")) else ""
