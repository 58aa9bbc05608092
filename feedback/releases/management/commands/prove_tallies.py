from django.core.management.base import BaseCommand, CommandError

from feedback.anonymisation.recoding import is_something_not_counted
from feedback.releases.proving import prove
from feedback.releases.tabulation import Plans
from surveys.frame.models import Area
from surveys.frame.tables import with_progress


class Command(BaseCommand):
    """Proves that what was counted is what the vault holds."""

    help = (
        "Codes every response anew that is still in the vault, adds them up and compares the sums, bit for bit, with "
        "those that figures are made of: frozen where a block has closed, counted where it has not. Changes nothing "
        "and prints no number: only the area, quarter and question where they differ. Exits with 1 if any do."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--area", metavar="CODE", help="this area only; without it every area")

    def handle(self, *, area: str | None, **options) -> None:
        """Does it, area by area."""
        areas = list(Area.objects.filter(code=area) if area else Area.objects.order_by("pk"))
        if area and not areas:
            raise CommandError(f"There is no area {area!r}. Areas are loaded with import_areas.")
        plans = Plans()
        # Each area is said, so that none is proved only as far as the first that is not.
        wrong = [one.code for one in with_progress(areas, "Proving") if not self._holds(one, plans)]
        if wrong:
            raise CommandError(
                f"What was counted is not what the vault holds: {', '.join(wrong)}. Publish nothing of these until it "
                "is known why. See “When tallies differ” in docs/how-to/administrator.md."
            )

    def _holds(self, area: Area, plans: Plans) -> bool:
        proofs = prove(area, plans)
        for proof in proofs:
            self.stdout.write(f"{area.code} {proof.quarter}: {' '.join(proof.in_words())}")
        if is_something_not_counted(area):
            self.stdout.write(f"{area.code}: A response is said to be coded and is COUNTED NOWHERE.")
            return False
        return all(proof.holds for proof in proofs)
