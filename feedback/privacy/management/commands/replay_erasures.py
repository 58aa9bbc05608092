from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.privacy.backup_actions import replay_erasures
from feedback.privacy.erasures import BadList, read_list
from feedback.privacy.files import settle_files


class Command(BaseCommand):
    """Erases again what came back with a backup."""

    help = (
        "Erases what a list of list_erasures names and the database holds again, and says how many of what. restore "
        "does it by itself. Harmless to run twice."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("list", metavar="LIST", type=Path)

    def handle(self, *, list: Path, **options) -> None:
        """Does it, and says of each kind how many; never which."""
        try:
            with list.open(encoding="utf-8") as lines:
                erased = replay_erasures(read_list(lines))
        except (OSError, UnicodeDecodeError, BadList) as problem:
            raise CommandError(f"Nothing was erased. {problem}") from problem
        settle_files()
        said = [f"{number} of kind {kind}" for kind, number in erased.items() if number]
        self.stdout.write(f"Erased again: {', '.join(said) or 'nothing, because nothing of it was there'}.")
