"""What stands in the database, as whoever has its files sees it."""

from django.db import connection
from django.db.models import F, TextField
from django.db.models.functions import Cast

from surveys.responses.resealing import sealed_columns


def column(label):
    """A sealed column by its name, for example `responses.Response.answers`."""
    return next(one for one in sealed_columns() if str(one) == label)


def stored(row, name):
    """What stands in one column of a row."""
    rows = type(row)._base_manager.annotate(_stored=Cast(F(name), TextField()))
    return rows.values_list("_stored", flat=True).get(pk=row.pk)


def store(row, name, written):
    """Writes into one column of a row behind the back of the software."""
    meta = type(row)._meta
    key = meta.pk.get_db_prep_value(row.pk, connection)
    column = meta.get_field(name).column
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{meta.db_table}" SET "{column}" = %s WHERE "{meta.pk.column}" = %s', [written, key])


def dump():
    """Every row of every table there is, as text, by table: of ours, of others and of search indexes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, "\n".join(_text(value) for row in cursor.fetchall() for value in row)


def _text(value):
    return bytes(value).decode("latin-1") if isinstance(value, (bytes, memoryview)) else str(value)


def opened_in(table):
    """What stands sealed in a table, as whoever has the keys sees it."""
    for one in sealed_columns():
        if one.model._meta.db_table == table:
            for row in one.model._base_manager.all():
                yield str(getattr(row, one.attname))
