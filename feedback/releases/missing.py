"""Who is missing from a release, and what was left unsaid: silence is a finding, and never a low figure of anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedback.disclosure.rules import Table
from feedback.releases.around import around
from feedback.releases.asked_questions import AskedQuestion, questions_as_counted
from feedback.releases.measures import NotHeard, Unsaid, unsaid_of
from feedback.releases.models import Release
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.service_information import (
    AUDIENCES,
    REASONS,
    VOICES,
    QuestionInformation,
    service_information,
)
from feedback.releases.stored import cells_of
from surveys.instrument.wording import Audience, Voice, voice_of

NOTHING = "Nothing of them is shown here: nobody was asked, or too few have answered so far."
NOT_CLOSED = "Not shown yet: too few have answered so far to tell groups apart."
YOUNGEST = "4 and 5 year olds"
NEVER_COUNTED = "Somebody talks with them, and nothing they say is counted. Their words and drawings are read."
LINES = (Table.AUDIENCE, Table.STAGE, Table.SERVICE)


@dataclass(frozen=True)
class Silence:
    """Whom of one voice a release does not tell of: by who answered, by step of the journey, and by service."""

    voice: Voice
    name: str
    audiences: tuple[NotHeard, ...]
    stages: tuple[NotHeard, ...]
    services: tuple[NotHeard, ...]

    @property
    def everybody(self) -> tuple[NotHeard, ...]:
        """All of them in one list."""
        return (*self.audiences, *self.stages, *self.services)


@dataclass(frozen=True)
class Missing:
    """Who is not heard in a release, voice by voice, and what those who are heard did not want to say."""

    silences: tuple[Silence, ...]
    unsaid: tuple[Unsaid, ...]


def missing_from(release: Release, known: Sequence[QuestionInformation] | None = None) -> Missing:
    """Who is missing from a release; `known` is its service information, where somebody has read it already."""
    informed = service_information(release) if known is None else known
    unsaid = (unsaid_of(question) for question in informed if question.code not in WHO_WAS_THERE.values())
    return Missing(
        silences=silences_of(release),
        unsaid=tuple(one for one in unsaid if one.rather_not_say and one.rather_not_say.percent),
    )


def silences_of(release: Release) -> tuple[Silence, ...]:
    """Whom of each voice a release does not tell of."""
    heard = _Heard(release, questions_as_counted(release.area_id))
    return tuple(heard.silence(voice) for voice in Voice if voice in heard.voices)


class _Heard:
    """Which groups of each voice are shown for at least one question, and which are withheld for all."""

    def __init__(self, release: Release, asked: dict[str, AskedQuestion]) -> None:
        self.release = release
        self.of_name = {name: voice for voice, name in WHO_WAS_THERE.items()}
        self.of_name |= {name: next(iter(one.voices)) for name, one in asked.items() if len(one.voices) == 1}
        self.shown: dict[tuple[Voice, Table], set[str]] = defaultdict(set)
        self.withheld: dict[tuple[Voice, Table], dict[str, str]] = defaultdict(dict)
        self.closed: set[tuple[Voice, Table]] = set()
        self.voices: set[Voice] = set()
        self.around = around(release.area_id)
        for cell in cells_of(release):
            self._take(*cell)

    def _take(
        self, question: str, table: str, stage: str | None, service: str | None, audience: str | None, reason: str
    ) -> None:
        voice, line = self.of_name.get(question), Table(table)
        if voice is None:
            return
        self.voices.add(voice)
        if line not in LINES:
            return
        self.closed.add((voice, line))
        key = next((part for part in (audience, stage, service) if part is not None), "")
        if reason:
            self.withheld[voice, line].setdefault(key, reason)
        else:
            self.shown[voice, line].add(key)

    def silence(self, voice: Voice) -> Silence:
        """Whom of a voice the release does not tell of."""
        youngest = [NotHeard(YOUNGEST, NEVER_COUNTED)] if voice is Voice.CHILD else []
        return Silence(
            voice,
            VOICES[voice],
            audiences=(*youngest, *self._missing(voice, Table.AUDIENCE, self._audiences(voice))),
            stages=tuple(self._missing(voice, Table.STAGE, self.around.stages)),
            services=tuple(self._missing(voice, Table.SERVICE, self.around.services)),
        )

    def _missing(self, voice: Voice, table: Table, names: Mapping[str, str]) -> Iterator[NotHeard]:
        """In the order of ages, of the journey or of the alphabet; never by how many answered."""
        for key, name in names.items():
            if key not in self.shown[voice, table]:
                yield NotHeard(name, self._because(voice, table, key))

    def _because(self, voice: Voice, table: Table, key: str) -> str:
        if (voice, table) not in self.closed:
            return NOT_CLOSED
        reason = self.withheld[voice, table].get(key)
        return REASONS[reason] if reason else NOTHING

    def _audiences(self, voice: Voice) -> dict[str, str]:
        """The audiences that the frame counts or that a question was for."""
        there = {*self.around.audiences, *self.withheld[voice, Table.AUDIENCE], *self.shown[voice, Table.AUDIENCE]}
        of_voice = {one for one in there if one in AUDIENCES and voice_of(Audience(one)) is voice}
        return {code: name for code, name in AUDIENCES.items() if code in of_voice}
