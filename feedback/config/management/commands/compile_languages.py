from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Compiles the catalogues of respondents' languages, without any system package."""

    help = "Compiles locale/*/LC_MESSAGES/django.po, so that the phone speaks every language; harmless to run twice."

    def handle(self, **options) -> None:
        """Does it, all of them or none."""
        catalogues = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
        try:
            read = [(file, polib.pofile(str(file))) for file in catalogues]
        except (OSError, ValueError) as problem:
            raise CommandError(f"Nothing was compiled. A catalogue cannot be read: {problem}") from problem
        for file, catalogue in read:
            catalogue.save_as_mofile(str(file.with_suffix(".mo")))
