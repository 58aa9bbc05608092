"""Every field says whether it is personal; the inventory, retention and access requests read these declarations."""

import pytest
from django.apps import apps
from django.db.models import FileField

from feedback.privacy.inventory import our_models, with_something_personal
from feedback.privacy.scrubbing import undecided


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_is_private_or_plain(model):
    declared = model.__dict__.get("Privacy")
    assert declared, f"{model.__name__} needs a class Privacy with personal and plain."
    names = {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}
    names = {
        name for name in names if name in {f.name for f in model._meta.local_fields + model._meta.local_many_to_many}
    }
    inherited = {f.name for f in model._meta.fields if f.model is model}
    both = set(declared.personal) & set(declared.plain)
    missing = (
        (names & inherited | {f.name for f in model._meta.local_many_to_many}) - set(declared.personal) - declared.plain
    )
    gone = (set(declared.personal) | declared.plain) - {f.name for f in model._meta.get_fields()}
    assert not both, f"both personal and plain: {both}"
    assert not missing, "paste and sort these: " + ", ".join(f'"{name}"' for name in sorted(missing))
    assert not gone, f"no longer fields: {gone}"


def test_what_is_personal_says_what_it_is():
    for model in our_models():
        for name, meaning in model.Privacy.personal.items():
            assert len(meaning.split()) > 2, (model, name)
            assert meaning.endswith("."), (model, name)


def test_what_is_personal_says_what_for_and_how_long():
    for model in with_something_personal():
        for said in ("why", "kept"):
            sentence = getattr(model.Privacy, said, "")
            assert sentence.endswith("."), f"{model.__name__}.Privacy needs a sentence {said}."


def test_of_every_table_and_personal_field_it_is_said_what_a_copy_for_a_laptop_may_hold():
    assert list(undecided()) == []


def test_nothing_of_a_respondent_is_a_file():
    """So that erasing rows erases all of it; whoever adds a file adds its erasure."""
    for label in ("responses", "anonymisation", "safeguarding"):
        for model in apps.get_app_config(label).get_models():
            assert not [field.name for field in model._meta.fields if isinstance(field, FileField)]
