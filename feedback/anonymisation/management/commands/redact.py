import json
import sys

from django.core.management.base import BaseCommand, CommandError

from feedback.anonymisation.redaction import ENGLISH, redact, redacted


class Command(BaseCommand):
    """Redacts texts from a file or another program."""

    help = (
        'Reads JSON lines {"text": …} and writes {"text", "redacted", "spans", "needs_a_reader"} for each; stores '
        "nothing. What it writes is a proposal: a person reads it before anybody else does."
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
        found = redact(text, language=language)
        return {
            "text": text,
            "redacted": redacted(text, found.spans),
            "spans": [[span.start, span.end, span.label] for span in found.spans],
            "needs_a_reader": found.needs_a_reader,
        }


def _read(line: bytes) -> tuple[str, str]:
    sent = json.loads(line)
    text, language = sent["text"], sent.get("language", ENGLISH)
    if not isinstance(text, str) or not isinstance(language, str):
        raise TypeError
    # Half of a pair of code points cannot be written anywhere.
    return text.encode("utf-8", "replace").decode(), language
