from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.privacy.actions import make_scrubbed_copy
from feedback.privacy.copying import CannotCopy


class Command(BaseCommand):
    """Makes a copy of the database for a laptop, in which nobody is left."""

    help = (
        "Writes a new SQLite file with the surveys, waves, pages and published figures of this installation, and with "
        "nothing that anybody answered, wrote or drew, no name, address, password, session or second factor."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", metavar="FILE.sqlite3", type=Path)

    def handle(self, *, file: Path, **options) -> None:
        """Does it, and says what to do with it."""
        try:
            rows = make_scrubbed_copy(file.absolute())
        except (CannotCopy, OSError) as problem:
            raise CommandError(f"No copy was made. {problem}") from problem
        self.stdout.write(f"{rows} rows, and nobody in them. On the laptop: DATABASE_URL=sqlite:///{file.absolute()}")
        self.stdout.write("Nobody can sign in to it: make an account there with manage.py staff.")
