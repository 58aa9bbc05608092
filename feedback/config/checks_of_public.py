"""A process that shows public pages only has nothing that opens the vault: no secret, no address, no right to read."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, connection

from feedback.config.public_tables import tables_read, tables_shut

# The keys of the words it needs: what is quoted is sealed too. What else they would open, its role cannot read.
NOT_NEEDED = ("EARSHOT_PROTECTION_SECRET", "EARSHOT_SEALING_SECRETS", "EARSHOT_NOTIFY_API_KEY", "EMAIL_HOST_PASSWORD")


def public_only_has_no_secret(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses a start with what it does not need, because whoever breaks in here would have it."""
    if not settings.EARSHOT_PUBLIC_ONLY:
        return []
    given = [name for name in NOT_NEEDED if any(getattr(settings, name))]
    hint = "Take it out of the environment of this process: it needs SECRET_KEY and EARSHOT_WORDS_KEYS only."
    return [
        Error(f"A process that only shows public pages was given {name}.", hint=hint, id="feedback.E011")
        for name in given
    ]


def public_only_cannot_read_the_vault(app_configs, **kwargs) -> list[CheckMessage]:
    """Refuses a start with a database role that may read, or write, more than public pages are made of."""
    if not settings.EARSHOT_PUBLIC_ONLY:
        return []
    if connection.vendor != "postgresql":
        said = "This database has no roles, so a process that shows public pages can read the vault."
        return [Warning(said, hint="Use PostgreSQL, with a role made by grant_public.", id="feedback.W002")]
    try:
        return _problems_of_the_role()
    except DatabaseError:
        # A database that cannot be asked yet is asked later, by /readyz.
        return []


def _problems_of_the_role() -> list[CheckMessage]:
    hint = "Run manage.py grant_public --role with the name of this role, as the owner of the tables, and start again."
    if too_much := tables_that("SELECT", tables_shut()) + tables_that("INSERT, UPDATE, DELETE", tables_read()):
        said = f"The database role of a process that only shows public pages may open {too_much[0]}, and should not."
        return [Error(said, hint=hint, id="feedback.E012")]
    missing = sorted(set(tables_read()) - set(tables_that("SELECT", tables_read())))
    if missing:
        said = f"The database role of a process that shows public pages may not read {missing[0]}, and has to."
        return [Error(said, hint=hint, id="feedback.E013")]
    return []


def tables_that(right: str, tables: list[str]) -> list[str]:
    """Those of these tables of which whoever is connected has this right, or one of these."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name "
            "WHERE to_regclass(name) IS NOT NULL AND has_table_privilege(to_regclass(name), %s)",
            [tables, right],
        )
        return sorted(name for (name,) in cursor.fetchall())
