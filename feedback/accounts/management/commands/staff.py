from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from feedback.accounts.actions import give_role
from feedback.accounts.models import User
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
        self.stdout.write(f"Choose a password at {_link(account)}")


def _link(account: User) -> str:
    user_id = urlsafe_base64_encode(force_bytes(account.pk))
    address = reverse(
        "wagtailadmin_password_reset_confirm", args=[user_id, default_token_generator.make_token(account)]
    )
    return f"{settings.WAGTAILADMIN_BASE_URL}{address}"
