"""Seals what was stored in plain. Stopped halfway, it goes on where it was when it is run again."""

from django.db import migrations

from surveys.responses.resealing import sealing_of


def forget_keys(apps, schema_editor):
    apps.get_model("responses", "KeyInUse").objects.all().delete()


class Migration(migrations.Migration):
    # Batch by batch: one transaction over all words would keep everybody waiting, and be lost as a whole.
    atomic = False

    dependencies = [("responses", "0007_seal_words")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, forget_keys),
        migrations.RunPython(*sealing_of("responses")),
    ]
