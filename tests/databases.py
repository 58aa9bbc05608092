"""Databases of tests: one is migrated for a whole run and kept, and whoever needs a migrated one gets a copy.

What a copy is must not depend on who migrated: `tests/guards/test_migrations.py` sees to it that no migration reads
settings. Whoever serves a copy with other settings migrates it once more, in which nothing is left to do but to look.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import errors, sql

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var"
Make = Callable[[str], None]


def fingerprint() -> str:
    """Changes when any migration, locked version or installed app does."""
    files = [*sorted(ROOT.glob("*/*/migrations/*.py")), ROOT / "requirements.txt"]
    # Also the key of the tests: a database knows which keys its words are sealed under.
    files += [ROOT / "feedback" / "config" / "settings" / name for name in ("base.py", "test.py")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def migrate(address: str) -> None:
    """Migrates an empty database with the settings of the tests."""
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "feedback.config.settings.test", "DATABASE_URL": address,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"migrate failed: {done.stderr[-2000:]}"


class Files:
    """Databases of SQLite in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, name: str) -> Path:
        """Where a database of this name is."""
        return self.folder / f"{name}.sqlite3"

    def create(self, name: str) -> str:
        """The address of an empty one."""
        return f"sqlite:///{self.file(name)}"

    def copy(self, kept: str, make: Make, name: str) -> str:
        """The address of a copy of what is kept under a name, and made by the first who asks."""
        fill(self.file(name), once(kept, make))
        return self.create(name)

    def drop(self, name: str) -> None:
        """Nothing of it is left."""
        for file in self.folder.glob(f"{self.file(name).name}*"):
            file.unlink()


def once(kept: str, make: Make) -> Path:
    """The file that is kept under a name. The second who asks waits; whoever is killed lets go, and leaves no half."""
    KEPT.mkdir(exist_ok=True)
    whole = KEPT / f"{kept}.sqlite3"
    if whole.exists():
        return whole
    with (KEPT / f"{kept}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            for half in KEPT.glob(f"{kept}.making-*"):
                half.unlink()
            making = KEPT / f"{kept}.making-{os.getpid()}"
            make(f"sqlite:///{making}")
            with closing(sqlite3.connect(making)) as made:  # all of it is in the file, and nothing beside it
                made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            making.replace(whole)
    return whole


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Lets one process at a time do something to what all share; whoever is killed lets go."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fill(file: Path, whole: Path) -> None:
    """Puts everything of another file of SQLite into this one."""
    # rw: one that is not there is not made here.
    whole_of = sqlite3.connect(f"{whole.as_uri()}?mode=rw", uri=True)
    with closing(whole_of) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)


class Server:
    """Databases of a PostgreSQL, beside the one whose address is given."""

    def __init__(self, address: str) -> None:
        self.parts = urlsplit(address)

    def address(self, name: str) -> str:
        """Where a database of this name is."""
        return self.parts._replace(path=f"/{name}").geturl()

    @contextmanager
    def _doing(self) -> Iterator[Callable]:
        with psycopg.connect(self.parts.geturl(), autocommit=True) as connection:
            yield lambda said, *names: connection.execute(sql.SQL(said).format(*map(sql.Identifier, names)))

    def create(self, name: str) -> str:
        """The address of an empty one."""
        with self._doing() as do:
            do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            do("CREATE DATABASE {}", name)
        return self.address(name)

    def copy(self, kept: str, make: Make, name: str) -> str:
        """The address of a copy of what is kept under a name, and made by the first who asks."""
        with self._doing() as do:
            # One after another: the second waits until the first has made it. Whoever is killed lets go.
            do("SELECT pg_advisory_lock(hashtext('databases of tests'))")
            do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            try:
                do("CREATE DATABASE {} TEMPLATE {}", name, template(kept))
            except errors.InvalidCatalogName:
                self._make(do, kept, make)
                do("CREATE DATABASE {} TEMPLATE {}", name, template(kept))
        return self.address(name)

    def _make(self, do: Callable, kept: str, make: Make) -> None:
        """Half of it has another name, which only whoever holds the lock of this database uses."""
        making = f"{template(kept)}_{self.parts.path.strip('/')[:20]}"
        do("DROP DATABASE IF EXISTS {} WITH (FORCE)", making)
        try:  # What every test begins with took minutes.
            do("CREATE DATABASE {} TEMPLATE {}", making, template(migrated()))
        except errors.InvalidCatalogName:
            do("CREATE DATABASE {}", making)
        make(self.address(making))
        try:
            do("ALTER DATABASE {} RENAME TO {}", making, template(kept))
        except errors.DuplicateDatabase:  # by a run beside another database of this server
            self.drop(making)

    def drop(self, name: str) -> None:
        """Nothing of it is left."""
        with self._doing() as do:
            do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def forget(self, kept: str) -> None:
        """Drops what was kept under a name that begins so, unless somebody uses it just now: then they do it."""
        with psycopg.connect(self.parts.geturl(), autocommit=True) as connection:
            asked = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            for (name,) in connection.execute(asked, [template(kept)]).fetchall():
                with suppress(errors.ObjectInUse):
                    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def selected(address: str, asked: str) -> list[tuple]:
    """What a database says, whichever it is and whoever uses it."""
    if address.startswith("postgres"):
        with psycopg.connect(address) as line:
            return line.execute(asked).fetchall()
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as file:
        return file.execute(asked).fetchall()


def connect_to(where: Files | Server, name: str) -> None:
    """Points the default connection at another database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = str(where.file(name)) if isinstance(where, Files) else name
    if isinstance(where, Files):
        # A copy lives for one run only, so it need not survive a power cut.
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = "PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"


def template(kept: str) -> str:
    """What it is called on a server that others use as well."""
    return f"earshot_{kept.replace('-', '_')}"


def databases(address: str, folder: Path) -> Files | Server:
    """Where databases are made that stand beside the one of this address; files are in the folder."""
    return Server(address) if address.startswith("postgres") else Files(folder)


def migrated() -> str:
    """The name under which a migrated database is kept."""
    return f"test-{fingerprint()}"


@contextmanager
def copied_database(folder: Path, name: str, kept: str, make: Make) -> Iterator[str]:
    """A copy of one's own of what is kept, on what the tests run on; it is dropped afterwards."""
    where, name = databases(os.environ.get("DATABASE_URL", ""), folder), f"{name}_{os.getpid()}"
    address = where.copy(kept, make, name)
    try:
        yield address
    finally:
        where.drop(name)


def migrated_database(folder: Path, name: str) -> AbstractContextManager[str]:
    """The same of a migrated one, in which nothing is."""
    return copied_database(folder, name, migrated(), migrate)


@contextmanager
def empty_database(folder: Path, name: str) -> Iterator[str]:
    """One that is not even migrated."""
    where, name = databases(os.environ.get("DATABASE_URL", ""), folder), f"{name}_{os.getpid()}"
    address = where.create(name)
    try:
        yield address
    finally:
        where.drop(name)


def forget(*kept: str) -> None:
    """After a run nothing of it is left on a server, unless the server goes as well; files are kept for the next."""
    for address in {os.environ.get(name, "") for name in ("DATABASE_URL", "JOURNEYS_DATABASE_URL")}:
        if address.startswith("postgres") and "KEEP_MIGRATED" not in os.environ:
            with suppress(psycopg.OperationalError):  # nobody is there, as the tests have said
                for name in kept:
                    Server(address).forget(name)
