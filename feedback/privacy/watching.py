"""How the installation is doing, in numbers and in words: each room says what of it should be looked at.

What is counted of children and families is only what had come before today, added up over all areas. A number that is
asked for every few seconds would otherwise tell at what moment somebody sent something, which nothing here keeps.
"""

from __future__ import annotations

from dataclasses import dataclass

from wagtail import hooks

HOOK = "register_watched"


@dataclass(frozen=True)
class Watched:
    """One thing that is watched: what it is, how it stands, and what is wrong with it if anything is."""

    # A name for programs, which never changes.
    code: str
    # A sentence for the administrator.
    says: str
    # Nothing where there is no number yet.
    value: float | None
    # What to do about it, in words that may stand in an e-mail; empty if it is in order.
    trouble: str = ""
    # What to do, where how it stands is read beside it: so that a page says nothing twice.
    to_do: str = ""
    # A child may be waiting for a person: this is told of before any program.
    is_about_children: bool = False


def everything_watched() -> list[Watched]:
    """What every room says, in the order of the rooms; where a child may be waiting comes first."""
    found = [watched for hook in hooks.get_hooks(HOOK) for watched in hook()]
    return sorted(found, key=lambda one: not one.is_about_children)
