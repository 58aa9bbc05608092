"""Themes as everybody reads them: a name, a sentence, and the quotes of a release that are about it; never a count.

How many wrote about a theme would be one more look at every answer, and the eight that the noise carries are spent.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from feedback.anonymisation.theming import confirmed_themes
from feedback.releases.models import Release
from feedback.releases.quoting import Quotes, ShownQuote


@dataclass(frozen=True)
class ToldTheme:
    """One theme with the quotes that are about it."""

    key: uuid.UUID
    name: str
    description: str
    quotes: tuple[ShownQuote, ...]


def told_themes(release: Release, quotes: Quotes) -> list[ToldTheme]:
    """The confirmed themes of a release's area of which the release has a quote that is shown."""
    if release.area is None or not quotes.shown:
        return []
    shown = {one.key: one for one in quotes.shown}
    marks = dict(release.quotes.filter(pk__in=shown).values_list("mark", "pk"))
    found = []
    for theme in confirmed_themes(release.area):
        keys = {marks[mark] for mark in theme.marks if mark in marks}
        about_it = tuple(one for one in quotes.shown if one.key in keys)
        if about_it:
            found.append(ToldTheme(theme.key, theme.name, theme.description, about_it))
    return found
