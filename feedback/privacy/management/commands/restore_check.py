from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.privacy.backups import CannotBackUp, identities
from feedback.privacy.restoring import check_backup


class Command(BaseCommand):
    """Says whether a backup is of any use, by using it."""

    help = (
        "Restores a backup into a database of its own, compares it row for row and file for file with what was backed "
        "up, brings it up to date, opens every sealed word, erases again what was erased, and throws it away. On "
        "PostgreSQL the account must be allowed to make databases. Exits with 1 if anything is not as it was."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", metavar="FILE.tar.gz.age", type=Path)
        parser.add_argument("--identity", metavar="KEYFILE", type=Path, required=True, help="as age-keygen wrote it")
        parser.add_argument("--erasures", metavar="LIST", type=Path, help="a newer list than the backup's own")

    def handle(self, *, file: Path, identity: Path, erasures: Path | None, **options) -> None:
        """Does it, and says what was proved."""
        try:
            check_backup(file.absolute(), identities(identity), erasures=erasures, say=self.stdout.write)
        except (CannotBackUp, OSError) as problem:
            raise CommandError(f"Do not count on this backup. {problem}") from problem
        self.stdout.write("This backup can be gone back to.")
