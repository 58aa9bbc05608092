import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.privacy.erasures import written_list


class Command(BaseCommand):
    """Writes down what was erased, for the day on which somebody goes back to a backup."""

    help = (
        "Writes what was erased for good, as keyed hashes and numbers that tell nobody anything, to FILE, whole or not "
        "at all, or to standard output. Made for cron every quarter of an hour; copy the file to another machine."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--to", metavar="FILE", type=Path)

    def handle(self, *, to: Path | None, **options) -> None:
        """Does it."""
        if to is None:
            self.stdout.write("\n".join(written_list()))
            return
        making = to.with_name(f".{to.name}.{os.getpid()}.making")
        try:
            with making.open("w", encoding="utf-8") as out:
                out.writelines(f"{line}\n" for line in written_list())
                out.flush()
                os.fsync(out.fileno())
            making.replace(to)
        except OSError as problem:
            raise CommandError(f"The list was not written: {problem.strerror}. The one before it stays.") from problem
        finally:
            making.unlink(missing_ok=True)
