"""What was said, for any page that shows a release: one line in its template."""

from __future__ import annotations

from typing import Any

from django import template

from feedback.releases.models import Release
from feedback.releases.quoting import quotes_of

register = template.Library()


@register.inclusion_tag("pages/quotes.html")
def in_their_own_words(release: Release) -> dict[str, Any]:
    """The quotes of a published release; of another, none."""
    is_published = release.status == Release.Status.PUBLISHED
    return {"quotes": quotes_of(release) if is_published else None}
