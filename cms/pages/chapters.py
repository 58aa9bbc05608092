"""The chapters in which the public reads a release: each a page of its own, all made of the same stored cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.http import Http404

from feedback.disclosure.rules import ProtectionRules, Table
from feedback.disclosure.statement import four_sentences
from feedback.promises.gap import asked_for
from feedback.releases.asked import Asked
from feedback.releases.beside import Row, Rows, rows_of, rows_over_time
from feedback.releases.interpretations import Reading
from feedback.releases.measures import MeasureInformation
from feedback.releases.models import Release
from feedback.releases.quoting import Quotes, ShownQuote, quotes_of
from feedback.releases.released import chosen_for_others
from feedback.releases.series import code_of, is_later_series
from feedback.releases.service_information import AUDIENCES, Breakdown, QuestionInformation, in_words
from feedback.releases.telling import (
    VOICES,
    Card,
    Told,
    beside_it,
    in_all_areas_of,
    rates_of,
    told_by_step,
    told_of_everybody,
    told_of_question,
    who_is_missing,
)
from feedback.releases.tested import said_to_everybody
from feedback.releases.told_themes import told_themes
from surveys.bank.themes import Theme
from surveys.instrument.wording import Audience, Voice, voice_of

FEW_QUOTES = 3
# Whose pages of promises are for the youngest, by how their addresses name them.
YOUNGEST = (("6-7", "6 and 7 year olds"), ("8-11", "8 to 11 year olds"))
CHAPTERS = {
    "questions": "All questions",
    "journey": "Step by step of the journey",
    "themes": "Theme by theme",
    "time": "Over time",
    "missing": "Who is missing",
    "words": "In their own words",
    "beside": "What is counted elsewhere",
    "how": "How to read this, and why nobody can be found",
}
# Asked of every figure, also of one of which nobody has said anything yet.
ALWAYS_ASK = (
    "Who is missing from these answers, and why?",
    "What would people say helped, or got in the way?",
    "What do we know from other places that says the same, or something else?",
)


def overview(release: Release) -> dict[str, Any]:
    """What was said, how sure we are, who is missing and what to ask next, on one page."""
    told = told_of_everybody(release)
    headline = told.headline
    missing = who_is_missing(release)
    return {
        "told": told,
        "headline": headline,
        "rates": [rate for rate in rates_of(release) if not rate.audience],
        "missing": missing,
        "many_missing": sum(len(silence.audiences) for silence in missing.silences),
        "ask": _questions_to_ask(headline),
        "quotes": _few(_quotes_of(release)),
        "chosen_for_others": chosen_for_others(release),
    }


def _questions_to_ask(card: Card | None) -> tuple[str, ...]:
    return tuple(card.measure.measure.ask) if card and card.measure else ALWAYS_ASK


def _quotes_of(release: Release) -> Quotes:
    """Quotes that may be read now; of what is not published, none."""
    return quotes_of(release) if release.status == Release.Status.PUBLISHED else Quotes((), 0)


def _few(quotes: Quotes) -> dict[str, Any]:
    """The first of those that stand beside figures: what was said in a conversation never does."""
    answered = [one for one in quotes.shown if not one.is_talk][:FEW_QUOTES]
    return {"shown": answered, "recalled": quotes.recalled, "more": len(quotes.shown) > len(answered)}


def all_questions(release: Release) -> dict[str, Any]:
    """Every question with its sentence, voice by voice."""
    told = told_of_everybody(release)
    voices = [(voice, list(some)) for voice, some in groupby(told.questions, key=lambda one: one.voice)]
    return {"told": told, "by_voice": voices}


@dataclass(frozen=True)
class QuestionChapter:
    """Everything that is told of one question."""

    question: QuestionInformation
    measures: tuple[MeasureInformation, ...]
    who_was_there: QuestionInformation | None
    other_series: tuple[QuestionInformation, ...]
    compared: tuple[Rows, ...]
    over_time: Rows
    theme: str
    step: str

    @property
    def reading(self) -> Reading | None:
        """What the figures may mean, where somebody has said so."""
        return self.question.reading if self.question.reading and not self.question.reading.is_left_open else None

    @property
    def asks(self) -> tuple[str, ...]:
        """Three questions to ask."""
        return tuple(self.measures[0].measure.ask) if self.measures else ALWAYS_ASK

    @property
    def is_broken(self) -> bool:
        """Whether it was asked in another way before or later."""
        return bool(self.other_series) or is_later_series(self.question.code)


def one_question(release: Release, code: str) -> dict[str, Any]:
    """A question with all that is told of it; Http404 where the release has no figure of it."""
    told = told_of_question(release, code)
    question = told.question(code)
    if question is None:
        raise Http404("This release has no figure of such a question.")
    about = told.about_question(code)
    chapter = QuestionChapter(
        question=question,
        measures=tuple(told.measures_with(code)),
        who_was_there=told.who_was_there(question.voice),
        other_series=tuple(q for q in told.questions if q.code != code and code_of(q.code) == code_of(code)),
        compared=tuple(_compared(release, question)),
        over_time=rows_over_time(question.over_time),
        theme=_theme(about.theme),
        step=told.stages.get(about.stage, ""),
    )
    voice = next(voice for voice, name in VOICES.items() if name == question.voice)
    return {
        "told": told,
        "chapter": chapter,
        "question": question,
        "rates": [rate for rate in rates_of(release) if rate.voice is voice and _is_asked(question, rate.audience)],
        "quotes": _about(question, voice, _quotes_of(release)),
        "chapter_title": question.text,
    }


def _is_asked(question: QuestionInformation, audience: str) -> bool:
    """Whether a response rate is about those who were asked: the voice, and its audiences that had the question."""
    return not audience or AUDIENCES[Audience(audience)] in {asked.audience for asked in question.asked_as}


def _theme(theme: str) -> str:
    return "" if theme in ("", Theme.OTHER) else str(Theme(theme).label)


def _compared(release: Release, question: QuestionInformation) -> Iterator[Rows]:
    """The newest table of each kind beside everybody, and all areas together."""
    everybody = question.latest.share if question.latest else None
    for breakdown in _newest(question.breakdowns):
        yield rows_of(breakdown.title, breakdown.groups, everybody, period=breakdown.period)
    if nation := in_all_areas_of(release, question):
        latest = [replace(question.latest, who=str(release.area))] if question.latest else []
        yield Rows("Beside all areas together", "", None, (*rows_of("", latest, None).rows, nation))


def _newest(breakdowns: tuple[Breakdown, ...]) -> list[Breakdown]:
    """Of each table the last one that shows a group, the two-way one left to the tables below."""
    newest: dict[str, Breakdown] = {}
    for one in breakdowns:
        if one.is_shown and one.table.value.count("_") == 0 and len(one.groups) > 1:
            newest[one.table.value] = one
    return list(newest.values())


def _about(question: QuestionInformation, voice: Voice, quotes: Quotes) -> tuple[ShownQuote, ...]:
    """Words beside a figure: those that answer this question, otherwise a few that are known to be of this voice."""
    own = tuple(quote for quote in quotes.shown if quote.item and quote.item == code_of(question.code))
    speak = {name for audience, name in AUDIENCES.items() if voice_of(audience) is voice}
    return own or tuple(quote for quote in quotes.shown if quote.audience in speak)[:FEW_QUOTES]


@dataclass(frozen=True)
class Step:
    """One step of the journey: voice by voice what was said there, and what is not shown."""

    name: str
    voices: tuple[tuple[str, tuple[tuple[QuestionInformation, Row], ...]], ...]
    reasons: tuple[str, ...]


def journey(release: Release) -> dict[str, Any]:
    """What was said at each step from needing to receiving help."""
    told = told_by_step(release)
    there = [(question, _last(question)) for question in told.questions]
    return {"told": told, "steps": [_step(code, name, there) for code, name in told.stages.items()]}


def _last(question: QuestionInformation) -> Breakdown | None:
    shown = [one for one in question.breakdowns if one.is_shown and one.table is Table.STAGE]
    return shown[-1] if shown else None


def _step(code: str, name: str, there: list[tuple[QuestionInformation, Breakdown | None]]) -> Step:
    found = [
        (question, rows_of("", [group], question.latest.share if question.latest else None).rows[0])
        for question, table in there
        for group in (table.groups if table else ())
        if group.stage == code
    ]
    shown = [(question, row) for question, row in found if row.share]
    voices = tuple((voice, tuple(some)) for voice, some in groupby(shown, key=lambda pair: pair[0].voice))
    return Step(name, voices, tuple(dict.fromkeys(row.why_not for _, row in found if not row.share)))


def themes(release: Release) -> dict[str, Any]:
    """What was said of each theme, in the order of the alphabet."""
    told = told_of_everybody(release)
    cards = sorted(told.cards, key=lambda card: _theme(card.about.theme) or "\uffff")
    return {
        "told": told,
        "by_theme": [
            (name or "Other things", _in_their_voices(told, list(some)))
            for name, some in groupby(cards, key=lambda card: _theme(card.about.theme))
        ],
    }


def _in_their_voices(told: Told, cards: list[Card]) -> list[tuple[str, list[Card]]]:
    """The cards of a theme under whoever speaks in them; who says nothing of it has no empty list to be read aloud."""
    spoken = ((voice.name, [card for card in cards if card in voice.cards]) for voice in told.voices)
    return [(name, some) for name, some in spoken if some]


def over_time(release: Release) -> dict[str, Any]:
    """What everybody said, period by period, and which differences are more than chance."""
    told = told_of_everybody(release)
    shown = [(question, rows_over_time(question.over_time)) for question in told.questions]
    several = [(question, rows) for question, rows in shown if len(rows.rows) > 1]
    wanted = {card.question.code for card in told.cards if card.question}
    return {
        "told": told,
        "by_voice": _voice_by_voice(several, wanted),
        "asked_once": len(shown) - len(several),
    }


Timed = tuple[QuestionInformation, Rows]


def _voice_by_voice(several: list[Timed], wanted: set[str]) -> list[tuple[str, list[Timed], list[Timed]]]:
    """Of each voice what a board wants to know, and the rest."""
    found = []
    for voice, some in groupby(several, key=lambda pair: pair[0].voice):
        pairs = list(some)
        first = [pair for pair in pairs if pair[0].code in wanted]
        found.append((voice, first, [pair for pair in pairs if pair[0].code not in wanted]))
    return found


def missing(release: Release) -> dict[str, Any]:
    """Whom the figures do not tell of, and what was left unsaid."""
    return {
        "told": told_of_everybody(release),
        "missing": who_is_missing(release),
        "rates": _rates(release),
        "asked_for": asked_for(release.area) if release.area else [],
        "youngest": YOUNGEST,
    }


def _rates(release: Release) -> list[Asked]:
    """The response rates; of a voice with one audience that has its name, once."""
    found = rates_of(release)
    return [one for one in found if not one.audience or one.who not in VOICES.values()]


def words(release: Release) -> dict[str, Any]:
    """Every quote that may be read now, under the themes that two people found in them."""
    quotes = _quotes_of(release)
    talks = [one for one in quotes.shown if one.is_talk]
    answered = Quotes(tuple(one for one in quotes.shown if not one.is_talk), quotes.recalled)
    themes = told_themes(release, answered)
    under = {quote.key for theme in themes for quote in theme.quotes}
    others = [one for one in answered.shown if one.key not in under]
    return {"quotes": answered, "themes": themes, "others": others, "talks": talks}


def beside(release: Release) -> dict[str, Any]:
    """What is counted elsewhere, apart from what people say."""
    return {"population": beside_it(release)}


def how(release: Release) -> dict[str, Any]:
    """How figures are made, protected and tried."""
    return {
        "tested": said_to_everybody(release),
        "why_nobody_is_found": four_sentences(ProtectionRules(**release.rules)),
        "rules": ProtectionRules(**release.rules),
        "chosen_for_others": chosen_for_others(release),
    }


MAKERS: dict[str, Callable[[Release], dict[str, Any]]] = {
    "questions": all_questions,
    "journey": journey,
    "themes": themes,
    "time": over_time,
    "missing": missing,
    "words": words,
    "beside": beside,
    "how": how,
}


def chapter_of(release: Release, name: str) -> dict[str, Any]:
    """What one chapter shows; Http404 for a name that is none."""
    if name not in MAKERS:
        raise Http404("There is no such page.")
    return {**MAKERS[name](release), "chapter_title": CHAPTERS[name], "name": name}


def frame_of(release: Release, at: str) -> dict[str, Any]:
    """What every chapter has around it; `at` is where the release begins."""
    return {"release": release, "period": in_words(release.quarter), "at": at, "chapters": CHAPTERS.items()}
