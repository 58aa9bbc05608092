from django.core.management.base import BaseCommand

from surveys.bank.starting_bank import load_starting_bank


class Command(BaseCommand):
    """Puts our own questions into the bank, as drafts for a care council."""

    help = (
        "Puts the questions of the starting bank into the question bank, as drafts. A question that is there already, "
        "whatever people made of it, is left as it is. Harmless to run twice."
    )

    def handle(self, **options) -> None:
        """Does it, and says how many were new."""
        new = load_starting_bank()
        self.stdout.write(f"{new} questions are new in the bank, as drafts: no care council has approved them yet.")
