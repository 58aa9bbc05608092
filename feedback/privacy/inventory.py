"""What is kept about people, read from the declarations beside the fields."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

OURS = ("surveys.", "feedback.", "cms.")


def our_models() -> list[type[Model]]:
    """Every model of ours, in the order of rooms and names."""
    found = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
    return sorted(found, key=lambda model: (model._meta.app_label, model.__name__))


def name_of(model: type[Model]) -> str:
    """How a record is called in the inventory."""
    return f"{model._meta.app_label}.{model.__name__}"


def sentence_of(model: type[Model]) -> str:
    """What a record is, in a sentence."""
    return (model.__doc__ or "").strip().splitlines()[0]


def with_something_personal() -> list[type[Model]]:
    """The records that hold something about a person."""
    return [model for model in our_models() if model.Privacy.personal]


def page() -> str:
    """The inventory as a page: of each record what for and how long, and what each field is."""
    lines = ["# What is kept about people\n"]
    for model in with_something_personal():
        lines += _record(model)
    lines += ["## Records that hold nothing personal\n"]
    plain = [model for model in our_models() if not model.Privacy.personal]
    lines += [f"- {name_of(model)}: {sentence_of(model)}" for model in plain]
    return "\n".join(lines) + "\n"


def _record(model: type[Model]) -> Iterator[str]:
    yield f"## {name_of(model)}\n"
    yield f"{sentence_of(model)}\n"
    yield f"- What for: {model.Privacy.why}"
    yield f"- How long: {model.Privacy.kept}\n"
    yield "| field | what it is | in a copy for a laptop |"
    yield "|---|---|---|"
    for field, meaning in model.Privacy.personal.items():
        yield f"| {field} | {meaning} | {_in_a_copy(model.Privacy.scrub, field)} |"
    yield ""


SAID = {
    "blank": "empty",
    "number": "a number in its place",
    "none": "nothing",
    "unusable": "no password works",
}


def _in_a_copy(scrub: str | dict[str, str], field: str) -> str:
    if isinstance(scrub, str):
        return "no row of it"
    rule = scrub[field]
    return SAID.get(rule, rule.removeprefix("harmless: "))
