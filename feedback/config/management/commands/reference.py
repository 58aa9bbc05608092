from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from feedback.config.reference import outdated, write


class Command(BaseCommand):
    """Writes docs/reference from the code."""

    help = "Writes docs/reference from the code; with --check only says whether it is up to date."

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check: bool, **options) -> None:
        """Does it."""
        folder = settings.BASE_DIR / "docs" / "reference"
        if not check:
            write(folder)
        elif pages := outdated(folder):
            raise CommandError(f"{', '.join(pages)} no longer say what the code says. Run make docs.")
