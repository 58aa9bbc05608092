"""How a response becomes a row: one statement, which outside a transaction is one of its own, durable when it returns.

A busy afternoon stores hundreds a second. Composing the statement took longer than running it, and asking apart whether
the response had been taken back made a transaction of four round trips; so it is composed once, and asks by itself.
"""

from __future__ import annotations

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field

from surveys.responses.models import Response, Withdrawal
from surveys.responses.receipts import response_digest

# SQLite lets one write at a time, so what the statement sees is true until it has written.
ON_SQLITE = (
    "INSERT INTO {table} ({columns}) SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM {withdrawn} WHERE {digest} = %s) "
    "ON CONFLICT DO NOTHING"
)
# PostgreSQL lets the first statement wait for who is taking the same response back, and the second sees what they did:
# one statement would still see what was there before it waited. They travel together, and are one transaction.
ON_POSTGRESQL = (
    "INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING; "
    "DELETE FROM {table} WHERE {key} = %s AND EXISTS (SELECT 1 FROM {withdrawn} WHERE {digest} = %s)"
)


def _fields() -> list[Field]:
    return Response._meta.concrete_fields


@cache
def _statement(vendor: str) -> str:
    quoted, fields = connections[DEFAULT_DB_ALIAS].ops.quote_name, _fields()
    return (ON_SQLITE if vendor == "sqlite" else ON_POSTGRESQL).format(
        table=quoted(Response._meta.db_table),
        columns=", ".join(quoted(field.column) for field in fields),
        values=", ".join(["%s"] * len(fields)),
        key=quoted(Response._meta.pk.column),
        withdrawn=quoted(Withdrawal._meta.db_table),
        digest=quoted(Withdrawal._meta.pk.column),
    )


def store(response: Response) -> bool:
    """Stores a response; False if it was there already, or was taken back, and then nothing is left of it."""
    connection = connections[DEFAULT_DB_ALIAS]
    row = [field.get_db_prep_save(field.pre_save(response, True), connection) for field in _fields()]
    digest = response_digest(response.pk)
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor), [*row, *([] if is_sqlite else [response.pk]), digest])
        is_new = cursor.rowcount == 1
        if not is_sqlite:
            cursor.nextset()
            is_new = is_new and cursor.rowcount == 0
    response._state.adding, response._state.db = not is_new, connection.alias
    return is_new
