import json
import sys

from django.core.management.base import BaseCommand, CommandError

from feedback.safeguarding.screening import screen


class Command(BaseCommand):
    """Screens texts from a file or another program."""

    help = (
        'Reads JSON lines {"text": …} and writes {"signal", "severity", "rules", "screened"} for each; stores nothing.'
    )

    def handle(self, **options) -> None:
        """Answers each line; a line that cannot be read stops it, named by its number and never quoted."""
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if line.strip():
                self.stdout.write(json.dumps(self._answer(line, number), ensure_ascii=False))

    def _answer(self, line: bytes, number: int) -> dict:
        try:
            text, language = _read(line)
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise CommandError(
                f'Line {number} is not JSON like {{"text": "…"}}. Put it right and try again.'
            ) from problem
        found = screen(text, language=language)
        return {
            "signal": found.needs_a_person_first,
            "severity": found.severity,
            "rules": sorted({signal.rule for signal in found.signals}),
            "screened": found.was_screened,
        }


def _read(line: bytes) -> tuple[str, str]:
    sent = json.loads(line)
    text, language = sent["text"], sent.get("language", "en")
    if not isinstance(text, str) or not isinstance(language, str):
        raise TypeError
    return text, language
