"""What stands in the database, as whoever has its files sees it."""

from django.apps import apps
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


def everything_stored():
    """Every value of every table as text, with where it stands."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            rows = model._base_manager.annotate(_stored=Cast(F(field.attname), TextField()))
            for value in rows.order_by().values_list("_stored", flat=True):
                yield f"{model._meta.label}.{field.name}", str(value)
