"""What a person read before responses said so is said to be read: whoever comes back with a receipt is told the truth."""

from django.db import migrations


def say_what_was_read(apps, schema_editor):
    Response = apps.get_model("responses", "Response")
    Reading = apps.get_model("safeguarding", "Reading")
    Concern = apps.get_model("safeguarding", "Concern")
    Response.objects.filter(pk__in=Reading.objects.values("response_key")).update(is_read=True)
    seen = Concern.objects.exclude(status="raised")
    Response.objects.filter(pk__in=seen.values("response_key")).update(is_read=True)


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0003_contact_state"),
        ("responses", "0005_contact_and_replies"),
    ]

    operations = [migrations.RunPython(say_what_was_read, migrations.RunPython.noop)]
