"""Whether words that staff add to a promise say more than it does.

Our own words about the promise are always shown, before these. So these can only add; what they must not do is to
contradict. It reads English only, by patterns, and so errs on the side of refusing; in other languages what is counted
is found, and the rest is for whoever checks the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from surveys.instrument.items import Item, Kind
from surveys.instrument.linter import lint
from surveys.instrument.linter_rules import Severity
from surveys.instrument.promises import LONGEST_ADDED
from surveys.instrument.wording import LANGUAGES, Audience

# Said by people who mean well, and true of no promise: somebody who is not safe may be found, what is published stays,
# and nobody can say what will be done.
_NOT = r"(?:won[\'’]?t|will not|can ?not|can[\'’]?t|don[\'’]?t|do not|shan[\'’]?t)"
TOO_MUCH = (
    r"\b(?:secret(?:s|ly)?|confidential(?:ly|ity)?|anonymous(?:ly)?|private(?:ly)?|untraceable)\b",
    r"\b(?:always|never|ever|100 ?%|completely|totally|absolutely|guarantee\w*|for ?ever|whatever happens)\b",
    r"\b(?:nobody|no one|no-one|none of us|not anyone)\b.{0,40}\b(?:know|see|find|read|tell|told|trace|look|can)",
    rf"\b{_NOT}\b.{{0,30}}\b(?:tell|know|find|pass|share|trace|look|open|use|read|show)",
    r"\b(?:ignore|forget|not true|does not apply|doesn[\'’]?t apply|above|instead)\b",
    r"\b(?:promises?|safe with us|between us|just us|only us|trust us)\b",
    r"\b(?:straight away|at once|immediately|right now|today)\b",
    r"\b(?:will|can|going to|we[\'’]?ll) (?:come|help|rescue|save|protect|stop|keep you safe)\b",
)
_TOO_MUCH = re.compile("|".join(TOO_MUCH), re.IGNORECASE | re.DOTALL)


def added_problems(added: str, audience: Audience, language: str = "en") -> Iterator[str]:
    """What is wrong with words that are added to a promise, in sentences; nothing if they may stand there."""
    if len(added) > LONGEST_ADDED:
        yield (
            f"What you add to the promise has {len(added)} letters in {LANGUAGES[language]}. "
            f"At most {LONGEST_ADDED} fit."
        )
    if language != "en":
        return
    if found := _TOO_MUCH.search(" ".join(added.split())):
        yield (
            f"“{found[0]}” says more about the promise than can be kept, or less than must be said. "
            "Our own words about it stay as they are; add only what does not change them."
        )
    asked = Item(code="promise", kind=Kind.INFORMATION, texts={"en": added}, ways_out=())
    for finding in lint(asked, audience, Severity.SHOULD):
        yield f"What you add to the promise: {finding.what} {finding.suggestion}"
