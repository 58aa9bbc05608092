"""What a report shows now: it holds only which figures and quotes were chosen, and reads them anew each time.

So a figure of a withdrawn release and a recalled quote are gone from the page, its PDF and every draft at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.defaultfilters import date as written

from cms.pages.report_choices import MEASURE, SEPARATOR, who
from feedback.promises.reading import OLDER, UNDER_11, ActionGap, PromiseInformation, promises_of
from feedback.promises.reading import how_many as promises_made
from feedback.releases.asked import Asked
from feedback.releases.comparing import Comparison
from feedback.releases.interpretations import Reading
from feedback.releases.kept import kept
from feedback.releases.measures import MeasureInformation, MeasureShare
from feedback.releases.missing import Silence, silences_of
from feedback.releases.models import Release
from feedback.releases.once import tell_together
from feedback.releases.population import PopulationTheme, population_of
from feedback.releases.quoting import ShownQuote, quotes_of
from feedback.releases.service_information import (
    GroupInformation,
    QuestionInformation,
    in_words,
)
from feedback.releases.stored import releases_of_areas
from feedback.releases.telling import how_many, rates_of, told_in_full
from surveys.frame.models import Area


@dataclass(frozen=True)
class ShownFigure:
    """A figure of a report: what it is about and its stored cells; or why there is none, in a sentence."""

    text: str
    period: str
    sentence: str
    we_think: str
    who: str = ""
    release: Release | None = None
    question: QuestionInformation | None = None
    group: GroupInformation | None = None
    measure: MeasureInformation | None = None
    shares: tuple[MeasureShare, ...] = ()
    gone: str = ""

    @property
    def comparison(self) -> Comparison | None:
        """How it changed; said of everybody who answered only."""
        is_of_everybody = self.question and self.group is self.question.latest
        return self.question.comparison if self.question and is_of_everybody else None

    @property
    def reading(self) -> Reading | None:
        """What the release says it may mean; nothing where nobody has said so."""
        reading = self.question.reading if self.question else None
        return None if reading is None or reading.is_left_open else reading

    @property
    def is_interpreted(self) -> bool:
        """Whether anybody says what it may mean."""
        return bool(self.we_think or self.reading)


@dataclass(frozen=True)
class ShownChapter:
    """A chapter with what it holds, each with its kind."""

    number: int
    title: str
    sentence: str
    about: str
    extracts: tuple[str, ...]
    items: tuple[tuple[str, Any], ...]
    gap: ActionGap | None = None

    @property
    def anchor(self) -> str:
        """Where a link to it leads."""
        return f"chapter-{self.number}"


@dataclass(frozen=True)
class Source:
    """A release that a report rests on."""

    release: Release
    period: str
    rates: tuple[Asked, ...] = ()
    silences: tuple[Silence, ...] = ()


@dataclass
class Reader:
    """Reads the stored cells, quotes and promises of one area, each release once."""

    area: Area | None
    known: dict[str, Release] = field(default_factory=dict)
    informed: dict[str, dict[str, QuestionInformation]] = field(default_factory=dict)
    measured: dict[str, dict[str, MeasureInformation]] = field(default_factory=dict)
    spoken: dict[int, dict[uuid.UUID, ShownQuote]] = field(default_factory=dict)
    told: dict[str, list[PromiseInformation]] = field(default_factory=dict)

    def release(self, code: str) -> Release | None:
        """The release of this code that a report of the area may show: published, of the area or of all of them."""
        found = self.known.get(code)
        is_own = found is not None and found.area_id in {None, self.area.pk if self.area else None}
        return found if is_own and found.status == Release.Status.PUBLISHED else None

    def questions(self, release: Release) -> dict[str, QuestionInformation]:
        """What a release says, by question."""
        if release.code not in self.informed:
            self.informed[release.code] = {one.code: one for one in told_in_full(release).questions}
        return self.informed[release.code]

    def measures(self, release: Release) -> dict[str, MeasureInformation]:
        """What a release says, by measure."""
        if release.code not in self.measured:
            found = told_in_full(release).measures
            self.measured[release.code] = {one.measure.code: one for one in found}
        return self.measured[release.code]

    def quote(self, key: str) -> ShownQuote | None:
        """A quote that anybody may read now; nothing once it was recalled or its release withdrawn."""
        code = self._releases_of_quotes.get(key)
        release = self.release(code) if code else None
        if release is None:
            return None
        if release.pk not in self.spoken:
            self.spoken[release.pk] = {one.key: one for one in quotes_of(release).shown}
        return self.spoken[release.pk].get(uuid.UUID(key))

    def look_up(self, quotes: Iterable[str], codes: Iterable[str]) -> None:
        """Reads what was chosen all at once: how many releases a report rests on makes no difference."""
        areas = frozenset({self.area.pk if self.area else None, None})
        there = {one.code: one for one in releases_of_areas(areas)}
        prefetch_related_objects(list(there.values()), "quotes")
        keys = set(quotes)
        self._releases_of_quotes = {
            str(one.pk): release.code
            for release in there.values()
            for one in release.quotes.all()
            if str(one.pk) in keys
        }
        wanted = {*codes, *self._releases_of_quotes.values()}
        self.known = {code: one for code, one in there.items() if code in wanted}
        prefetch_related_objects(list(self.known.values()), "interpretations", "response_rates")
        tell_together(one.area_id for one in self.known.values())

    def why_gone(self, code: str) -> str:
        """Why a figure is not shown, for everybody."""
        release = self.known.get(code)
        if release is None or release.status != Release.Status.WITHDRAWN:
            return "This figure is not published."
        last = release.gone_on  # type: ignore[attr-defined]
        when = f" on {written(last, 'j F Y')}" if last else ""
        return f"This figure was withdrawn{when}, so it is not shown any more."

    _releases_of_quotes: dict[str, str] = field(default_factory=dict)

    @cached_property
    def gap(self) -> ActionGap:
        """What was promised about what younger children said, against older ones."""
        found = self.promised("")
        return ActionGap(under_11=promises_made(found, UNDER_11), older=promises_made(found, OLDER))

    def promises(self, theme: str, audience: str) -> list[PromiseInformation]:
        """What was promised, without what was taken back."""
        return [one for one in self.promised(audience) if one.status != "taken_back" and theme in {"", one.theme}]

    def promised(self, audience: str) -> list[PromiseInformation]:
        """All of it, in the words of one audience; read once."""
        if audience not in self.told:
            self.told[audience] = promises_of(self.area, audience=audience) if self.area else []
        return self.told[audience]

    def population(self, theme: str) -> list[PopulationTheme]:
        """Counts and outcomes from elsewhere."""
        return [one for one in self._population if theme in {"", one.theme}]

    @cached_property
    def _population(self) -> list[PopulationTheme]:
        return population_of(self.area)


def is_key(key: str) -> bool:
    """Whether it can be the key of a quote."""
    try:
        return bool(uuid.UUID(key))
    except ValueError:
        return False


def chapters_of(body: Iterable[Any], reader: Reader) -> list[ShownChapter]:
    """The chapters of a report as they may be read now."""
    chapters = [block.value for block in body]
    parts = [part for one in chapters for part in one["content"]]
    figures = [part.value["figure"] or "" for part in parts if part.block_type == "figure"]
    quotes = [part.value["quote"] or "" for part in parts if part.block_type == "quote"]
    reader.look_up(quotes, [key.partition(SEPARATOR)[0] for key in figures])
    return [_chapter(number, one, reader) for number, one in enumerate(chapters, start=1)]


def _chapter(number: int, chapter: Any, reader: Reader) -> ShownChapter:
    return ShownChapter(
        number=number,
        title=chapter["title"],
        sentence=chapter["sentence"],
        about=chapter["about"],
        extracts=tuple(chapter["extracts"] or ()),
        items=tuple(_items(chapter["content"], reader)),
        gap=reader.gap if chapter["about"] == "under_11" else None,
    )


def _items(content: Iterable[Any], reader: Reader) -> Iterator[tuple[str, Any]]:
    for part in content:
        match part.block_type:
            case "figure":
                yield "figure", figure_of(part.value, reader)
            case "quote":
                yield "quote", reader.quote(part.value["quote"])
            case "promises":
                yield "promises", reader.promises(part.value["theme"], part.value["audience"])
            case "population":
                yield "population", reader.population(part.value["theme"])
            case kind:
                yield kind, part.value


def figure_of(chosen: Any, reader: Reader) -> ShownFigure:
    """What was chosen, as its release shows it now."""
    code, _, name = (chosen["figure"] or "").partition(SEPARATOR)
    words = {"sentence": chosen["sentence"], "we_think": chosen["we_think"]}
    release = reader.release(code)
    if release is None:
        return ShownFigure(text="", period="", gone=reader.why_gone(code), **words)
    words |= {"period": in_words(release.quarter), "who": who(chosen["whose"] or "")}
    if name.startswith(MEASURE):
        return _measure(reader.measures(release).get(name.removeprefix(MEASURE)), release, words)
    return _question(reader.questions(release).get(name), release, chosen["whose"], words)


def _measure(found: MeasureInformation | None, release: Release, words: dict[str, str]) -> ShownFigure:
    if found is None:
        return ShownFigure(text="", gone="This measure is not in use any more.", release=release, **words)
    (question, *_) = [*found.questions, None]
    return ShownFigure(
        text=found.measure.name, release=release, measure=found, shares=found.shares, question=question, **words
    )


def _question(found: QuestionInformation | None, release: Release, whose: str, words: dict[str, str]) -> ShownFigure:
    if found is None:
        return ShownFigure(text="", gone="This release has no figure of this question.", release=release, **words)
    group = _group(found, whose)
    said = words.pop("sentence") or (_sentence(group, whose) if whose else found.sentence)
    if group is None:
        gone = f"There is no figure for {who(whose).lower()} in this release."
        return ShownFigure(text=found.text, gone=gone, release=release, question=found, sentence="", **words)
    words["period"] = group.period
    return ShownFigure(
        text=next((one.text for one in found.asked_as if one.audience == whose), found.text),
        release=release,
        question=found,
        group=group,
        sentence="" if group.withheld else said,
        **words,
    )


def _sentence(group: GroupInformation | None, whose: str) -> str:
    """What a group said, in words that do not say more than its range."""
    if group is None or group.share is None:
        return ""
    named = who(whose)
    return f"{how_many(group.share)} {named[0].lower()}{named[1:]} we heard from said: {group.share.label}."


def _group(found: QuestionInformation, whose: str) -> GroupInformation | None:
    if not whose:
        return found.latest
    named = who(whose)
    groups = [group for breakdown in found.breakdowns for group in breakdown.groups if group.who == named]
    return groups[-1] if groups else None


def sources_of(chapters: Iterable[ShownChapter]) -> list[Source]:
    """The releases whose figures are shown, each once, the earliest first, with who answered and who is missing."""
    figures = [item for chapter in chapters for kind, item in chapter.items if kind == "figure"]
    shown = {one.release.code: one.release for one in figures if one.release and not one.gone}
    found = [_source(release) for release in shown.values()]
    return sorted(found, key=lambda one: (one.release.quarter, one.release.code))


def _source(release: Release) -> Source:
    # A voice with one audience would be said twice.
    rates = tuple({(one.in_words, one.voice): one for one in rates_of(release)}.values())
    return Source(release, in_words(release.quarter), rates, kept(release, "silences", lambda: silences_of(release)))
