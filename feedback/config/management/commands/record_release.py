import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.migrations.loader import MigrationLoader

PREVIOUS = "deploy/previous-release.json"


class Command(BaseCommand):
    """Writes down that this is what people run from now on, so that the next upgrade is rehearsed from here."""

    help = (
        f"Writes {PREVIOUS}: the version, its commit and the last migration of each room. Run it as the last step of a "
        "release; from then on no migration may break what this version's processes do."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("version")
        parser.add_argument("--commit", required=True, help="The commit that is released, in full.")

    def handle(self, *, version: str, commit: str, **options) -> None:
        """Does it."""
        ours = {file.parent.parent.name for file in Path(settings.BASE_DIR).glob("*/*/migrations/max_migration.txt")}
        leaves = MigrationLoader(None).graph.leaf_nodes()
        last = {app: name for app, name in sorted(leaves) if app in ours}
        written = json.dumps({"version": version, "commit": commit, "migrations": last}, indent=2)
        (settings.BASE_DIR / PREVIOUS).write_text(f"{written}\n")
        self.stdout.write(f"{version} is the release from which the next upgrade is rehearsed.")
