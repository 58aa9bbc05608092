"""Seals what was stored in plain. Stopped halfway, it goes on where it was when it is run again."""

from django.db import migrations

from surveys.responses.resealing import reseal_column, sealed_columns, unseal_column

ROOM = "responses"


def _columns(apps):
    return [column for column in sealed_columns(apps) if column.model._meta.app_label == ROOM]


def seal(apps, schema_editor):
    for column in _columns(apps):
        # In a second round those that somebody held in the first.
        while reseal_column(column).busy:
            pass
    forget_old_pages(schema_editor)


def unseal(apps, schema_editor):
    for column in _columns(apps):
        while unseal_column(column).busy:
            pass
    apps.get_model("responses", "KeyInUse").objects.all().delete()


def forget_old_pages(schema_editor):
    """On SQLite the write-ahead log holds what was there before; on PostgreSQL VACUUM FULL is for the administrator."""
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Migration(migrations.Migration):
    # Batch by batch: one transaction over all words would keep everybody waiting, and be lost as a whole.
    atomic = False

    dependencies = [("responses", "0007_seal_words")]

    operations = [migrations.RunPython(seal, unseal)]
