"""What can be put into a report of one area: what was released of it, and of all areas together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.text import Truncator

from feedback.releases.measures import measures_of
from feedback.releases.models import Release
from feedback.releases.quoting import quotes_of
from feedback.releases.service_information import AUDIENCES, in_words, service_information
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

SEPARATOR, MEASURE = "/", "measure:"
EVERYBODY = [("", "Everybody who was asked")]
GROUPS = [*EVERYBODY, *((audience.value, name) for audience, name in AUDIENCES.items())]
# A year of quarters, and the one before it to compare with.
MOST_RELEASES = 8


def releases_of(area: Area | None) -> list[Release]:
    """What is published of an area and of all areas together, the latest first."""
    own = Q(area=area) | Q(area=None)
    return list(Release.objects.published().filter(own).select_related("area")[: 2 * MOST_RELEASES])


def figures_to_choose(area: Area | None) -> list[tuple[str, object]]:
    """Every figure that is published, release by release."""
    return [(_title(release), list(_figures(release))) for release in releases_of(area)]


def quotes_to_choose(area: Area | None) -> list[tuple[str, object]]:
    """Every quote that anybody may read now, release by release."""
    return [(_title(release), quotes) for release in releases_of(area) if (quotes := list(_quotes(release)))]


def _title(release: Release) -> str:
    return f"{release.area or 'All areas together'}, {in_words(release.quarter)}"


def _figures(release: Release) -> Iterator[tuple[str, str]]:
    known = service_information(release)
    for one in measures_of(release, known):
        if one.is_shown:
            yield f"{release.code}{SEPARATOR}{MEASURE}{one.measure.code}", f"Measure: {one.measure.name}"
    for question in known:
        yield f"{release.code}{SEPARATOR}{question.code}", question.text


def _quotes(release: Release) -> Iterable[tuple[str, str]]:
    for one in quotes_of(release).shown:
        words = "A drawing" if one.is_drawing else Truncator(one.words).chars(90)
        yield str(one.key), f"{words} ({one.audience})" if one.audience else words


def who(audience: str) -> str:
    """The name of the group that a figure is about."""
    return AUDIENCES.get(Audience(audience), audience) if audience in set(Audience) else "Everybody who was asked"
