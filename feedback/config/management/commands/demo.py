from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from feedback.config.demo.before_and_after import CARD_OF_A_CHILD, CARD_OF_A_MOTHER
from feedback.config.demo.loading import AREAS, PASSWORD, usernames
from feedback.config.demo.locker import words_on_the_card
from feedback.config.demo.second_factors import demo_code, demo_key, seconds_left, set_up_missing_apps
from feedback.config.demo.trying import load_demo
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
        set_up_missing_apps(usernames())
        self.stdout.write("The demo is loaded." if is_new else "The demo was loaded before; its data is kept.")
        address = settings.WAGTAILADMIN_BASE_URL
        self.stdout.write(f"\n  Home page   {address}/\n  The desk    {address}/desk/\n  Type a code {address}/a/\n")
        for wave in Wave.objects.in_the_field().order_by("code"):
            self.stdout.write(f"  Survey      {address}/a/{wave.code}/")
        self.stdout.write(f"  Family card {words_on_the_card(AREAS[0][0])}")
        self.stdout.write(
            f"  Before and after: type {CARD_OF_A_MOTHER} (a parent) or {CARD_OF_A_CHILD} (a child of 8 to 11)"
        )
        self.stdout.write("\n  Sign in at the desk as one of:")
        for name in usernames():
            self.stdout.write(f"    {name}")
        self.stdout.write(
            f"  Password       {PASSWORD}\n"
            f"  Second factor  {demo_code()} for the next {seconds_left()} s; then ask for another with: make code\n"
            f"                 (or type the key {demo_key()} into an authenticator app)\n"
        )
