from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from feedback.accounts.models import User
from feedback.safeguarding.rota_actions import Turn, plan_duty
from surveys.frame.models import Area


class Command(BaseCommand):
    """Puts somebody on duty, as the desk does."""

    help = "Puts a safeguarding lead on duty in an area, from a day to a day, with a deputy and a manager behind."

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("area", metavar="AREA")
        parser.add_argument("lead", metavar="USER")
        parser.add_argument("starts_on", type=date.fromisoformat, metavar="FIRST-DAY")
        parser.add_argument("ends_on", type=date.fromisoformat, metavar="LAST-DAY")
        parser.add_argument("--deputy", metavar="USER")
        parser.add_argument("--manager", metavar="USER")
        parser.add_argument("--by", required=True, metavar="USER", help="who plans: a safeguarding lead of the area")

    def handle(self, *, area: str, starts_on: date, ends_on: date, by: str, **named) -> None:
        """Does it, and says so."""
        found = Area.objects.filter(code=area).first()
        if found is None:
            raise CommandError(f"There is no area {area}.")
        people = {place: _person(named[place]) for place in ("lead", "deputy", "manager") if named[place]}
        try:
            duty = plan_duty(found, Turn(starts_on=starts_on, ends_on=ends_on, **people), by=_person(by))
        except (ValidationError, PermissionDenied) as problem:
            said = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
            raise CommandError(f"Nothing was planned. {said}") from problem
        self.stdout.write(f"{duty.lead} is on duty in {found.name} from {starts_on} to {ends_on}.")


def _person(username: str) -> User:
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"There is nobody called {username}.")
    return person
