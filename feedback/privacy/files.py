"""What a database leaves in its files after rows are gone."""

from __future__ import annotations

from django.db import connection


def settle_files() -> None:
    """Empties SQLite's log beside the database, in which erased rows still stand; PostgreSQL tidies up by itself."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
