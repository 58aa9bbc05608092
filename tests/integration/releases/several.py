"""Three areas whose quarter waits to be released: `python -m tests.integration.releases.several prepare|tell`."""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "feedback.config.settings.test"

import django

django.setup()

from wagtail.models import ModelLogEntry  # noqa: E402

from feedback.privacy.programs import at_work  # noqa: E402
from feedback.releases.models import Release  # noqa: E402
from tests.factories import asking  # noqa: E402
from tests.factories.listening import analyst, checker, coded  # noqa: E402
from tests.integration.releases.releasing import told  # noqa: E402

AREAS = ("north", "south", "west")


def prepare():
    """A migrated database becomes one in which three areas answered the same questions."""
    areas = [asking.area(code) for code in AREAS]
    edition = asking.edition(of=areas[0])
    for area in areas:
        coded(edition, area, quarter="2025Q1", n=60)
    analyst(), checker()


if __name__ == "__main__":
    with at_work("several"):
        if sys.argv[1] == "prepare":
            prepare()
        else:
            of_nobody = ModelLogEntry.objects.filter(user=None, action__startswith="releases.").count()
            print(
                json.dumps({"figures": told(), "published": Release.objects.published().count(), "nobody": of_nobody})
            )
