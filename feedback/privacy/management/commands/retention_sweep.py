from django.core.management.base import BaseCommand, CommandError

from feedback.privacy.files import settle_files
from feedback.privacy.retention import Swept, sweep_all


class Command(BaseCommand):
    """Erases what has been kept long enough."""

    help = "Erases what has been kept long enough, and says how much of what. Harmless to run twice; made for cron."

    def handle(self, **options) -> None:
        """Does it, and says of each kind how many; never which."""
        done = sweep_all()
        settle_files()
        for swept in done:
            if not swept.trouble:
                self._say(swept)
        if failed := [swept.kind for swept in done if swept.trouble]:
            raise CommandError(
                f"Not erased, although their time may be over: {', '.join(failed)}. Run it again; if it says so twice, "
                "tell the makers of the software."
            )

    def _say(self, swept: Swept) -> None:
        self.stdout.write(f"{swept.erased} erased: {swept.kind}.")
        if swept.left:
            self.stdout.write(f"{swept.left} left, {swept.why_left}.")
