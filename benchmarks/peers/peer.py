"""A peer on this machine: its own interpreter, settings and database, and the same web server as Earshot."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from benchmarks.server import ROOT, Server

# Where the interpreter is whose packages are those of benchmarks/peers/requirements.txt.
OTHER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"


@dataclass(frozen=True)
class Peer:
    """One of the peers, by the name of its package here."""

    package: str
    name: str
    python: Path

    def lacks(self) -> str:
        """What is missing to run it, in words; nothing if it can."""
        return "" if self.python.exists() else f"{self.name} is not installed: make peers"

    def _environment(self, folder: Path, address: str) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": f"benchmarks.peers.{self.package}.settings",
            "DATABASE_URL": address,
            "BENCHMARK_FOLDER": str(folder),
            "PYTHONPATH": str(ROOT),
        }

    def set_up(self, folder: Path, address: str) -> dict:
        """Makes its tables and the survey; gives what a browser must know of it."""
        done = subprocess.run(
            [self.python, "-W", "ignore", "-m", f"benchmarks.peers.{self.package}.setting_up"], cwd=ROOT, check=True,
            env={**os.environ, **self._environment(folder, address)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return json.loads(done.stdout.splitlines()[-1])

    def serve(self, folder: Path, address: str) -> Server:
        """Starts it as Earshot is started."""
        return Server(
            application=f"benchmarks.peers.{self.package}.wsgi", python=self.python, ready="/",
            **self._environment(folder, address),
        )  # fmt: skip


PEERS = (
    Peer("wagtail_forms", "wagtail.contrib.forms", Path(sys.executable)),
    Peer("django_survey", "django-survey-and-report", OTHER_PYTHON),
)


class OwnDatabase:
    """A database beside that of the flow, for one peer."""

    def __init__(self, beside: str, name: str, folder: Path) -> None:
        parts = urlsplit(beside)
        self.is_postgres = parts.scheme.startswith("postgres")
        self.beside, self.name = beside, f"{parts.path.lstrip('/')}_{name}"
        self.file = folder / f"{name}.sqlite3"
        self.address = parts._replace(path=f"/{self.name}").geturl() if self.is_postgres else f"sqlite:///{self.file}"
        if self.is_postgres:
            self._do("CREATE DATABASE {}")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.beside, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.name)))

    def number(self, query: str) -> int:
        """The one number a query gives."""
        if self.is_postgres:
            with psycopg.connect(self.address) as connection:
                return connection.execute(query).fetchone()[0]
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(query).fetchone()[0]

    def close(self) -> None:
        """Takes it away."""
        if self.is_postgres:
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        else:
            for leftover in self.file.parent.glob(f"{self.file.name}*"):
                leftover.unlink()
