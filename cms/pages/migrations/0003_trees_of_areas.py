import uuid

from django.db import migrations

from surveys.design.moving import columns_below, move_below


def put_areas_side_by_side(apps, schema_editor):
    """No area's home page stays below another's: all of them together get a front door, and the areas hang below it."""
    pages = apps.get_model("wagtailcore", "Page")
    homes = apps.get_model("pages", "HomePage").objects
    for home in homes.exclude(area=None).order_by("depth", "path"):
        below = homes.filter(path__startswith=home.path).exclude(pk=home.pk).exclude(area=home.area)
        others = [other for other in below.order_by("path") if not _is_below_another(other, below)]
        if others:
            _side_by_side(apps, pages, home, others)


def _is_below_another(page, others):
    return any(page.path.startswith(other.path) for other in others if other.pk != page.pk)


def _side_by_side(apps, pages, home, others):
    above = pages.objects.get(path=home.path[:-4])
    nation = next((other for other in others if other.area_id is None), None)
    if nation is None:
        nation = _front(apps, pages, above, home)
    else:
        move_below(pages, pages.objects.get(pk=nation.pk), above)
    sites = apps.get_model("wagtailcore", "Site").objects
    sites.filter(root_page=home.pk).update(root_page=nation.pk)
    for other in [*[other for other in others if other.pk != nation.pk], home]:
        move_below(pages, pages.objects.get(pk=other.pk), pages.objects.get(pk=nation.pk))


def _front(apps, pages, above, home):
    kind = apps.get_model("contenttypes", "ContentType").objects.get(app_label="pages", model="homepage")
    columns = columns_below(
        pages, above, title="All areas", slug=f"all-areas-{home.pk}", content_type=kind, translation_key=uuid.uuid4()
    )
    return apps.get_model("pages", "HomePage").objects.create(**columns)


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0002_alter_homepage_body'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.RunPython(put_areas_side_by_side, migrations.RunPython.noop),
    ]
