"""The words in which questions were asked, for whoever reads their figures: as each audience saw and heard them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feedback.releases.around import around, documents_counted
from feedback.releases.models import Release
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.series import notes_on_breaks
from surveys.instrument.items import DID_NOT_ANSWER, DO_NOT_KNOW, RATHER_NOT_SAY
from surveys.instrument.wording import Audience, Voice, voice_of

ENGLISH = "en"
AUDIENCES = {
    Audience.AGE_6_7: "6 and 7 year olds",
    Audience.AGE_8_11: "8 to 11 year olds",
    Audience.AGE_12_17: "12 to 17 year olds",
    Audience.CARE_LEAVER: "Care leavers",
    Audience.PARENT_CARER: "Parents and carers",
    Audience.PROFESSIONAL: "Professionals",
    Audience.REFERRER: "Referrers",
}
VOICES = {
    Voice.CHILD: "Children and young people",
    Voice.PARENT: "Parents and carers",
    Voice.PROFESSIONAL: "Professionals",
    Voice.REFERRER: "Referrers",
}
OTHER_OPTIONS = {
    DID_NOT_ANSWER: "Did not answer",
    DO_NOT_KNOW: "I don’t know",
    RATHER_NOT_SAY: "I don’t want to say",
    "alone": "On my own",
    "read": "Someone helped me read",
    "tapped": "Someone tapped for me",
}
# How a question looked, in the words beside it.
WAYS = {
    "choice": "One answer out of a list",
    "faces": "Faces, each with its word",
    "pictures": "Pictures, each with its words",
    "again": "Again? Yes, maybe or no",
    "ladder": "A ladder from 0 to 10",
    "multi": "Several answers out of a list",
    "sort": "Things to put in order",
}
EVERYBODY_ASKED = "Everybody who was asked"
MONTHS = {"1": "January to March", "2": "April to June", "3": "July to September", "4": "October to December"}


@dataclass(frozen=True)
class AskedAs:
    """A question as one audience saw and heard it."""

    audience: str
    text: str
    hint: str
    way: str
    # Each answer's words and the name of its picture, if it had one.
    options: tuple[tuple[str, str], ...]
    # The language's code, and the hash of the recording in it, or blank.
    languages: tuple[tuple[str, str], ...]

    @property
    def recordings(self) -> tuple[tuple[str, str], ...]:
        """The languages in which somebody read it aloud, with the recording."""
        return tuple((language, sha256) for language, sha256 in self.languages if sha256)


@dataclass(frozen=True)
class Wordings:
    """The words of the questions and of the frame, read once."""

    questions: Mapping[str, str]
    options: Mapping[tuple[str, str], str]
    notes: Mapping[str, str]
    voices: Mapping[str, Voice]
    stages: Mapping[str, str]
    services: Mapping[str, str]
    asked: Mapping[str, tuple[AskedAs, ...]] = field(default_factory=dict)

    def option(self, question: str, code: str) -> str:
        """The label of an answer."""
        return self.options.get((question, code)) or OTHER_OPTIONS.get(code, code)

    def name(self, stage: str | None, audience: str | None, service: str | None) -> str:
        """The name of a group; None stands for all."""
        named = [
            None if stage is None else self.stages.get(stage, "Step not known"),
            None if audience is None else AUDIENCES.get(audience, "Not known"),
            None if service is None else self.services.get(service, "Service not known"),
        ]
        return ", ".join(name for name in named if name) or EVERYBODY_ASKED


def in_words(period: str) -> str:
    """A period as people say it."""
    ends = period.split("..")
    first, last = ends[0], ends[-1]
    if first == last:
        return f"{MONTHS[first[-1]]} {first[:4]}"
    return f"{MONTHS[first[-1]].split(' to ')[0]} {first[:4]} to {MONTHS[last[-1]].split(' to ')[1]} {last[:4]}"


def wordings_of(release: Release) -> Wordings:
    """The words of the questions that a release may be about."""
    here = around(release.area_id)
    counted_as = here.names
    words = _Words({name: voice for voice, name in WHO_WAS_THERE.items()})
    for edition, document in _documents(here.elsewhere, {edition for edition, _ in counted_as}):
        for item in document["items"]:
            words.take(counted_as.get((edition, item["code"]), item["code"]), item, Audience(document["audience"]))
    words.notes |= notes_on_breaks(counted_as.values(), words.notes)
    for name in WHO_WAS_THERE.values():
        words.questions.setdefault(name, "Who was with you when you answered?")
    return Wordings(
        questions=words.questions,
        options=words.options,
        notes=words.notes,
        voices=words.voices,
        stages=here.stages,
        services=here.services,
        asked={name: tuple(asked) for name, asked in words.asked.items()},
    )


def _documents(elsewhere: frozenset[int], counted: set[int]) -> Iterable[tuple[int, Mapping]]:
    """The documents of the editions; those of which nothing was counted yet come last."""
    rows = [row for row in documents_counted() if row[0] not in elsewhere]
    return sorted(rows, key=lambda row: (row[0] not in counted, row[0]))


class _Words:
    """Collects the words of items; what was asked first stays."""

    def __init__(self, voices: dict[str, Voice]) -> None:
        self.voices = voices
        self.questions: dict[str, str] = {}
        self.options: dict[tuple[str, str], str] = {}
        self.notes: dict[str, str] = {}
        self.asked: dict[str, list[AskedAs]] = {}

    def take(self, name: str, item: Mapping, audience: Audience) -> None:
        """One item of one edition."""
        self.voices.setdefault(name, voice_of(audience))
        self.questions.setdefault(name, item["texts"][ENGLISH])
        for option in item["options"]:
            self.options.setdefault((name, option["code"]), option["labels"][ENGLISH])
        if note := _note(item):
            self.notes.setdefault(name, note)
        asked = _asked_as(item, audience)
        if asked not in self.asked.setdefault(name, []):
            self.asked[name].append(asked)


def _note(item: Mapping) -> str:
    if item["kind"] == "multi":
        return "People could choose several answers, so the shares do not add up to 100."
    if item["kind"] == "sort":
        return "People put these in order; what they put first is counted."
    return "Asked only after certain answers, so it is shown as shares only." if item["rule"] else ""


def _asked_as(item: Mapping, audience: Audience) -> AskedAs:
    recorded = item.get("audio") or {}
    return AskedAs(
        audience=AUDIENCES.get(audience, ""),
        text=item["texts"][ENGLISH],
        hint=(item.get("hints") or {}).get(ENGLISH, ""),
        way=WAYS.get(item["kind"], ""),
        options=tuple((option["labels"][ENGLISH], option.get("picture") or "") for option in item["options"]),
        languages=tuple((language, (recorded.get(language) or {}).get("sha256", "")) for language in item["texts"]),
    )
