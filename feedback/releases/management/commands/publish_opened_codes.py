from django.core.management.base import BaseCommand

from feedback.releases.opened_codes_actions import publish_opened_codes


class Command(BaseCommand):
    """Publishes how often codes were opened."""

    help = "Publishes how often codes were opened in each month and quarter that is over. Harmless to run every night."

    def handle(self, **options) -> None:
        """Says how many periods were published now."""
        self.stdout.write(f"{publish_opened_codes()} periods published.")
