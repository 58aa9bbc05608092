import threading
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand

from feedback.anonymisation.actions import sweep
from feedback.privacy.runs import note_run

LONGEST_WAIT = 24 * 60 * 60


def seconds(written: str) -> float:
    """A wait that ends, and not so late that what a child wrote stays unseen."""
    wait = float(written)
    if not 0 < wait <= LONGEST_WAIT:
        raise ArgumentTypeError(f"{written} is not above 0 and at most {LONGEST_WAIT} (a day).")
    return wait


class Command(BaseCommand):
    """Screens what arrived, and codes what is past safeguarding."""

    help = "Screens responses that arrived and codes those past safeguarding. Harmless to run twice; made for cron."

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument(
            "--watch", type=seconds, metavar="SECONDS", help="go on, and look again after so many seconds"
        )

    def handle(self, *, watch: float | None, **options) -> None:
        """Does it, and says how many; never what was written."""
        self._once()
        while watch and not threading.Event().wait(watch):
            self._once()

    def _once(self) -> None:
        done = sweep()
        note_run("screen_waiting")
        if done.screened or done.coded:
            self.stdout.write(f"{done.screened} screened, {done.held} held for a person, {done.coded} coded.")
