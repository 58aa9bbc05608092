"""Questions that a frozen edition asks were approved with it; every other is a draft, and no translation was checked."""

from django.db import migrations

# A survey that was asked elsewhere came with its answers, and no care council of ours decided on it.
IMPORTED = "imported"
LANGUAGE = "en"


def first_frozen(editions):
    """On which day each code was first frozen, by code."""
    found = {}
    for document, day in editions.order_by("-frozen_on").values_list("document", "frozen_on"):
        if document.get("kind") != IMPORTED:
            found.update({item["code"]: day for item in document.get("items", [])})
    return found


def approve_what_was_asked(apps, schema_editor):
    questions = apps.get_model("bank", "QuestionPage").objects
    questions.exclude(locale__language_code=LANGUAGE).update(is_checked=False)
    originals = questions.filter(locale__language_code=LANGUAGE)
    for code, day in first_frozen(apps.get_model("design", "Edition").objects).items():
        originals.filter(code=code, status="draft").update(status="approved", approved_on=day)


class Migration(migrations.Migration):
    dependencies = [
        ("bank", "0005_question_states"),
        ("design", "0001_initial"),
    ]

    operations = [migrations.RunPython(approve_what_was_asked, migrations.RunPython.noop)]
