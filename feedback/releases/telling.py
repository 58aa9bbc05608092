"""What pages tell of a release: its voices with outcomes first, its questions, themes, steps and what went before.

Everything is made of stored cells. What is published is made once a minute at most by each process; quotes are not kept
here, because what is recalled must be gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from feedback.disclosure.rules import Table
from feedback.releases.around import around
from feedback.releases.asked import Asked, asked_of
from feedback.releases.beside import Row, in_all_areas
from feedback.releases.kept import kept
from feedback.releases.measures import MeasureInformation, measures_of
from feedback.releases.missing import Missing, missing_from
from feedback.releases.models import Release
from feedback.releases.once import read_once
from feedback.releases.population import PopulationTheme, population_of
from feedback.releases.questions import WHO_WAS_THERE
from feedback.releases.series import code_of
from feedback.releases.service_information import Line, QuestionInformation, in_words, service_information, together
from feedback.releases.stored import questions_in, stored_of
from feedback.releases.wordings import EVERYBODY_ASKED, VOICES
from surveys.bank.models import QuestionPage
from surveys.bank.themes import Theme
from surveys.instrument.wording import Voice

# Measures are about everybody, about an audience or a step, and never about a service.
NO_SERVICES = (Table.OVERALL, Table.AUDIENCE, Table.STAGE, Table.STAGE_AUDIENCE)
NOT_IN_THE_BANK = Theme.OTHER
PEOPLE = {
    VOICES[Voice.CHILD]: "children and young people",
    VOICES[Voice.PARENT]: "parents and carers",
    VOICES[Voice.PROFESSIONAL]: "professionals",
    VOICES[Voice.REFERRER]: "referrers",
}


@dataclass(frozen=True)
class About:
    """What the bank says of a question: its theme, its step of the journey, and whether it asks what came of help."""

    theme: str = NOT_IN_THE_BANK.value
    stage: str = ""
    is_outcome: bool = False


@dataclass(frozen=True)
class Card:
    """One thing a board wants to know, with where to read on: a question, under the name of its measure if it has one.

    `share` is that of the group the measure is about, and `who` names it; `why_not` says why there is none.
    """

    title: str
    question: QuestionInformation | None
    about: About
    share: Line | None
    who: str = ""
    period: str = ""
    measure: MeasureInformation | None = None
    why_not: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a figure: of a measure its own share, of a question whatever is shown of it."""
        return self.question is not None and (self.measure is None or self.share is not None)

    @property
    def sentence(self) -> str:
        """The figure in plain words."""
        if self.question is None or not self.is_known:
            return self.why_not
        if self.share is None:
            return self.question.sentence
        return f"{how_many(self.share)} {PEOPLE[self.question.voice]} we heard from said: {self.share.label}."


def how_many(line: Line) -> str:
    """A share in words that do not say more than its ranges.

    *Most* only where the whole likely range lies above a half; *more than half* of those who answered only where the
    adjustment cannot have made it so.
    """
    if line.percent.startswith("over"):
        return "Nearly all"
    if line.percent.startswith("under"):
        return "Very few"
    if line.low is None or line.high is None or line.low_all is None:
        return "Some"
    if line.low_all > 50:
        return "Most"
    if line.low > 50:
        return "More than half of the"
    return "Fewer than half of the" if line.high < 50 else f"{_perhaps(line.bar)} of the"


def _perhaps(share: int | None) -> str:
    """A share of which nobody can say on which side of a half it is."""
    if share is None or 40 <= share <= 60:
        return "About half"
    return "Perhaps more than half" if share > 60 else "Perhaps fewer than half"


@dataclass(frozen=True)
class VoiceTold:
    """One voice, which is never added to another: what came of help first, then how it was given."""

    name: str
    outcomes: tuple[Card, ...]
    process: tuple[Card, ...]

    @property
    def people(self) -> str:
        """Who speaks, in the middle of a sentence."""
        return PEOPLE[self.name]

    @property
    def cards(self) -> tuple[Card, ...]:
        """All of them, outcomes first."""
        return self.outcomes + self.process

    @property
    def parts(self) -> list[tuple[str, list[Card]]]:
        """What came of it, and how it was done; of each what a figure is there for."""
        named = (("What came of it", self.outcomes), ("How it was done", self.process))
        found = [
            (name, [card for card in cards if card.question and not (card.measure and not card.share)])
            for name, cards in named
        ]
        return [(name, cards) for name, cards in found if cards]

    @property
    def without(self) -> list[Card]:
        """What somebody wants to know and no figure is there for."""
        return [card for card in self.cards if not card.is_known]

    @property
    def first(self) -> Card | None:
        """The first that a sentence can be said of: what came of help, where there is one."""
        said = [card for card in self.cards if card.question and card.sentence]
        return next((card for card in said if card.share), said[0] if said else None)


@dataclass(frozen=True)
class Told:
    """A release as pages show it."""

    release: Release
    period: str
    questions: tuple[QuestionInformation, ...]
    measures: tuple[MeasureInformation, ...]
    stages: Mapping[str, str]
    withdrawn: tuple[str, ...] = ()
    earlier: tuple[Release, ...] = field(default=())

    def question(self, code: str) -> QuestionInformation | None:
        """One of its questions."""
        return next((one for one in self.questions if one.code == code), None)

    def measures_with(self, code: str) -> list[MeasureInformation]:
        """The measures that name a question."""
        return [one for one in self.measures if code_of(code) in one.measure.questions]

    def about_question(self, code: str) -> About:
        """What the bank says of a question, or what a measure says that names it."""
        return self._about.get(code_of(code), About())

    @cached_property
    def _about(self) -> Mapping[str, About]:
        # Where there are measures, nobody asks.
        return _about_all()

    @property
    def voices(self) -> list[VoiceTold]:
        """Children first; each voice by itself."""
        return [voice for name in VOICES.values() if (voice := self._voice(name)).cards]

    def _voice(self, name: str) -> VoiceTold:
        cards = [card for card in self.cards if card.question is None or card.question.voice == name]
        own = [card for card in cards if card.measure is None or VOICES[Voice(card.measure.measure.voice)] == name]
        return VoiceTold(
            name,
            tuple(card for card in own if card.about.is_outcome),
            tuple(card for card in own if not card.about.is_outcome),
        )

    @property
    def cards(self) -> list[Card]:
        """A card for each question of each measure; where there are no measures, for each question."""
        return list(_of_measures(self)) or [
            _of_question(one, self.about_question(one.code))
            for one in self.questions
            if one.code not in WHO_WAS_THERE.values()
        ]

    @property
    def headline(self) -> Card | None:
        """The first thing that was said: of children, what came of help, where a sentence can be said."""
        return next((voice.first for voice in self.voices if voice.first), None)

    def who_was_there(self, voice: str) -> QuestionInformation | None:
        """Who sat beside those of one voice when they answered."""
        return next((one for one in self.questions if one.voice == voice and one.code in WHO_WAS_THERE.values()), None)


def _of_question(question: QuestionInformation, about: About) -> Card:
    latest = question.latest
    return Card(
        question.text,
        question,
        about,
        question.telling,
        period=latest.period if latest else "",
        why_not=latest.withheld if latest else "",
    )


def _of_measures(told: Told) -> Iterator[Card]:
    """A card for each group that a measure is about; shares of several questions or groups are never added up."""
    for one in told.measures:
        about = About(one.measure.theme, one.measure.stage, one.measure.kind == one.measure.Kind.OUTCOME)
        for share in one.shares:
            question = told.question(share.question)
            who = "" if share.who == EVERYBODY_ASKED else share.who
            line = replace(share.line, label=together(share.answers)) if share.line else None
            yield Card(one.measure.name, question, about, line, who, share.period, one, share.withheld)


def told_of_everybody(release: Release) -> Told:
    """What everybody said, block by block, and what measures say of an audience or a step."""
    return kept(release, "everybody", partial(_told, release, tables=NO_SERVICES))


def told_by_step(release: Release) -> Told:
    """What everybody said, and what was said at each step of the journey."""
    return kept(release, "journey", partial(_told, release, tables=[Table.OVERALL, Table.STAGE]))


def told_in_full(release: Release) -> Told:
    """Every table of a release."""
    return kept(release, "full", partial(_told, release))


def told_of_question(release: Release, code: str) -> Told:
    """One question with all its tables, who was there, and the same question where it was asked in another way."""
    release_has = kept(release, "names", partial(questions_in, release))
    siblings = [name for name in release_has if code_of(name) == code_of(code)]
    wanted = [*siblings, *WHO_WAS_THERE.values()] if code in release_has else []
    return kept(release, f"question {code}", partial(_told, release, questions=wanted)) if wanted else _nothing(release)


def rates_of(release: Release) -> list[Asked]:
    """How many of each voice were asked and answered, or that nobody knows."""
    return kept(release, "rates", partial(asked_of, release))


def who_is_missing(release: Release) -> Missing:
    """Who is not heard in a release."""
    return kept(release, "missing", lambda: missing_from(release, told_of_everybody(release).questions))


def beside_it(release: Release) -> list[PopulationTheme]:
    """What is known of the area from elsewhere; no figure of a release is made of it."""
    return kept(release, "population", partial(population_of, release.area))


def in_all_areas_of(release: Release, question: QuestionInformation) -> Row | None:
    """The same question in all areas together."""
    return kept(release, f"nation {question.code}", partial(in_all_areas, release, question.code, question.lead))


def _nothing(release: Release) -> Told:
    return Told(release, in_words(release.quarter), (), (), {})


def _told(release: Release, questions: Collection[str] | None = None, tables: Collection[Table] | None = None) -> Told:
    stored = stored_of(release, questions=questions, tables=tables)
    measures = measures_of(release, [], stored)
    leads = _leads(measures)
    # What figures may mean is said beside one question, and in what is told in full.
    informed = service_information(release, stored, leads=leads, with_readings=tables is None)
    return Told(
        release,
        in_words(release.quarter),
        tuple(informed),
        tuple(_with_questions(measures, informed)),
        around(release.area_id).stages,
        tuple(in_words(one.quarter) for one in stored.withdrawn if one.pk != release.pk),
        stored.earlier,
    )


def _leads(measures: Iterable[MeasureInformation]) -> dict[str, Collection[str]]:
    """The answers that stand for each question: those of the first measure that names it, one about all steps first."""
    ordered = sorted((one.measure for one in measures), key=lambda measure: bool(measure.stage))
    leads: dict[str, Collection[str]] = {}
    for measure in ordered:
        for code, options in measure.questions.items():
            leads.setdefault(code, options)
    return leads


def _with_questions(
    measures: Iterable[MeasureInformation], informed: Sequence[QuestionInformation]
) -> Iterator[MeasureInformation]:
    for one in measures:
        yield replace(one, questions=tuple(q for q in informed if code_of(q.code) in one.measure.questions))


@read_once
def _about_all() -> dict[str, About]:
    rows = QuestionPage.objects.values_list("code", "theme", "stage", "is_outcome")
    return {code: About(theme, stage, is_outcome) for code, theme, stage, is_outcome in rows}
