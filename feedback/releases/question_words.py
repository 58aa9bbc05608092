"""The words of questions by the names they are counted under, read from as few editions as hold them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from feedback.releases.counted_names import CountedName
from feedback.releases.models import ClosedWindow, Release
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.service_information import OTHER_OPTIONS
from surveys.design.models import Edition
from surveys.instrument.wording import Audience, Voice, voice_of


@dataclass(frozen=True)
class QuestionWords:
    """A question as it was asked first, in English, with its answers in the order in which they were offered."""

    name: str
    text: str
    voice: Voice
    options: Mapping[str, str] = field(default_factory=dict)

    def label(self, option: str) -> str:
        """The words of an answer."""
        return self.options.get(option) or OTHER_OPTIONS.get(option, option)


def questions_shown(release: Release) -> list[str]:
    """The names of the questions of which a release shows something."""
    shown = ClosedWindow.objects.filter(release=release, groups__reason="").order_by("question")
    return list(shown.values_list("question", flat=True).distinct())


def words_of_questions(names: Collection[str]) -> dict[str, QuestionWords]:
    """These questions, in the order in which they are asked; how many editions there are makes little difference."""
    wanted: dict[int, dict[str, str]] = defaultdict(dict)
    for edition, item, name in CountedName.objects.filter(name__in=names).values_list("edition_id", "item", "name"):
        wanted[edition][name] = item
    chosen = _few_that_hold(set(names), wanted)
    documents = dict(Edition.objects.filter(pk__in=chosen).values_list("pk", "document"))
    found: dict[str, QuestionWords] = {}
    for edition in chosen:
        for name, asked in _in(documents[edition], wanted[edition]).items():
            found.setdefault(name, asked)
    found |= {
        name: QuestionWords(name, "Who was with you when you answered?", voice)
        for voice, name in WHO_WAS_THERE.items()
        if name in names
    }
    return dict(sorted(found.items(), key=lambda pair: list(Voice).index(pair[1].voice)))


def _few_that_hold(names: set[str], wanted: Mapping[int, Mapping[str, str]]) -> list[int]:
    """Editions that hold these questions between them, the one that holds most first."""
    chosen: list[int] = []
    left = {edition: set(items) for edition, items in wanted.items()}
    missing = names & set().union(*left.values())
    while missing:
        best = max(sorted(left), key=lambda edition: len(left[edition] & missing))
        chosen.append(best)
        missing -= left.pop(best)
    return chosen


def _in(document: Mapping, items: Mapping[str, str]) -> dict[str, QuestionWords]:
    names = {item: name for name, item in items.items()}
    voice = voice_of(Audience(document["audience"]))
    return {
        names[item["code"]]: QuestionWords(
            names[item["code"]],
            item["texts"]["en"],
            voice,
            {option["code"]: option["labels"]["en"] for option in item["options"]},
        )
        for item in document["items"]
        if item["code"] in names
    }
