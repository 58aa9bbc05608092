"""The words of a question as plain values, so that two states of it can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from surveys.instrument.document import digest

# A wording is (text, hint); an option is (code, label, whether it excludes the others, picture).
Words = dict[str, Any]
# Named beside the audiences where something changed.
ANSWERS, WAY = "answers", "way"


def how_it_asks(question: Any) -> Words:
    """How a question asks: by audience its texts, the answers offered, and the way in which it is answered."""
    return words(
        question.kind,
        [(w.audience, w.text, w.hint) for w in question.wordings.all()],
        [(o.audience, o.code, o.label, o.excludes_others, o.picture) for o in question.options.all()],
    )


def words(kind: str, wordings: list[tuple], options: list[tuple]) -> Words:
    """The same out of bare rows, as a form has them."""
    offered: dict[str, list[list]] = {}
    for audience, *option in options:
        offered.setdefault(audience, []).append(option)
    return {"way": str(kind), "texts": {audience: said for audience, *said in wordings}, "answers": offered}


def digest_of(question: Any) -> str:
    """A hash of how a question asks."""
    return digest(how_it_asks(question))


def changed(before: Words, after: Words) -> dict[str, list[str]]:
    """What differs: by audience its text before and after (empty where there is none); answers and the way by name."""
    found = {}
    for audience in sorted({*before["texts"], *after["texts"]}):
        said = [_said(words, audience) for words in (before, after)]
        if said[0] != said[1]:
            found[audience] = said
    if before["answers"] != after["answers"]:
        found[ANSWERS] = [_answers(before), _answers(after)]
    if before["way"] != after["way"]:
        found[WAY] = [before["way"], after["way"]]
    return found


def _said(words: Mapping[str, Any], audience: str) -> str:
    return " / ".join(part for part in words["texts"].get(audience, ()) if part)


def _answers(words: Mapping[str, Any]) -> str:
    return "; ".join(f"{option[1]}" for options in words["answers"].values() for option in options)
