"""Which words may be quoted in a release, with what beside them (A2 rule 11), and the door to read them by."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from feedback.anonymisation.quotable import Quotable, marks_that_fell, quotable, talked_with, words_by_mark
from feedback.anonymisation.redaction import ENGLISH
from feedback.disclosure.blocks import Period, Quarter
from feedback.disclosure.rules import ProtectionRules, Table
from feedback.releases.around import documents_counted
from feedback.releases.missing import YOUNGEST
from feedback.releases.models import ClosedWindow, Release
from feedback.releases.once import is_one_reading, read_once
from feedback.releases.quotes import Quote
from feedback.releases.released import shown_groups
from feedback.releases.service_information import AUDIENCES
from surveys.design.frozen import instrument_of
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

OPEN = (Release.Status.DRAFT, Release.Status.RETURNED)


@dataclass(frozen=True)
class ShownQuote:
    """One quote as anybody reads it."""

    key: uuid.UUID
    words: str
    audience: str
    question: str
    language: str
    is_drawing: bool
    # The code of the question, where it may be printed.
    item: str = ""
    is_talk: bool = False


@dataclass(frozen=True)
class Quotes:
    """The quotes of a release in their order, and how many that anybody could read were recalled."""

    shown: tuple[ShownQuote, ...]
    recalled: int


def _periods(release: Release, table: Table) -> set[Period]:
    windows = ClosedWindow.objects.filter(release=release, table=table).values_list("first_quarter", "last_quarter")
    return {Period(Quarter.parse(first), Quarter.parse(last)) for first, last in windows.distinct()}


def quarters_of(release: Release) -> set[str]:
    """The quarters whose answers the release is about: only who is among them is quoted in it."""
    return {str(quarter) for period in _periods(release, Table.OVERALL) for quarter in period.quarters()}


def bands_of(release: Release) -> set[tuple[str, str]]:
    """Which age bands may be printed for which quarters: shown in this release, with a base as percentages need it.

    A group that is withheld has no base.
    """
    smallest, own = ProtectionRules(**release.rules).percent_base, _periods(release, Table.AUDIENCE)
    return {
        (group.audience or "", str(quarter))
        for group in shown_groups(release)
        if group.table is Table.AUDIENCE and group.period in own and group.base is not None and group.base >= smallest
        for quarter in group.period.quarters()
    }


def candidates(release: Release) -> list[Quotable]:
    """What an analyst may choose from: nothing that is or ever was a quote. All areas together have no quotes."""
    if release.area is None:
        return []
    rules = ProtectionRules(**release.rules)
    found = quotable(release.area, quarters_of(release), smallest=rules.percent_base, fewest_talks=rules.smallest_group)
    taken = set(Quote.objects.filter(mark__in=[one.mark for one in found]).values_list("mark", flat=True))
    return [one for one in found if one.mark not in taken]


@dataclass(frozen=True)
class Offered:
    """One text an analyst may choose, with what would be printed beside it."""

    mark: str
    words: str
    asked: str
    audience: str
    prints_question: bool
    language: str
    is_drawing: bool
    is_talk: bool


def offered(release: Release, some: Iterable[Quotable]) -> list[Offered]:
    """Some of the candidates with their words."""
    some, bands = list(some), bands_to_print(release)
    words = words_by_mark(some)
    return [_offered(one, printed_with(one, bands), words[one.mark]) for one in some if words.get(one.mark)]


def _offered(one: Quotable, printed: Printed, words: str) -> Offered:
    who = _band(printed.audience)
    return Offered(one.mark, words, asked_of(one), who, bool(printed.item), one.language, one.is_drawing, one.is_talk)


def _band(audience: str) -> str:
    """The name of an age band, that of the youngest included, who are in no figure; blank where none is printed."""
    return {Audience.AGE_4_5.value: YOUNGEST, **AUDIENCES}.get(audience, "")


def asked_of(one: Quotable) -> str:
    """What was asked, in the words in which it was asked."""
    return instrument_of(one.edition_id).item(one.item).texts[ENGLISH]


@dataclass(frozen=True)
class Printed:
    """What stands beside the words: the age band and the question, or blank where they would say too much."""

    audience: str
    item: str
    edition_id: int | None


@dataclass(frozen=True)
class Bands:
    """Which age bands may be printed: of answers by quarter, of conversations wherever enough were talked with."""

    answered: set[tuple[str, str]]
    talked: set[str]


def bands_to_print(release: Release) -> Bands:
    """The age bands that may be printed with the quotes of a release."""
    fewest = ProtectionRules(**release.rules).smallest_group
    talks = talked_with(release.area, quarters_of(release)) if release.area else {}
    return Bands(bands_of(release), {audience for audience, people in talks.items() if people >= fewest})


def printed_with(one: Quotable, bands: Bands) -> Printed:
    """What may be printed with a quote.

    The wording of a question tells the age band. A question asked only after a certain answer tells that answer. What
    was asked in a conversation tells which it was, and is never printed.
    """
    if one.is_talk:
        return Printed(one.audience if one.audience in bands.talked else "", "", None)
    if (one.audience, one.quarter) not in bands.answered:
        return Printed("", "", None)
    if instrument_of(one.edition_id).item(one.item).rule:
        return Printed(one.audience, "", None)
    return Printed(one.audience, one.item, one.edition_id)


def quotes_of(release: Release) -> Quotes:
    """The quotes as they may be read now: without those taken back, or about which there is a worry, since then."""
    if release.area is None:
        return Quotes((), 0)
    of_release = list(release.quotes.all())
    standing = sorted((one for one in of_release if one.is_standing), key=lambda one: (one.place, one.pk))
    fell = _fell(release.area) if standing else set()
    there = [one for one in standing if one.mark not in fell]
    return Quotes(tuple(shown(there)), sum(one.was_public and not one.is_standing for one in of_release))


@read_once
def _fell(area: Area) -> set[str]:
    return marks_that_fell(area)


def shown(quotes: Iterable[Quote]) -> list[ShownQuote]:
    """Quotes as they are read."""
    return [
        ShownQuote(
            one.pk, one.words, _band(one.audience), _question(one), one.language,
            one.is_drawing, one.item, one.is_talk,
        )
        for one in quotes
    ]  # fmt: skip


def _question(quote: Quote) -> str:
    if quote.edition_id is None:
        return ""
    # On a page of figures the documents of all editions are read anyway.
    document = dict(documents_counted()).get(quote.edition_id) if is_one_reading() else None
    if document is None:
        return instrument_of(quote.edition_id).item(quote.item).texts[ENGLISH]
    return next(item["texts"][ENGLISH] for item in document["items"] if item["code"] == quote.item)
