from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.merging_actions import merge_areas
from surveys.frame.models import Area


class Command(BaseCommand):
    """Makes an area part of another, for good."""

    help = (
        "Makes an area part of another, for good: answers that are in no published block yet are counted there from "
        "now on, and what was published stays where it is. Close the waves of the old area first."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("old", metavar="CODE", help="the area that goes into another")
        parser.add_argument("into", metavar="OTHER", help="the area it becomes part of")
        parser.add_argument("--by", required=True, metavar="USER", help="an administrator of all areas")

    def handle(self, *, old: str, into: str, by: str, **options) -> None:
        """Does it, or says why not; how many answers went along is a small number, and is not said."""
        try:
            person = get_user_model().objects.get(username=by, is_active=True)
            areas = [Area.objects.get(code=code) for code in (old, into)]
            sweep()
            merge_areas(*areas, by=person)
        except get_user_model().DoesNotExist as problem:
            raise CommandError(f"There is no account {by!r}. Make one with the command staff.") from problem
        except Area.DoesNotExist as problem:
            raise CommandError(
                f"There is no area {old!r}, or no area {into!r}. The desk lists them under Area."
            ) from problem
        except PermissionDenied as problem:
            raise CommandError(f"Nothing was merged. {problem}") from problem
        except ValidationError as problem:
            raise CommandError(f"Nothing was merged. {' '.join(problem.messages)}") from problem
        self.stdout.write(f"{areas[0].name} is part of {areas[1].name} from today on.")
