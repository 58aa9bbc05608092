"""The lists of words that an installation adds to redaction: where they stand, and how a word comes onto one."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from feedback.anonymisation.redaction_text import readable

# What is looked for as a name, a place or a school; and what is an everyday word although the rules do not know it.
KINDS = ("names", "places", "schools", "ordinary")
SHORTEST = 2


class NoFolder(ValueError):
    """Raised where an installation has said no place for its lists; the message says what to do."""


def folder() -> Path:
    """Where the lists of this installation stand."""
    named = os.environ.get("EARSHOT_REDACTION_LISTS")
    if not named:
        raise NoFolder("EARSHOT_REDACTION_LISTS names no folder. Set it, for commands and for the site.")
    return Path(named)


def plain(word: str) -> str:
    """As the rules compare words: small letters, no accents, one blank between two words."""
    spelt = readable(word.replace("-", " ").replace(".", "")).text
    return " ".join(spelt.lower().replace("'", "").split())


def add_words(kind: str, words: Iterable[str]) -> int:
    """Puts words onto a list of this installation, the whole list or nothing; says how many were not on it."""
    target = folder() / f"{kind}.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent):
        kept = set(target.read_text(encoding="utf-8").split("\n")) - {""} if target.exists() else set()
        added = set(words) - kept
        half = target.with_suffix(".half")
        half.write_text("\n".join(sorted(kept | added)) + "\n", encoding="utf-8")
        half.replace(target)
    return len(added)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Two who add at the same time wait for each other, so that neither loses the other's words."""
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
