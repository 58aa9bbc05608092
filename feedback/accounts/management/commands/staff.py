from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from feedback.accounts.actions import give_role
from feedback.accounts.invitations import invitation_link
from feedback.accounts.roles import Role
from surveys.frame.models import Area


class Command(BaseCommand):
    """Makes or changes a staff account."""

    help = "Makes a staff account, or gives it another role, and prints the link with which a password is chosen."

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("user", metavar="USER")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--area", metavar="CODE", help="without it the role is held for all areas")

    def handle(self, *, user: str, role: str, area: str | None, **options) -> None:
        """Does it, and prints the link."""
        found = Area.objects.filter(code=area).first() if area else None
        if area and found is None:
            raise CommandError(f"There is no area {area!r}. Load it with import_areas.")
        try:
            account = give_role(user, role=Role(role), area=found)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(
            f"{account.username} is {Role(role).label.lower()} {f'in {found}' if found else 'everywhere'}."
        )
        self.stdout.write(f"Choose a password, and then set up a second factor, at {invitation_link(account)}")
