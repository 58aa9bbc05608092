from django.core.management.base import BaseCommand

from cms.pages.planting import make_missing_pages


class Command(BaseCommand):
    """Makes the public pages that are missing: the front door of all areas, and a home page for each area."""

    help = (
        "Makes the public pages that are missing: the front door of all areas, and for each area a home page, its "
        "results and what happens to an answer, published. What is there stays as it is; a second run does nothing. "
        "tick does it too."
    )

    def handle(self, *, verbosity: int, **options) -> None:
        """Makes them, and says which; `tick` does not say that there was nothing to do."""
        new = make_missing_pages()
        for home in new:
            self.stdout.write(f"New: {home.title}.")
        if not new and verbosity:
            self.stdout.write("No page is missing.")
