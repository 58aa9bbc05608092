from django.core.management.base import BaseCommand

from surveys.fieldwork.plan_actions import follow_plans


class Command(BaseCommand):
    """Opens and closes the waves whose planned day has come."""

    help = "Opens and closes the waves whose planned day has come. Harmless to run twice; made for cron, each morning."

    def handle(self, **options) -> None:
        """Does it, and says how many."""
        opened, closed = follow_plans()
        self.stdout.write(f"{opened} opened, {closed} closed.")
