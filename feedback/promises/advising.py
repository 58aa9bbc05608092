"""What the linter says of words that children will read: advice, which nobody has to follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.promises.models import EVERYBODY
from feedback.promises.policies import NAMES
from surveys.instrument.items import Item, Kind
from surveys.instrument.linter import lint
from surveys.instrument.linter_rules import Severity
from surveys.instrument.wording import Audience

ENGLISH = "en"


@dataclass(frozen=True)
class Advice:
    """Something in the words for one audience that could be said more plainly."""

    audience: str
    what: str
    suggestion: str


def advice_on(texts: Iterable[tuple[str, str, str]]) -> list[Advice]:
    """What could be plainer in these texts, each with its audience and language; only English is read."""
    return [found for audience, language, text in texts if language == ENGLISH for found in _on(audience, text)]


def _on(audience: str, text: str) -> list[Advice]:
    if audience == EVERYBODY or not text.strip():
        return []
    told = Item(code="promise", kind=Kind.INFORMATION, texts={ENGLISH: text}, ways_out=())
    findings = lint(told, Audience(audience), Severity.SHOULD)
    return [Advice(NAMES[audience], finding.what, finding.suggestion) for finding in findings]
