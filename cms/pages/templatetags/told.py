"""What was said, for any page that shows a release: one line in its template."""

from __future__ import annotations

from typing import Any

from django import template

from feedback.releases.models import Release
from feedback.releases.quoting import quotes_of
from feedback.releases.told_themes import told_themes

register = template.Library()


@register.inclusion_tag("pages/quotes.html")
def in_their_own_words(release: Release) -> dict[str, Any]:
    """The quotes of a published release; of another, none."""
    is_published = release.status == Release.Status.PUBLISHED
    if not is_published:
        return {"quotes": None}
    quotes = quotes_of(release)
    themes = told_themes(release, quotes)
    under = {quote.key for theme in themes for quote in theme.quotes}
    return {"quotes": quotes, "themes": themes, "others": [one for one in quotes.shown if one.key not in under]}
