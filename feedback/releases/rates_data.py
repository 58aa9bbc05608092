"""Response rates as open data: what the pages say of how many were asked, as a table and as JSON, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from feedback.releases.asked import Asked, asked_of
from feedback.releases.csvw import PER_CENT, Columns, table
from feedback.releases.models import Release
from feedback.releases.response_rates import ResponseRate
from feedback.releases.service_information import VOICES
from surveys.instrument.wording import Voice

ALL = "all"
NAME = "response-rates.csv"
DESCRIPTION = (
    "How many of each voice could be asked, in steps of five, and how many answered, as the pages of a release say it. "
    "Where nobody knows how many were asked, that is what is said."
)
BASES = tuple(basis.value for basis in ResponseRate.Basis if basis.value)
COLUMNS: Columns = {
    "release": ("string", True, "The release this is said of."),
    "area": ("string", True, "The area's code; all for all areas together."),
    "voice": (
        {"base": "string", "format": "|".join(Voice)}, True, "Who speaks. Voices are never added to each other.",
    ),
    "audience": ("string", True, "Which of them; all for everybody of this voice."),
    "period": ("string", False, "The quarters whose answers are meant; blank where nothing is known of them."),
    "is_known": ("boolean", True, "Whether anybody knows how many were asked."),
    "answered": (
        "nonNegativeInteger", False, "How many answered, as the figures print it; blank where the pages leave it out.",
    ),
    "asked": (
        "nonNegativeInteger", False,
        "How many were asked, or a few more, counted in fives; blank if not known or left out.",
    ),
    "basis": (
        {"base": "string", "format": "|".join(BASES)}, False,
        "What the number asked counts: frame for people who could be asked, cards for cards that were made.",
    ),
    "percent": (PER_CENT, False, "At least so many in 100 answered; blank where no share can be given."),
    "is_beyond": ("boolean", True, "Whether more answered than were counted, so that there is no share."),
    "source": ("string", False, "Where the number asked is from."),
    "counted_on": ("date", False, "The day of that count."),
    "in_words": ("string", True, "The sentence on the pages."),
    "meaning": ("string", True, "What the share lets anybody say of the answers."),
}  # fmt: skip
KEY = ["release", "area", "voice", "audience", "period"]


def rates_shown(release: Release) -> list[Asked]:
    """The response rates that pages print; an audience that is the whole of its voice is there once."""
    return [one for one in asked_of(release) if not one.audience or one.who not in VOICES.values()]


def rates_as_json(release: Release) -> list[dict[str, Any]]:
    """Each rate by the names of the columns, without the release and its area."""
    return [_as_json(one) for one in rates_shown(release)]


def _as_json(one: Asked) -> dict[str, Any]:
    # Where the sentence leaves out how many answered, so does this.
    says_answered = one.is_known and (one.asked is not None or one.is_beyond)
    return {
        "voice": one.voice.value,
        "audience": one.audience or ALL,
        "period": one.block or None,
        "is_known": one.is_known,
        "answered": one.answered if says_answered else None,
        "asked": one.asked,
        "basis": one.basis or None,
        "percent": one.percent,
        "is_beyond": one.is_beyond,
        "source": one.source or None,
        "counted_on": one.counted_on and one.counted_on.isoformat(),
        "in_words": one.in_words,
        "meaning": one.meaning,
    }


def rate_rows(release: Release, area: str) -> Iterator[list[object]]:
    """The rows of the table."""
    for one in rates_as_json(release):
        yield [release.code, area, *(_written(value) for value in one.values())]


def _written(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def rates_metadata(release: Release) -> dict[str, Any]:
    """What the columns mean, as CSV on the Web metadata."""
    title = f"Response rates: {release}"
    return table(NAME, title, description=DESCRIPTION, columns=COLUMNS, key=KEY)
