from django.core.management.base import BaseCommand

from feedback.privacy.trouble_actions import tell_of_troubles
from feedback.privacy.watching import everything_watched


class Command(BaseCommand):
    """Looks whether the installation is doing well, and writes to administrators where it is not."""

    help = (
        "Writes to administrators about what has waited or failed for too long, once for each cause until it is over. "
        "Made for a timer every quarter of an hour; harmless to run twice. --print says how everything stands."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--print", action="store_true", dest="only_print", help="Say it, and write to nobody.")

    def handle(self, *, only_print: bool, **options) -> None:
        """Does it."""
        if only_print:
            self.stdout.writelines(f"{one.trouble or one.says}\n" for one in everything_watched())
            return
        if told := tell_of_troubles():
            self.stdout.write(f"{told} administrator{'s' * (told > 1)} told.")
