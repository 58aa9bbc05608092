"""What a promise can answer: questions of the last releases of an area, as anybody can read them."""

from __future__ import annotations

from feedback.releases.models import Release
from feedback.releases.readings import questions_to_interpret
from feedback.releases.service_information import in_words, wordings_of
from surveys.frame.models import Area

RELEASES = 2


def citable(area: Area) -> list[tuple[str, str]]:
    """Each release and question as one choice, with its words: the newest release first."""
    found = []
    for release in Release.objects.published().filter(area=area).order_by("-quarter")[:RELEASES]:
        said, period = wordings_of(release).questions, in_words(release.quarter)
        found += [
            (f"{release.code} {question}", f"{said.get(question, question)} ({period})")
            for question in questions_to_interpret(release)
        ]
    return found


def cited(area: Area, chosen: str) -> tuple[Release | None, str]:
    """The release and question of a choice; nothing of one that is not there any more."""
    code, _, question = chosen.partition(" ")
    release = Release.objects.filter(area=area, code=code).first() if chosen else None
    return release, question if release else ""
