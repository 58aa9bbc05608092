import json
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from feedback.anonymisation.actions import sweep
from feedback.disclosure.blocks import BadQuarter, Quarter
from feedback.releases.actions import release_through
from feedback.releases.interpretations import LABELS, Reading
from feedback.releases.models import Release
from surveys.frame.models import Area


class Command(BaseCommand):
    """Closes what may close, protects, checks and publishes it."""

    help = (
        "Closes every quarter up to this one that is still open, protects what may be shown and publishes it. "
        "The two people must differ, and both must be allowed to."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--quarter", required=True, metavar="2026Q3")
        parser.add_argument("--area", metavar="CODE", help="this area only; without it every area, and all together")
        parser.add_argument("--proposed-by", required=True, metavar="USER")
        parser.add_argument("--approved-by", required=True, metavar="OTHER")
        parser.add_argument(
            "--interpretations",
            type=Path,
            metavar="FILE.json",
            help=f"what figures may mean: for the code of a question, texts named {', '.join(LABELS)}; without it, "
            "and of questions it leaves out, it is published that nobody has interpreted them yet",
        )

    def handle(
        self,
        *,
        quarter: str,
        area: str | None,
        proposed_by: str,
        approved_by: str,
        interpretations: Path | None = None,
        **options,
    ) -> None:
        """Does it, and says what was published."""
        readings = _read(interpretations) if interpretations else {}
        proposer, approver = self._person(proposed_by), self._person(approved_by)
        if proposer == approver:
            raise CommandError("The same person cannot propose and approve. Name somebody else with --approved-by.")
        try:
            until = Quarter.parse(quarter)
            chosen = Area.objects.get(code=area) if area else None
            sweep()
            done = release_through(until, area=chosen, proposed_by=proposer, approved_by=approver, readings=readings)
        except Area.DoesNotExist as problem:
            raise CommandError(
                f"There is no area {area!r}. See list_releases --json, or load it with import_areas."
            ) from problem
        except (BadQuarter, PermissionDenied) as problem:
            raise CommandError(f"Nothing was released. {problem}") from problem
        except ValidationError as problem:
            raise CommandError(f"Nothing was released. {' '.join(problem.messages)}") from problem
        self._say(done, until)

    def _person(self, username: str):
        try:
            return get_user_model().objects.get(username=username, is_active=True)
        except get_user_model().DoesNotExist as problem:
            raise CommandError(f"There is no account {username!r}. Make one with the command staff.") from problem

    def _say(self, done: list[Release], until: Quarter) -> None:
        if not done:
            self.stdout.write(f"Nothing new can be shown up to {until}; answers stay in the open window.")
        for release in done:
            self.stdout.write(f"Published {release.code}")


def _read(file: Path) -> dict[str, Reading]:
    """What a file says that figures may mean, by question."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {question: Reading(**{name: str(texts[name]) for name in LABELS}) for question, texts in found.items()}
    except OSError as problem:
        raise CommandError(f"Nothing was released. {file}: {problem.strerror}.") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CommandError(
            f"Nothing was released. {file} must hold, for the code of each question, the texts {', '.join(LABELS)}."
        ) from problem
