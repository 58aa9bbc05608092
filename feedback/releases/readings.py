"""Which readings of its figures a release has, which are missing, and which were changed since it came back."""

from __future__ import annotations

from collections.abc import Mapping

from feedback.releases.interpretations import Reading
from feedback.releases.models import Release


def questions_to_interpret(release: Release) -> list[str]:
    """The codes of the questions of which a release shows a figure."""
    shown = release.windows.filter(groups__reason="").order_by("question")
    return list(shown.values_list("question", flat=True).distinct())


def readings_of(release: Release, *, before_round: int | None = None) -> dict[str, Reading]:
    """The last reading of each question; or as it stood before a round began."""
    rows = sorted(release.interpretations.all(), key=lambda row: row.round)
    return {row.question: row.reading() for row in rows if before_round is None or row.round < before_round}


def without_a_reading(release: Release) -> list[str]:
    """The questions of which figures are shown and nobody has said what they may mean."""
    written = readings_of(release)
    return [question for question in questions_to_interpret(release) if question not in written]


def round_of(release: Release) -> int:
    """How often the release has been proposed so far."""
    return release.states.filter(status="proposed").count()


def changed_since_proposed(release: Release) -> dict[str, tuple[Reading, Reading]]:
    """What was written otherwise after the release came back: the reading before and now, by question."""
    last = _last_round_a_person_saw(release)
    if last < 1:
        return {}
    before: Mapping[str, Reading] = readings_of(release, before_round=last)
    now = readings_of(release)
    return {q: (before.get(q, Reading()), now[q]) for q in sorted(now) if now[q] != before.get(q, Reading())}


def _last_round_a_person_saw(release: Release) -> int:
    proposed = round_of(release)
    return proposed - 1 if release.status not in {"draft", "returned"} else proposed
