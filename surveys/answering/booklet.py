"""A booklet of paper from an edition: the same questions as on the phone, for a pen.

Every copy is the same, so nothing on it can tell whose it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys.answering.drawings import drawing
from surveys.answering.languages import direction_of
from surveys.answering.paper_words import PaperWords, paper_words_for
from surveys.answering.words import Text, Words, words_for
from surveys.design.models import Edition
from surveys.instrument.document import Instrument
from surveys.instrument.items import DO_NOT_KNOW, RATHER_NOT_SAY, Item, Kind
from surveys.instrument.wording import LANGUAGES, LIMITS, Audience, said_in

TEMPLATES = {
    Kind.SORT: "answering/booklet_order.html",
    Kind.SHORT: "answering/booklet_lines.html",
    Kind.TEXT: "answering/booklet_lines.html",
    Kind.DRAWING: "answering/booklet_drawing.html",
}
# A pen in a small hand needs fewer and wider lines.
LINES = {Kind.SHORT: 1, Kind.TEXT: 5, Kind.DRAWING: 2}


@dataclass(frozen=True)
class Box:
    """One box to tick, or to write a number in."""

    label: str
    picture: str = ""


@dataclass(frozen=True)
class Part:
    """One question of the booklet, or words between questions."""

    code: str
    kind: str
    heading: str
    number: int = 0
    hint: str = ""
    instruction: str = ""
    only_if: str = ""
    boxes: tuple[Box, ...] = ()
    ways_out: tuple[Box, ...] = ()
    lines: range = range(0)
    picture: str = ""

    @property
    def template(self) -> str:
        """The template of its kind."""
        return TEMPLATES.get(Kind(self.kind), "answering/booklet_boxes.html")


@dataclass(frozen=True)
class Booklet:
    """The whole booklet of one language."""

    title: str
    language: str
    language_name: str
    direction: str
    words: Words
    paper: PaperWords
    introduction: str
    who_asks: str
    listener: str
    report_back_on: str
    is_drafted: bool
    target: int
    helpers: tuple[Box, ...]
    told: tuple[Box, ...]
    practice: tuple[Box, ...]
    parts: tuple[Part, ...]
    edition: int
    wave: str


def booklet(edition: Edition, instrument: Instrument, *, wave: str, language: str) -> Booklet:
    """Everything that is printed; called with this language in force."""
    report = date.fromisoformat(instrument.report_back_on) if instrument.report_back_on else None
    words = words_for(instrument.audience)
    return Booklet(
        title=said_in(instrument.title, language),
        language=language,
        language_name=LANGUAGES[language],
        direction=direction_of(language),
        words=words,
        paper=paper_words_for(instrument.audience),
        introduction=said_in(instrument.introduction, language),
        who_asks=str(words.who_asks) % {"made_by": instrument.designed_by} if instrument.designed_by else "",
        listener=instrument.listener,
        report_back_on=date_format(report, "j F Y") if report else "",
        is_drafted=language in instrument.drafted,
        target=LIMITS[instrument.audience].target,
        helpers=tuple(Box(label) for _code, label in paper_helpers(instrument.audience)),
        told=tuple(Box(str(label)) for _code, label in words.told_options),
        practice=(*(Box(spots) for spots in "257"), Box(_("I don’t know"))) if words.practice else (),
        parts=tuple(_parts(instrument, words, language)),
        edition=edition.number,
        wave=wave,
    )


def paper_helpers(audience: Audience) -> tuple[tuple[str, str], ...]:
    """Who can have sat beside the respondent; nobody taps on paper."""
    ticked = paper_words_for(audience).ticked_for_me
    found: Iterator[tuple[str, Text]] = iter(words_for(audience).helpers)
    return tuple((code, str(ticked if code == "tapped" else label)) for code, label in found)


def question_numbers(instrument: Instrument) -> dict[str, int]:
    """The number of each question, as it is printed beside it."""
    asked = [item.code for item in instrument.items if item.kind is not Kind.INFORMATION]
    return {code: number for number, code in enumerate(asked, start=1)}


def _parts(instrument: Instrument, words: Words, language: str) -> Iterator[Part]:
    """The questions, with a rest after so many where this audience has one and some are still to come."""
    every = LIMITS[instrument.audience].break_every
    numbers = question_numbers(instrument)
    for place, item in enumerate(instrument.items):
        yield _part(item, instrument, numbers, language)
        number = numbers.get(item.code)
        if every and number and number % every == 0 and place + 1 < len(instrument.items):
            yield Part("", Kind.INFORMATION, str(words.rest), hint=str(words.rest_more))


def _part(item: Item, instrument: Instrument, numbers: dict[str, int], language: str) -> Part:
    return Part(
        code=item.code,
        kind=item.kind.value,
        heading=said_in(item.texts, language),
        number=numbers.get(item.code, 0),
        hint=said_in(item.hints, language),
        instruction=_instruction(item),
        only_if=_only_if(item, instrument, numbers, language),
        boxes=tuple(Box(said_in(option.labels, language), drawing(option.picture)) for option in item.options),
        ways_out=tuple(Box(label) for _code, label in ways_out(item)),
        lines=range(LINES.get(item.kind, 0)),
        picture=drawing(item.picture),
    )


def ways_out(item: Item) -> tuple[tuple[str, str], ...]:
    """The two ways out, with their labels; a question answered in words is left by writing nothing."""
    labels = {DO_NOT_KNOW: _("I don’t know"), RATHER_NOT_SAY: _("I don’t want to say")}
    return tuple((way, labels[way]) for way in item.ways_out) if item.is_closed else ()


def _instruction(item: Item) -> str:
    match item.kind:
        case Kind.MULTI:
            return _("Tick as many as you like.")
        case Kind.SORT:
            return _("Write 1 beside what comes first for you, then 2, then 3. You can leave boxes empty.")
        case Kind.DRAWING:
            return _("You can draw here, or write. We type in the words. The drawing stays on the paper.")
        case _:
            return ""


def _only_if(item: Item, instrument: Instrument, numbers: dict[str, int], language: str) -> str:
    """The routing in words, which a phone does by itself."""
    if item.rule is None:
        return ""
    asked = instrument.item(item.rule.item)
    offered = [(option.code, said_in(option.labels, language)) for option in asked.options]
    labels = [label for code, label in [*offered, *ways_out(asked)] if code in item.rule.one_of]
    between = _("or")
    answers = f" {between} ".join(_("“%(answer)s”") % {"answer": label} for label in labels)
    only = _("Only if you ticked %(answers)s at question %(number)s.")
    return only % {"answers": answers, "number": numbers[asked.code]} + " " + _otherwise(item, instrument, numbers)


def _otherwise(item: Item, instrument: Instrument, numbers: dict[str, int]) -> str:
    """Where somebody goes on who does not see this question, nor those that hang together with it."""
    left_out = {item.code}
    later = iter(instrument.items[instrument.items.index(item) + 1 :])
    for following in later:
        if following.rule and (following.rule == item.rule or following.rule.item in left_out):
            left_out.add(following.code)
        elif following.code in numbers:
            return _("If you did not, go on to question %(number)s.") % {"number": numbers[following.code]}
    return _("If you did not, go on to the last question.")
