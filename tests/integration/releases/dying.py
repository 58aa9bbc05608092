"""Closes a quarter in a process that dies at a moment it is told: `python -m tests.integration.releases.dying MOMENT`.

Prints first what is stored, as whoever comes after a power cut finds it. Without a moment it does not die.
"""

import hashlib
import json
import os
import signal
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "feedback.config.settings.test"

import django

django.setup()

from django.db import models  # noqa: E402
from wagtail.models import ModelLogEntry  # noqa: E402

from feedback.anonymisation import writing_anew  # noqa: E402
from feedback.anonymisation.models import ClosedQuarter, CodedResponse  # noqa: E402
from feedback.privacy.programs import at_work  # noqa: E402
from feedback.releases import actions  # noqa: E402
from feedback.releases.models import BlockTally, ClosedGroup, ClosedWindow, Release, ReleaseState  # noqa: E402
from tests.factories import asking  # noqa: E402
from tests.factories.listening import analyst, coded  # noqa: E402
from tests.integration.releases.releasing import Q1  # noqa: E402

STORED = (Release, ReleaseState, ClosedQuarter, ClosedWindow, ClosedGroup, BlockTally, CodedResponse, ModelLogEntry)
TAKEN_OUT = "coded responses are taken out and not written anew"
# Where rows of this kind are about to be written, and where they have been.
MOMENTS = {
    "windows are stored and groups are not": (ClosedGroup, "before"),
    "groups are stored and tallies are not": (BlockTally, "before"),
    "everything is written and not confirmed": (ReleaseState, "after"),
}


def stored():
    """How many rows there are, how many are in a block, and a mark of all figures."""
    groups = ClosedGroup.objects.order_by("window__question", "window__table", "stage", "service", "audience")
    figures = [(g.stage, g.service, g.audience, g.asked, sorted(g.values.items()), g.reason) for g in groups]
    return {
        **{model.__name__: model.objects.count() for model in STORED},
        "in a block": CodedResponse.objects.filter(is_in_block=True).count(),
        "figures": hashlib.sha256(repr(figures).encode()).hexdigest(),
    }


def die_at(moment):
    """From now on, this process is killed at that moment."""
    if moment == TAKEN_OUT:
        writing_anew.put_back = lambda cursor: os.kill(os.getpid(), signal.SIGKILL)
        return
    of, when = MOMENTS[moment]
    bulk_create, create = models.QuerySet.bulk_create, models.QuerySet.create

    def dying(write):
        def written(self, *arguments, **named):
            if self.model is of and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            made = write(self, *arguments, **named)
            if self.model is of:
                os.kill(os.getpid(), signal.SIGKILL)
            return made

        return written

    models.QuerySet.bulk_create, models.QuerySet.create = dying(bulk_create), dying(create)


def prepare():
    """A migrated database becomes one in which a quarter waits."""
    north = asking.area("north")
    coded(asking.edition(of=north), north, quarter="2025Q1", n=60)
    analyst()


def main(moment):
    """Says what is stored, closes the quarter, and says it again."""
    if moment == "prepare":
        prepare()
        return
    north, by = actions.Area.objects.get(), analyst()
    print(json.dumps(stored()), flush=True)
    if moment:
        die_at(moment)
    actions.close_area_quarter(north, quarter=Q1, by=by)
    print(json.dumps(stored()), flush=True)


if __name__ == "__main__":
    with at_work("dying"):
        main(*sys.argv[1:])
