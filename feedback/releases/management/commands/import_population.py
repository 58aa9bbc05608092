from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from feedback.releases.measure import FrameworkTheme
from feedback.releases.population_imports import COLUMNS, import_population
from surveys.frame.tables import BadTable


class Command(BaseCommand):
    """Brings in counts and outcomes of the population, with source and date."""

    help = (
        f"Loads population figures from a CSV file with the columns {', '.join(COLUMNS)}; only note can be left out. "
        "The area is a code, a GSS code or a name, or all for all areas together; the theme is one of "
        f"{', '.join(FrameworkTheme.values)}; the kind is count or outcome; the value is a number, or c, x or z where "
        "the source gives none. Every line is loaded, or none."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *, file: Path, **options) -> None:
        """Does it, and says what was done."""
        try:
            loaded = import_population(file)
        except BadTable as problem:
            raise CommandError(f"Nothing was loaded. Put this right and try again:\n{problem}") from problem
        self.stdout.write(f"{loaded.new} new, {loaded.changed} put right.")
