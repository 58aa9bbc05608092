"""Makes the form page, and says as JSON where it is and what its fields are called."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need the set-up
from wagtail.models import Page  # noqa: E402

from benchmarks.peers.questions import ASKED, is_several  # noqa: E402
from benchmarks.peers.wagtail_forms.models import FormField, FormPage  # noqa: E402


def kind_of(code: str, options: tuple[str, ...]) -> str:
    """The kind of field Wagtail has for a question."""
    return "singleline" if not options else "checkboxes" if is_several(code) else "radio"


def set_up() -> dict:
    """Tables, files and one page."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    home = Page.objects.get(slug="home")
    page = home.add_child(instance=FormPage(title="Your say", slug="form"))
    for code, wording, options in ASKED:
        FormField.objects.create(
            page=page, label=wording, clean_name=code, field_type=kind_of(code, options), choices="\n".join(options),
            required=False,
        )  # fmt: skip
    page.save_revision().publish()
    return {"path": "/form/", "thanks": "Thank you for your feedback.", "names": {code: code for code, *_ in ASKED},
            "stored": "SELECT count(*) FROM wagtailforms_formsubmission"}  # fmt: skip


if __name__ == "__main__":
    json.dump(set_up(), sys.stdout)
