from django.core.management.base import BaseCommand

from feedback.config.demo.second_factors import demo_code, seconds_left


class Command(BaseCommand):
    """Says what the app of the demo's accounts shows now."""

    help = "Prints the six digits that the second factor of the demo's accounts asks for."

    def handle(self, **options) -> None:
        """Prints them."""
        self.stdout.write(f"{demo_code()}  (changes in {seconds_left()} s)")
