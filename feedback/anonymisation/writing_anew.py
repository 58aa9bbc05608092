"""Writes coded responses anew, so that neither their place in the file nor a transaction joins them to the vault."""

from __future__ import annotations

from django.db import connections
from django.db.backends.utils import CursorWrapper

from feedback.anonymisation.models import CodedResponse, CodedResponseQuerySet

ASIDE = "coded_responses_set_aside"


def write_anew(coded: CodedResponseQuerySet) -> None:
    """Marks them as in a block, and writes each again where the file ends, in the order of their random ids.

    The database keeps of each row which transaction wrote it, and where. A sweep codes what came in a minute, so both
    would lead from a coded response to the minute's response once the link is erased. The rows never leave the
    database, because to read and send back an area's took longer than to count and protect them.
    """
    with connections[coded.db].cursor() as cursor:
        set_aside(cursor, coded)
        take_out(cursor)
        put_back(cursor)


def _columns() -> list[str]:
    return [field.column for field in CodedResponse._meta.concrete_fields]


def set_aside(cursor: CursorWrapper, coded: CodedResponseQuerySet) -> None:
    """Keeps the rows in a table that only this connection sees, and that is gone with the transaction's end."""
    # Names of our own tables and columns, and nothing that anybody typed.
    cursor.execute(f"CREATE TEMPORARY TABLE {ASIDE} AS SELECT * FROM {CodedResponse._meta.db_table} LIMIT 0")  # noqa: S608
    rows, parameters = coded.order_by().query.sql_with_params()
    cursor.execute(f"INSERT INTO {ASIDE} ({', '.join(_columns())}) {rows}", parameters)


def take_out(cursor: CursorWrapper) -> None:
    """Deletes exactly the rows that were set aside; their links stay, and are looked at when the transaction ends."""
    cursor.execute(f"DELETE FROM {CodedResponse._meta.db_table} WHERE id IN (SELECT id FROM {ASIDE})")  # noqa: S608


def put_back(cursor: CursorWrapper) -> None:
    """Writes the rows that were set aside, marked, in the order of their ids."""
    written = [column for column in _columns() if column != "is_in_block"]
    cursor.execute(
        f"INSERT INTO {CodedResponse._meta.db_table} ({', '.join(written)}, is_in_block) "  # noqa: S608
        f"SELECT {', '.join(written)}, TRUE FROM {ASIDE} ORDER BY id"
    )
    cursor.execute(f"DROP TABLE {ASIDE}")
