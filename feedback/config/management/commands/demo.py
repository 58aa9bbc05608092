from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from feedback.config.demo.loading import PASSWORD, load_demo, usernames
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed


class Command(BaseCommand):
    """Loads the demo content; harmless to run twice."""

    help = "Loads two invented areas with surveys, answers and releases, once; says where to go and who to sign in as."

    def handle(self, **options) -> None:
        """Does it, and prints the addresses."""
        if not settings.DEBUG:
            raise CommandError("The demo's password is published, so it is loaded with the development settings only.")
        try:
            is_new = load_demo()
        except NotAllowed as problem:
            raise CommandError(f"Nothing was loaded. {' '.join(problem.messages)}") from problem
        self.stdout.write("The demo is loaded." if is_new else "The demo was loaded before; its data is kept.")
        address = settings.WAGTAILADMIN_BASE_URL
        self.stdout.write(f"\n  Home page   {address}/\n  The desk    {address}/desk/\n  Type a code {address}/a/\n")
        for wave in Wave.objects.in_the_field().order_by("code"):
            self.stdout.write(f"  Survey      {address}/a/{wave.code}/")
        names = ", ".join(usernames())
        self.stdout.write(f"\n  Sign in at the desk as one of: {names}\n  with the password: {PASSWORD}\n")
