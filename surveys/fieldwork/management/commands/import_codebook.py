from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from surveys.fieldwork.codebook import import_codebook
from surveys.frame.tables import BadTable
from surveys.instrument.wording import Audience

CONSOLE = "console"


def console_account():
    """The account that stands for the console of the machine; nobody can sign in with it."""
    account, made = get_user_model().objects.get_or_create(username=CONSOLE, defaults={"is_active": False})
    if made:
        account.set_unusable_password()
        account.save()
    return account


class Command(BaseCommand):
    """Makes a survey that was asked elsewhere known here."""

    help = (
        "Makes questions, a frozen edition and a wave from a codebook with the columns "
        "variable, variable_label, code and value_label. Load the answers with import_responses."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--wave", required=True, metavar="CODE")
        parser.add_argument("--audience", choices=[a.value for a in Audience], default=Audience.AGE_12_17.value)
        parser.add_argument("--create-frame", action="store_true", help="accepted; areas are made by import_responses")

    def handle(self, *, file: Path, wave: str, audience: str, **options) -> None:
        """Does it, and says what was done."""
        try:
            with transaction.atomic():
                made, is_new = import_codebook(file, wave_code=wave, audience=Audience(audience), by=console_account())
        except (BadTable, ValidationError) as problem:
            sentences = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
            raise CommandError("Nothing was made. Put this right and try again:\n" + "\n".join(sentences)) from problem
        questions = len(made.edition.document["items"])
        verb = "is ready" if is_new else "was there already"
        self.stdout.write(
            f"The wave {made.code} with {questions} questions {verb}. Load answers with import_responses."
        )
