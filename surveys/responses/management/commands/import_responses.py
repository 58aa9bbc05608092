from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from surveys.fieldwork.models import Wave
from surveys.frame.tables import BadTable
from surveys.responses.imports import Mapped, import_responses


class Command(BaseCommand):
    """Loads answers given elsewhere into a wave."""

    help = (
        "Loads respondent-level answers into a wave. Columns: row_id, area, service, stage, audience, month (2026-09), "
        "helper if it is known, and one per question code; several options of one question are separated by ;. "
        "Loads every row or none."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--wave", required=True, metavar="CODE")
        parser.add_argument("--create-frame", action="store_true", help="make areas, services and stages not there yet")
        parser.add_argument("--map", type=Path, metavar="FILE.json", help="how the file's columns are named here")
        parser.add_argument("--dry-run", action="store_true", help="check everything and store nothing")

    def handle(self, *, file: Path, wave: str, create_frame: bool, map: Path | None, dry_run: bool, **options) -> None:
        """Does it, and says what was done."""
        try:
            done = import_responses(
                file,
                wave=Wave.objects.select_related("edition").get(code=wave),
                mapped=Mapped.read(map) if map else None,
                create_frame=create_frame,
                dry_run=dry_run,
            )
        except Wave.DoesNotExist as problem:
            raise CommandError(f"There is no wave {wave!r}. Make one with import_codebook or at the desk.") from problem
        except BadTable as problem:
            raise CommandError(f"Nothing was loaded. Put this right and try again:\n{problem}") from problem
        would = "would be " if dry_run else ""
        self.stdout.write(f"{done.accepted} {would}accepted, 0 rejected, {done.already_present} already present.")
        if done.differing:
            self.stdout.write(f"{done.differing} of them differ from what was loaded before and were left as they are.")
