"""Databases of the catalogue that were migrated before: its settings are those of the tests."""

from pathlib import Path

from benchmarks.databases import Sqlite
from tests.databases import Files, migrate, migrated


class MigratedBefore(Sqlite):
    """The same, without migrating from nothing once more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        Files(folder).copy(migrated(), migrate, "migrated")
        self.migrated = folder / "migrated.sqlite3"
