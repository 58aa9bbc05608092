from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.privacy.backups import CannotBackUp, identities
from feedback.privacy.restoring import restore


class Command(BaseCommand):
    """Goes back to a backup."""

    # The database is empty, so what looks at its content has nothing to look at.
    requires_system_checks = []
    help = (
        "Restores a backup into the empty database of DATABASE_URL and the empty folder of uploaded files, compares it "
        "row for row, and erases again what the newest list of erasures names, before anybody can see it. Never puts "
        "anything over what is there."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", metavar="FILE.tar.gz.age", type=Path)
        parser.add_argument("--identity", metavar="KEYFILE", type=Path, required=True, help="as age-keygen wrote it")
        parser.add_argument(
            "--erasures", metavar="LIST", type=Path, required=True, help="the newest that list_erasures has written"
        )

    def handle(self, *, file: Path, identity: Path, erasures: Path, **options) -> None:
        """Does it, and says what comes next."""
        try:
            restore(file.absolute(), identities(identity), erasures=erasures, say=self.stdout.write)
        except (CannotBackUp, OSError) as problem:
            raise CommandError(
                f"Nothing can be used yet. {problem} If tables or files are there now, empty both before you try again."
            ) from problem
        self.stdout.write("Restored. Let people in again once prove_tallies is content, too.")
