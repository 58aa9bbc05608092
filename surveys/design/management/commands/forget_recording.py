from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from surveys.design.actions import forget_recording


class Command(BaseCommand):
    """Deletes a recording because whoever spoke takes their voice back."""

    help = (
        "Deletes a recording for good, although editions name it: phones read those words with their own voice then. "
        "HASH is the name of its file without .mp3, as the address of its player shows it."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("sha256", metavar="HASH")
        parser.add_argument("--by", required=True, metavar="USER")

    def handle(self, *, sha256: str, by: str, **options) -> None:
        """Does it, and says which editions lose it."""
        person = get_user_model().objects.filter(username=by, is_active=True).first()
        if person is None:
            raise CommandError(f"There is no account {by!r}. Make one with the command staff.")
        try:
            editions = forget_recording(sha256, by=person)
        except (PermissionDenied, FileNotFoundError) as problem:
            raise CommandError(f"Nothing was deleted. {problem}") from problem
        self.stdout.write(
            "Deleted. Phones that have listened to it may hold a copy until their browser's data is cleared."
        )
        for edition in editions:
            self.stdout.write(f"It was part of {edition}.")
