"""Public pages read from a copy of the database that follows the one that is written to."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

REPLICA = "replica"
# What was recalled must leave every page within a minute, also one that is read from a copy.
FOLLOWS = """
SELECT NOT pg_is_in_recovery() OR (
    EXISTS (SELECT FROM pg_stat_wal_receiver)
    AND (
        pg_last_wal_receive_lsn() IS NOT DISTINCT FROM pg_last_wal_replay_lsn()
        OR pg_last_xact_replay_timestamp() > now() - interval '30 seconds'
    )
)
"""


def follows(connection: BaseDatabaseWrapper) -> bool:
    """Whether a copy is connected to what it follows, and at most half a minute behind."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWS)
        return bool(cursor.fetchone()[0])


class ReadFromReplica:
    """Reads from the copy; nothing is written there, and no table is made there but by following."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The copy."""
        return REPLICA

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The database itself, which refuses whoever may only read."""
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, database: str, app_label: str, **hints: Any) -> bool | None:
        """Never in the copy."""
        return False if database == REPLICA else None
