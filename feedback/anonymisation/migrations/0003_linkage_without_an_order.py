"""Makes the links anew, keyed by the coded response: a number that counts up would say who answered after whom."""

import django.db.models.deletion
from django.db import migrations, models

BATCH = 1000


def copied(source, target):
    """Copies every link, in the order of the coded responses' random ids."""

    def copy(apps, schema_editor):
        links = apps.get_model("anonymisation", source).objects.order_by("coded_id").values_list("coded_id", "response_key")
        made = apps.get_model("anonymisation", target)
        batch = []
        for coded_id, response_key in links.iterator(chunk_size=BATCH):
            batch.append(made(coded_id=coded_id, response_key=response_key))
            if len(batch) == BATCH:
                made.objects.bulk_create(batch)
                batch = []
        made.objects.bulk_create(batch)

    return copy


class Migration(migrations.Migration):

    dependencies = [
        ('anonymisation', '0002_initial'),
    ]

    operations = [
        # The old table is moved aside first: PostgreSQL does not rename one whose new rows it has still to check.
        migrations.RenameModel('Linkage', 'NumberedLinkage'),
        migrations.AlterField(
            model_name='numberedlinkage',
            name='coded',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='anonymisation.codedresponse'),
        ),
        migrations.CreateModel(
            name='Linkage',
            fields=[
                ('coded', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='linkage', serialize=False, to='anonymisation.codedresponse')),
                ('response_key', models.UUIDField(unique=True)),
            ],
        ),
        migrations.RunPython(copied('NumberedLinkage', 'Linkage'), copied('Linkage', 'NumberedLinkage')),
        migrations.DeleteModel('NumberedLinkage'),
    ]
