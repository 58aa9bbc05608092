"""Words of children in what is promised: only what was released, and only as long as nobody recalls it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedback.releases.models import Release
from feedback.releases.once import one_reading
from feedback.releases.quoting import quotes_of
from surveys.frame.models import Area

# A few words in quotation marks are a name or an idiom; more are somebody's words.
FEWEST_QUOTED = 4
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")


def quoted_in(text: str) -> list[str]:
    """What stands in quotation marks as somebody's words."""
    return [found for found in _QUOTED.findall(text) if len(found.split()) >= FEWEST_QUOTED]


def not_released(text: str, released: Iterable[str]) -> str:
    """What is quoted in a text and in none of these; blank if all of it is."""
    wanted = quoted_in(text)
    known = [_plain(one) for one in released] if wanted else []
    return next((found for found in wanted if not any(_plain(found) in one for one in known)), "")


def released_words(area: Area) -> list[str]:
    """The words of children that anybody can read now in what an area published."""
    releases = Release.objects.published().filter(area=area, quotes__isnull=False).distinct().select_related("area")
    with one_reading():
        told = [quotes_of(release) for release in releases.prefetch_related("quotes")]
    return [one.words for quotes in told for one in quotes.shown if not one.is_drawing]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
