from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.releases.models import Release
from feedback.releases.open_data import FILES, export


class Command(BaseCommand):
    """Writes the open data of a published release."""

    help = f"Writes {', '.join(FILES)} of a published release into a directory."

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("release", metavar="RELEASE", help="the release's id, as list_releases prints it")
        parser.add_argument("--dir", type=Path, required=True)

    def handle(self, *, release: str, dir: Path, **options) -> None:
        """Does it, and says where."""
        found = Release.objects.published().select_related("area").filter(code=release).first()
        if found is None:
            raise CommandError(f"There is no published release {release!r}. See list_releases --json.")
        try:
            export(found, dir)
        except OSError as problem:
            raise CommandError(f"Nothing was written: {problem.strerror}. Choose another --dir.") from problem
        self.stdout.write(f"Wrote {', '.join(FILES)} into {dir}")
