"""How far the translation of one text is, and what changed in the English since."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# What a text may hold that a program fills in, so that it must stand in every language.
PLACEHOLDER = re.compile(r"\$\{[^}]*\}|%\(\w+\)[sd]|%[sd]|\{\w*\}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class State(StrEnum):
    """How far a text is in a language."""

    NOT_BEGUN = "not begun"
    DRAFTED = "drafted"
    CHECKED = "checked"
    CHANGED = "source changed since"


@dataclass(frozen=True)
class Made:
    """What a translation was made of: the English then, the words it became, and whether somebody checked them."""

    english: str
    words: str
    is_checked: bool


def state_of(english: str, words: str, made: Made | None, *, all_checked: bool = False) -> State:
    """How far a text is now.

    `made` is what is known of its making, None where nobody noted it; then `all_checked`, what is said of the whole
    survey in this language, decides.
    """
    if not words:
        return State.NOT_BEGUN
    if made is None:
        return State.CHECKED if all_checked else State.DRAFTED
    if made.english != english:
        return State.CHANGED
    return State.CHECKED if made.is_checked and made.words == words else State.DRAFTED


@dataclass(frozen=True)
class Part:
    """Some words of a text: the same in both versions, only in the older one, or only in the newer one."""

    words: str
    was: bool = True
    is_now: bool = True


def changes(before: str, now: str) -> tuple[Part, ...]:
    """The words of two versions of a text side by side, what was taken out before what was put in."""
    older, newer = before.split(), now.split()
    return tuple(_parts(older, newer))


def _parts(older: list[str], newer: list[str]) -> Iterator[Part]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part(" ".join(older[a:b]))
            continue
        if a < b:
            yield Part(" ".join(older[a:b]), is_now=False)
        if c < d:
            yield Part(" ".join(newer[c:d]), was=False)


def cannot_stand(english: str, words: str, longest: int) -> str:
    """Why these words cannot be the translation of an English text, in a sentence; nothing if they can."""
    if _CONTROL.search(words):
        return "It holds signs that cannot be shown. Type it again."
    if len(words) > longest:
        return f"It has {len(words)} letters; {longest} are the most."
    wanted, found = (sorted(PLACEHOLDER.findall(text)) for text in (english, words))
    if wanted != found:
        return f"It must have the same {{…}} in it as the English: {', '.join(wanted) or 'none'}."
    return ""
