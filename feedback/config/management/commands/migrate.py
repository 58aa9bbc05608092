import time

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

# Whoever waits for SQLite asks again every tenth of a second at least (its busy handler), and several may wait.
BREATH = 0.25


class Command(migrate.Command):
    """Migrates as Django does, and lets whoever answers meanwhile write between two migrations.

    SQLite has one writer, and hands the pen to whoever happens to ask: migrations that follow each other at once keep
    it, and an answer would wait for the last of them, or until it is told to come again.
    """

    def handle(self, *arguments, database: str, **options) -> None:
        """Migrates a database; one that is empty has nobody who waits."""
        line = connections[database]
        self.breathes = line.vendor == "sqlite" and bool(MigrationRecorder(line).applied_migrations())
        super().handle(*arguments, database=database, **options)

    def migration_progress_callback(self, action, migration=None, fake=False) -> None:
        """What Django says of it; after each that is through, others write."""
        super().migration_progress_callback(action, migration, fake)
        if action == "apply_success" and self.breathes:
            time.sleep(BREATH)
