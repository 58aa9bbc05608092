"""What was erased, in a form that outlives the database, so that going back to a backup brings nothing of it back.

Each room says what it has erased for good as keyed hashes or numbers, and erases it anew where it is there again. The
list is kept apart from backups: the one that belongs to a restore is the newest, not the one of the day of the backup.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from wagtail import hooks

from feedback.privacy.actions import forget_account
from feedback.privacy.staff import forgotten_accounts, still_named

HOOK = "register_erasures"
VERSION = 1
LONGEST_LINE = 1000


class BadList(ValueError):
    """Raised when a list of erasures is not whole; the message says what to do."""


@dataclass(frozen=True)
class Erasures:
    """One kind of what was erased: which ones, and how to erase them anew; `again` says how many were there."""

    kind: str
    known: Callable[[], Iterable[str]]
    again: Callable[[Collection[str]], int]


def all_erasures() -> list[Erasures]:
    """Of every room, in the order of the rooms."""
    return [kind for hook in hooks.get_hooks(HOOK) for kind in hook()]


def written_list() -> Iterator[str]:
    """Lines of JSON; sorted, so that the order says nothing of when, and with an end, so that half of it is seen."""
    yield json.dumps({"earshot": "erasures", "version": VERSION, "made_on": timezone.localdate().isoformat()})
    number = 0
    for kind in all_erasures():
        for one in sorted(set(kind.known())):
            number += 1
            yield json.dumps({"kind": kind.kind, "of": one})
    yield json.dumps({"end": number})


def read_list(lines: Iterable[str]) -> dict[str, set[str]]:
    """What a list names, by kind; BadList if it is none, is newer than this software, or was cut off."""
    first, *rest = [_line(line) for line in lines if line.strip()] or [{}]
    if first.get("earshot") != "erasures":
        raise BadList("This is no list of erasures. Name a file that list_erasures has written.")
    if first.get("version") != VERSION:
        raise BadList("This list was written by a newer version of the software. Install that one first.")
    if not rest or rest[-1].get("end") != len(rest) - 1:
        raise BadList("The end of this list is missing. Take the one before it, and tell whoever copies the lists.")
    found: dict[str, set[str]] = defaultdict(set)
    for one in rest[:-1]:
        found[str(one.get("kind"))].add(str(one.get("of")))
    return dict(found)


def _line(written: str) -> dict:
    try:
        read = json.loads(written) if len(written) <= LONGEST_LINE else None
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise BadList("A line of this list cannot be read. Take the list before it.")
    return read


def erase_again(named: dict[str, set[str]]) -> dict[str, int]:
    """Erases anew what the list names and the database holds, and says how many of each kind; harmless to run twice."""
    kinds = {kind.kind: kind for kind in all_erasures()}
    if unknown := set(named) - set(kinds):
        raise BadList(f"This software does not know how to erase {', '.join(sorted(unknown))}. Install a newer one.")
    return {name: kind.again(named[name]) for name, kind in kinds.items() if name in named}


def our_erasures() -> list[Erasures]:
    """The accounts that were forgotten."""
    return [Erasures("account", lambda: map(str, forgotten_accounts()), _forget_again)]


def _forget_again(numbers: Collection[str]) -> int:
    accounts = still_named(int(number) for number in numbers if number.isdigit())
    for account in accounts:
        forget_account(account)
    return len(accounts)
