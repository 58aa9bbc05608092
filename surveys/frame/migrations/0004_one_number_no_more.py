from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('frame', '0003_several_help_numbers'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='area',
            name='help_name',
        ),
        migrations.RemoveField(
            model_name='area',
            name='help_number',
        ),
    ]
