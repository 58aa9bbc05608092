from django.db import migrations


def keep_the_number(apps, schema_editor):
    """The one number an area had becomes the first of several."""
    Area, HelpNumber = apps.get_model("frame", "Area"), apps.get_model("frame", "HelpNumber")
    for area in Area.objects.exclude(help_number=""):
        name = area.help_name or area.name
        HelpNumber.objects.create(area=area, name=name[:60], number=area.help_number[:24])


def give_it_back(apps, schema_editor):
    """The first of several becomes the one."""
    Area = apps.get_model("frame", "Area")
    for area in Area.objects.all():
        first = area.help_numbers.order_by("position", "pk").first()
        if first:
            area.help_name, area.help_number = first.name, first.number
            area.save()


class Migration(migrations.Migration):

    dependencies = [
        ('frame', '0002_area_settings'),
    ]

    operations = [
        migrations.RunPython(keep_the_number, give_it_back),
    ]
