import json

from django.core.management.base import BaseCommand

from feedback.releases.models import Release


class Command(BaseCommand):
    """Lists every release."""

    help = "Lists every release: id, period, areas, state."

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, json: bool, **options) -> None:
        """Prints the list."""
        releases = [
            _described(release) for release in Release.objects.select_related("area").order_by("quarter", "code")
        ]
        if json:
            self.stdout.write(_as_json(releases))
            return
        for release in releases:
            self.stdout.write(
                f"{release['id']}  {release['period']}  {', '.join(release['areas'])}  {release['state']}"
            )


def _as_json(releases: list[dict]) -> str:
    return json.dumps(releases, indent=2)


def _described(release: Release) -> dict:
    return {
        "id": release.code,
        "period": release.quarter,
        "areas": [release.area.code] if release.area else ["all"],
        "state": release.status,
    }
