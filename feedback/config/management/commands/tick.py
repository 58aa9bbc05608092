import logging
from datetime import datetime, time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from feedback.privacy.failures import Failed, note_failure
from feedback.privacy.models import ProgramRun
from feedback.privacy.runs import note_run

logger = logging.getLogger(__name__)
# What is done once a day, and from when on: at night what takes long, in the morning what writes letters.
DAILY = (
    ("retention_sweep", time(3, 15)),
    ("publish_opened_codes", time(3, 15)),
    ("follow_plans", time(6, 30)),
    ("send_reminders", time(6, 30)),
)


class Command(BaseCommand):
    """Does whatever is due by now, so that one timer is enough for everything that has its time."""

    help = (
        "Does what is due: each night retention_sweep and publish_opened_codes, each morning follow_plans and "
        "send_reminders, and each time make_pages and tell_of_troubles. Made for a timer every quarter of an hour; "
        "what was missed is made up for. Harmless to run twice."
    )

    def handle(self, **options) -> None:
        """Does it; one that fails keeps no other from its work."""
        now = timezone.localtime()
        # A new area has its pages before anything else is done for it.
        failed = [] if self._ended_well("make_pages") else ["make_pages"]
        failed += [program for program, at in DAILY if is_due(program, at, now) and not self._done(program)]
        call_command("tell_of_troubles", stdout=self.stdout)
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}. It is tried again at the next tick.")

    def _done(self, program: str) -> bool:
        if not self._ended_well(program):
            return False
        note_run(program)
        return True

    def _ended_well(self, program: str) -> bool:
        try:
            call_command(program, stdout=self.stdout, verbosity=0)
        except (Exception, SystemExit) as problem:
            # Of what failed only the kind: what a database says of a row may hold what stands in it.
            logger.error("%s failed (%s).", program, type(problem).__name__)
            note_failure(Failed.PROGRAM)
            return False
        return True


def is_due(program: str, at: time, now: datetime) -> bool:
    """Whether its time of today is over, and it did not end well since."""
    due = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return now >= due and not ProgramRun.objects.filter(program=program, ended_at__gte=due).exists()
