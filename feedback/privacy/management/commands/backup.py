import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.privacy.backup_actions import make_backup
from feedback.privacy.backups import CannotBackUp, recipients


class Command(BaseCommand):
    """Writes a backup that only a key kept elsewhere opens."""

    help = (
        "Writes database, uploaded files and the list of what was erased into one new file, sealed for the public keys "
        "in EARSHOT_BACKUP_RECIPIENTS (age). The site goes on meanwhile. Made for cron; restore_check says whether a "
        "backup is of any use."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", metavar="FILE.tar.gz.age", type=Path)

    def handle(self, *, file: Path, **options) -> None:
        """Does it, and says what is in it."""
        try:
            made = make_backup(file.absolute(), recipients(os.environ.get("EARSHOT_BACKUP_RECIPIENTS", "")))
        except (CannotBackUp, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from problem
        self.stdout.write(f"{made.rows} rows of {len(made.tables)} tables and {len(made.media)} files.")
        self.stdout.write("Keep it apart from the keys of the words, and try restore_check where its own key is.")
