import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from feedback.anonymisation.erasing import erase_area, erase_by_receipt, erase_wave
from feedback.privacy.actions import forget_account
from feedback.privacy.files import settle_files
from feedback.privacy.staff import account_named
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.responses.receipts import LONGEST_TYPED


class Command(BaseCommand):
    """Erases what somebody is to be forgotten by, in every table."""

    help = (
        "Erases one response (--receipt WAVE, with the five words on standard input, so that no list of commands keeps "
        "them), the name of a member of staff who has left (--account USER), or everything that was answered in a "
        "wave or area of a fictional demo (--wave CODE, --area CODE). It cannot be undone."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--receipt", metavar="WAVE", help="the wave's code; the words come on standard input")
        what.add_argument("--account", metavar="USER")
        what.add_argument("--wave", metavar="CODE")
        what.add_argument("--area", metavar="CODE")

    def handle(self, *, receipt: str, account: str, wave: str, area: str, **options) -> None:
        """Does it, and says what is gone."""
        try:
            said = self._erase(receipt, account, wave, area)
        except ValidationError as problem:
            raise CommandError(f"Nothing was erased. {' '.join(problem.messages)}") from problem
        settle_files()
        self.stdout.write(said)

    def _erase(self, receipt: str, account: str, wave: str, area: str) -> str:
        if receipt:
            return _one_response(receipt)
        if account:
            forget_account(account_named(account))
            return "The account has no name any more, and nobody can sign in with it. What it did stays in the log."
        erased = erase_wave(_found(Wave, wave)) if wave else erase_area(_found(Area, area))
        return f"{erased} response{'' if erased == 1 else 's'} erased, with all that was made of them."


def _one_response(wave: str) -> str:
    found = _found(Wave, wave)
    if sys.stdin.isatty():
        sys.stderr.write("The five words, and Enter: ")
    if not erase_by_receipt(sys.stdin.readline(LONGEST_TYPED), wave=found):
        raise ValidationError(f"These words lead to no response of {wave}. Look at how they are written.")
    return "The response is gone, with all that was made of it, but figures that are published."


def _found(model, code: str):
    found = model.objects.filter(code=code).first()
    if found is None:
        raise ValidationError(f"There is no {model._meta.verbose_name} {code!r}.")
    return found
