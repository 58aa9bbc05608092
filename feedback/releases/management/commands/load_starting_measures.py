from django.core.management.base import BaseCommand, CommandError

from feedback.releases.starting_measures import load_starting_measures
from surveys.frame.models import Area


class Command(BaseCommand):
    """Puts in measures to begin with."""

    help = (
        "Puts our own measures into every area and into all areas together, as far as the questions they read are in "
        "the bank or in a survey. Each is put in once: what people made of it since is never touched."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--area", help="the code of one area; without it, every area and all together")

    def handle(self, *, area: str | None = None, **options) -> None:
        """Does it, and says what was done."""
        areas: list[Area | None] = [*Area.objects.filter(merged_into=None), None]
        if area:
            areas = list(Area.objects.filter(code=area))
            if not areas:
                raise CommandError(f"There is no area with the code {area}.")
        made = sum(load_starting_measures(one) for one in areas)
        self.stdout.write(f"New: {made} measures.")
        if areas == [None]:
            self.stdout.write(
                "There is no area yet, so these are of all areas together: run it again once there is one."
            )
