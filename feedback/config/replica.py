"""Public pages read from a copy of the database that follows the one that is written to."""

from typing import Any

REPLICA = "replica"


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
