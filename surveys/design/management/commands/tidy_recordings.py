from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from surveys.bank.recordings import stored_as
from surveys.design.recordings import JUST_NOW, orphans


class Command(BaseCommand):
    """Tells which recordings nothing needs any more, and deletes them if asked to."""

    help = (
        "Lists the recordings that no edition, no page and no earlier state of a page names; with --delete they go. "
        "What an edition names always stays. Harmless to run twice."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--delete", action="store_true")

    def handle(self, *, delete: bool, **options) -> None:
        """Does it, and says what was found."""
        found = orphans(before=timezone.now() - JUST_NOW)
        for sha256 in found:
            if delete:
                default_storage.delete(stored_as(sha256))
            self.stdout.write(stored_as(sha256))
        self.stdout.write(f"{len(found)} {'deleted' if delete else 'needed by nothing'}.")
