from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from surveys.frame.imports import COLUMNS, import_areas
from surveys.frame.tables import BadTable


class Command(BaseCommand):
    """Loads areas, services, journey stages and population counts."""

    help = (
        f"Loads the sampling frame from a CSV file with the columns {', '.join(COLUMNS)}; only area is needed, which "
        "is an area's code, GSS code or name. Also reads the public register of local authorities (gss-code, …)."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *, file: Path, **options) -> None:
        """Does it, and says what was done."""
        try:
            made = import_areas(file)
        except BadTable as problem:
            raise CommandError(f"Nothing was loaded. Put this right and try again:\n{problem}") from problem
        self.stdout.write(
            f"New: {made.areas} areas, {made.services} services, {made.stages} journey stages, {made.strata} counts."
        )
        if made.areas:
            self.stdout.write("A new area has its public pages after the next tick, or at once with make_pages.")
