import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.anonymisation.own_lists import KINDS, SHORTEST, NoFolder, add_words, folder, plain


class Command(BaseCommand):
    """Adds names, places, schools or everyday words of this installation to what redaction knows."""

    help = (
        "Adds a column of a CSV file to a list of redaction, in the folder that EARSHOT_REDACTION_LISTS names. It is "
        "used from the next text on. The licence of the list is for you to keep."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument("--kind", choices=KINDS, required=True)
        parser.add_argument("--column", required=True, metavar="COLUMN")

    def handle(self, *, file: str, kind: str, column: str, **options) -> None:
        """Writes the whole list, or nothing."""
        try:
            folder()
            added = add_words(kind, self._read(file, column))
        except NoFolder as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{added} {kind} added.")

    def _read(self, file: str, column: str) -> set[str]:
        try:
            with Path(file).open(encoding="utf-8-sig", newline="") as lines:
                rows = csv.DictReader(lines)
                if column not in (rows.fieldnames or ()):
                    raise CommandError(
                        f"The file has no column {column!r}. It has: {', '.join(rows.fieldnames or ())}."
                    )
                return {word for row in rows if len(word := plain(row[column] or "")) >= SHORTEST}
        except (OSError, UnicodeDecodeError, csv.Error) as problem:
            raise CommandError(f"The file cannot be read ({problem}). Nothing was added.") from problem
