from argparse import ArgumentParser
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from surveys.design.incoming import Settled, reused_note
from surveys.design.models import CareCouncil
from surveys.design.xlsform_actions import look_at_file, store_design
from surveys.frame.models import Area
from surveys.instrument.wording import Audience
from surveys.instrument.xlsform import BadXlsform


class Command(BaseCommand):
    """Makes a draft survey, and drafts of its questions, out of an XLSForm."""

    help = (
        "Makes a draft survey out of an XLSForm (.xlsx, .xls, .csv, .md). Lists first, item by item, what has no equal "
        "here; with --dry-run it only lists. A file that export_xlsform wrote comes back as it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the command."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--audience", choices=[a.value for a in Audience], default=Audience.AGE_12_17.value)
        parser.add_argument("--area", metavar="CODE", help="whose care council owns it; needed if there are several")
        parser.add_argument("--by", metavar="USER", help="who does it, with the rights of their roles")
        parser.add_argument("--prefix", default="", help="for codes that another question of the bank has already")
        parser.add_argument("--dry-run", action="store_true", help="list everything and store nothing")

    def handle(self, *, file: Path, audience: str, area: str, by: str, prefix: str, dry_run: bool, **options) -> None:
        """Does it, and says what was done."""
        person = self._person(by)
        try:
            settled = look_at_file(file, audience=Audience(audience), prefix=prefix, by=person)
            self._list(settled)
            if dry_run:
                self.stdout.write("Nothing was stored.")
                return
            survey = store_design(settled, area=self._area(area), by=person)
        except BadXlsform as problem:
            raise CommandError(f"Nothing was stored. Put this right and try again:\n{problem}") from problem
        except ValidationError as problem:
            raise CommandError("Nothing was stored. " + " ".join(problem.messages)) from problem
        except PermissionDenied as problem:
            raise CommandError(f"Nothing was stored. {problem}") from problem
        self.stdout.write(f"The draft survey {survey.slug} ({survey.pk}) is ready. Look at it under Surveys.")

    def _list(self, settled: Settled) -> None:
        for loss in settled.losses:
            self.stdout.write(str(loss))
        many = len(settled.losses)
        self.stdout.write(
            f"{len(settled.instrument.items)} items; {many} thing{'' if many == 1 else 's'} of the form "
            f"{'is' if many == 1 else 'are'} not kept as {'it was' if many == 1 else 'they were'}."
        )
        if settled.reused:
            self.stdout.write(reused_note(settled))

    def _person(self, username: str | None):
        if not username:
            return None
        person = get_user_model().objects.filter(username=username, is_active=True).first()
        if person is None:
            raise CommandError(f"There is no account {username!r}.")
        return person

    def _area(self, code: str | None) -> Area:
        areas = list(Area.objects.filter(pk__in=CareCouncil.objects.values("area")))
        found = [area for area in areas if code in {None, area.code}]
        if len(found) != 1:
            codes = ", ".join(sorted(area.code for area in areas)) or "none"
            raise CommandError(f"Nothing was stored. Name an area that has a care council with --area: {codes}.")
        return found[0]
