from django.core.management.base import BaseCommand, CommandError

from cms.pages.models import HomePage
from cms.pages.starting_decks import load_starting_decks


class Command(BaseCommand):
    """Puts eight decks of cards for talking with a child on the pages of an area that has none."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """Which areas."""
        parser.add_argument("--area", help="only this one, by its code")

    def handle(self, *args, area: str | None = None, **options) -> None:
        """Loads them, and says where."""
        homes = HomePage.objects.exclude(area=None).select_related("area").order_by("path")
        homes = homes.filter(area__code=area) if area else homes
        if not homes:
            raise CommandError("No area with this code has pages. manage.py make_pages makes them.")
        for home in homes:
            is_new = load_starting_decks(home) is not None
            self.stdout.write(f"{home.area}: {'eight decks' if is_new else 'has decks already; nothing was changed'}.")
