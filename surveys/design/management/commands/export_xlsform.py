from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from surveys.design.composition import compose
from surveys.design.frozen import instrument_of
from surveys.design.models import SurveyPage
from surveys.design.xlsform_out import workbook_of
from surveys.instrument.document import BadInstrument, Instrument


class Command(BaseCommand):
    """Writes a survey as an XLSForm."""

    help = (
        "Writes a survey, as it is drafted now or as an edition froze it, as an XLSForm (.xlsx) in all its languages. "
        "import_xlsform reads it back as it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the command."""
        parser.add_argument("survey", metavar="SURVEY", help="its number, or its name in the tree (slug)")
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--edition", type=int, metavar="NUMBER")

    def handle(self, *, survey: str, file: Path, edition: int | None, **options) -> None:
        """Does it, and says what was done."""
        try:
            instrument = self._instrument(self._survey(survey), edition)
            file.write_bytes(workbook_of(instrument))
        except BadInstrument as problem:
            raise CommandError(f"Nothing was written. {problem}") from problem
        except ValidationError as problem:
            raise CommandError("Nothing was written. " + " ".join(problem.messages)) from problem
        except OSError as problem:
            raise CommandError(f"{file} cannot be written: {problem.strerror}.") from problem
        languages = len(instrument.languages)
        self.stdout.write(f"{len(instrument.items)} items in {languages} language{'s' * (languages > 1)} are written.")

    def _survey(self, named: str) -> SurveyPage:
        surveys = SurveyPage.objects.designed()
        found = surveys.filter(pk=int(named)) if named.isascii() and named.isdigit() else surveys.filter(slug=named)
        if len(found) != 1:
            raise CommandError(f"There is no survey {named!r}, or more than one. Give its number.")
        return found[0]

    def _instrument(self, survey: SurveyPage, number: int | None) -> Instrument:
        if number is None:
            return compose(survey.get_latest_revision_as_object())
        edition = survey.editions.filter(number=number).first()
        if edition is None:
            raise CommandError(f"{survey.title} has no edition {number}.")
        return instrument_of(edition.pk)
