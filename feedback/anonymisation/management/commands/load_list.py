import csv
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.anonymisation.redaction_text import readable

KINDS = ("names", "places", "schools")
SHORTEST = 2


class Command(BaseCommand):
    """Adds names, places or schools of this installation to what redaction looks for."""

    help = (
        "Adds a column of a CSV file to a list of redaction, in the folder that EARSHOT_REDACTION_LISTS names. "
        "Restart the site afterwards. The licence of the list is for you to keep."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument("--kind", choices=KINDS, required=True)
        parser.add_argument("--column", required=True, metavar="COLUMN")

    def handle(self, *, file: str, kind: str, column: str, **options) -> None:
        """Writes the whole list, or nothing."""
        folder = os.environ.get("EARSHOT_REDACTION_LISTS")
        if not folder:
            raise CommandError("EARSHOT_REDACTION_LISTS names no folder. Set it, for this command and for the site.")
        target = Path(folder) / f"{kind}.txt"
        kept = set(target.read_text(encoding="utf-8").split("\n")) if target.exists() else set()
        added = self._read(file, column) - kept
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(".half")
        half.write_text("\n".join(sorted((kept | added) - {""})) + "\n", encoding="utf-8")
        half.replace(target)
        self.stdout.write(f"{len(added)} {kind} added.")

    def _read(self, file: str, column: str) -> set[str]:
        try:
            with Path(file).open(encoding="utf-8-sig", newline="") as lines:
                rows = csv.DictReader(lines)
                if column not in (rows.fieldnames or ()):
                    raise CommandError(
                        f"The file has no column {column!r}. It has: {', '.join(rows.fieldnames or ())}."
                    )
                return {word for row in rows if len(word := _plain(row[column] or "")) >= SHORTEST}
        except (OSError, UnicodeDecodeError, csv.Error) as problem:
            raise CommandError(f"The file cannot be read ({problem}). Nothing was added.") from problem


def _plain(word: str) -> str:
    """As the rules compare words: small letters, no accents, one blank between two words."""
    spelt = readable(word.replace("-", " ").replace(".", "")).text
    return " ".join(spelt.lower().replace("'", "").split())
