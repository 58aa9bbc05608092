from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.inspection.records import LONGEST, NotOurs, can_be_drawn_again, is_stored, verified


class Command(BaseCommand):
    """Says whether a record of a draw is ours and unchanged."""

    help = (
        "Checks the signed record of a draw that an inspector took along: whether this site signed it and nobody "
        "changed it. With --again it also draws the sample anew, and says whether it is the same, byte for byte."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--again", action="store_true", help="draw the sample again and compare")

    def handle(self, *, file: Path, again: bool, **options) -> None:
        """Does it, and says what it found."""
        try:
            with file.open("rb") as opened:
                record = verified(opened.read(LONGEST + 1))
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem
        except NotOurs as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Genuine: the sample of {record['area']} for {record['year']}, drawn on {record['drawn_on']}. "
            f"{record['how']}"
        )
        if not is_stored(record):
            raise CommandError("But no such draw is known in this database.")
        if again and not can_be_drawn_again(record):
            raise CommandError(
                "Drawn again it is not the same: answers were taken back since, or the secret is another."
            )
        if again:
            self.stdout.write("Drawn again it is the same, byte for byte.")
