"""One prepared object per screen on which booklets are keyed, so that templates hold no logic.

Each question shows what is printed, with a number before each answer: typing it in a list chooses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import override

from surveys.answering.booklet import paper_helpers, question_numbers, ways_out
from surveys.answering.keying import AROUND, FIELD, OTHER, RANK, TAKEN, UNREADABLE, Sheet
from surveys.answering.words import words_for
from surveys.instrument.items import Answer, Item, Kind
from surveys.instrument.wording import LANGUAGES, said_in
from surveys.responses.paper_actions import HELPER, TOLD, Outcome

# The letter that chooses a way out in a list, as a number chooses an answer.
OUT = {"do_not_know": "d", "rather_not_say": "n"}
CONTROLS = {Kind.MULTI: "boxes", Kind.SORT: "ranks", Kind.SHORT: "words", Kind.TEXT: "words", Kind.DRAWING: "words"}
LEFT_EMPTY = "left empty, or cannot be read"
READINGS = ("first", "second", "blank", "other")
SORT_PROBLEM = "Give each a number of its own as on the paper, or leave boxes empty."


@dataclass(frozen=True)
class Offered:
    """One answer that can be keyed; `rank` is the number written beside it where things are put in order."""

    value: str
    label: str
    is_chosen: bool = False
    name: str = ""
    rank: str = ""


@dataclass(frozen=True)
class Field:
    """One question to key."""

    code: str
    name: str
    control: str
    number: int
    heading: str
    english: str
    language: str
    offered: tuple[Offered, ...] = ()
    out: tuple[Offered, ...] = ()
    text: str = ""
    unreadable: str = ""
    is_unreadable: bool = False
    is_long: bool = False
    max_length: int = 0
    error: str = ""

    @property
    def id(self) -> str:
        """The id of its first control."""
        return f"k-{self.name}"


@dataclass(frozen=True)
class Place:
    """One question that two people read differently: both readings in words, and what is decided."""

    field: Field
    first: str
    second: str
    name: str
    taken: str
    error: str = ""


@dataclass(frozen=True)
class KeyPage:
    """One booklet to key, or the places of one at which two readings differ."""

    number: int
    edition: int
    language: str
    language_name: str
    after: str
    is_second: bool
    fields: tuple[Field, ...] = ()
    places: tuple[Place, ...] = ()
    carried: tuple[tuple[str, str], ...] = ()
    errors: tuple[tuple[str, str, str], ...] = ()


def key_page(sheet: Sheet, form: QueryDict, errors: Mapping[str, str] | None = None) -> KeyPage:
    """Every question of a booklet as a form; `form` is what was typed so far."""
    fields = tuple(_Fields(sheet, form, errors or {}).all())
    return _page(sheet, fields=fields, errors=tuple((f.id, f.heading, f.error) for f in fields if f.error))


def differing_page(sheet: Sheet, form: QueryDict, outcome: Outcome, *, is_decided: bool = False) -> KeyPage:
    """The places at which two readings differ, and nothing else of what the first person read."""
    make = _Fields(sheet, form, outcome.errors, prefix=OTHER)
    places = []
    for difference in outcome.differences:
        taken = form.get(TAKEN + difference.code, "")
        field = make.one(difference.code)
        error = field.error or ("" if taken in READINGS or not is_decided else "Say which it is.")
        first, second = (make.in_words(difference.code, value) for value in (difference.first, difference.second))
        places.append(Place(field, first, second, TAKEN + difference.code, taken, error))
    return _page(
        sheet,
        places=tuple(places),
        carried=tuple(_carried(sheet, form)),
        errors=tuple((f"t-{place.name}-first", place.field.heading, place.error) for place in places if place.error),
    )


def _page(sheet: Sheet, **parts) -> KeyPage:
    return KeyPage(
        number=sheet.number,
        edition=sheet.edition.number,
        language=sheet.language,
        language_name=LANGUAGES[sheet.language],
        after=sheet.after.hex if sheet.after else "",
        is_second=sheet.after is not None,
        **parts,
    )


def _carried(sheet: Sheet, form: QueryDict):
    """The second person's own reading, which goes along with what they decide and is stored nowhere meanwhile."""
    names = [*AROUND.values()]
    for item in sheet.instrument.items:
        names += [FIELD + item.code, UNREADABLE + item.code]
        names += [f"{RANK}{item.code}.{code}" for code in item.option_codes]
    return [(name, value) for name in names for value in form.getlist(name) if value]


class _Fields:
    """Makes the fields of one booklet, in its language with the English beside it."""

    def __init__(self, sheet: Sheet, form: QueryDict, errors: Mapping[str, str], prefix: str = "") -> None:
        self.sheet, self.form, self.errors, self.prefix = sheet, form, errors, prefix
        self.instrument = sheet.instrument
        self.numbers = question_numbers(self.instrument)

    def all(self):
        """Every question, in the order in which it is printed."""
        yield self.one(HELPER)
        for code in self.numbers:
            yield self.one(code)
        yield self.one(TOLD)

    def one(self, code: str) -> Field:
        """One question."""
        return self._around(code) if code in AROUND else self._item(self.instrument.item(code))

    def in_words(self, code: str, value: Answer | None) -> str:
        """A reading as the officer can compare it with the paper."""
        if code in AROUND:
            return dict(self._around_labels(code)).get(str(value), LEFT_EMPTY)
        item = self.instrument.item(code)
        labels = dict([*self._labels(item), *self._out_labels(item)])
        if isinstance(value, list):
            parts = [labels[one] for one in value]
            return (
                ", ".join(f"{n}. {part}" for n, part in enumerate(parts, start=1))
                if item.kind is Kind.SORT
                else (", ".join(parts))
            )
        return labels.get(str(value), str(value)) if value else LEFT_EMPTY

    def _around(self, code: str) -> Field:
        name, words = self.prefix + AROUND[code], words_for(self.instrument.audience)
        given = self.form.get(name, "")
        asked = words.with_you if code == HELPER else words.told
        heading, english = self._in_both(lambda: str(asked))
        return Field(
            code=code,
            name=name,
            control="list",
            number=0,
            heading=heading,
            english="" if english == heading else english,
            language=self.sheet.language,
            offered=tuple(
                Offered(value, f"{n} · {label}", value == given)
                for n, (value, label) in enumerate(self._around_labels(code), start=1)
            ),
            error=self.errors.get(code, ""),
        )

    def _around_labels(self, code: str) -> list[tuple[str, str]]:
        def labels():
            audience = self.instrument.audience
            found = paper_helpers(audience) if code == HELPER else words_for(audience).told_options
            return [(value, str(label)) for value, label in found]

        return _beside(*self._in_both(labels))

    def _item(self, item: Item) -> Field:
        name, error = f"{self.prefix}{FIELD}{item.code}", self.errors.get(item.code, "")
        given = self.form.getlist(name)
        return Field(
            code=item.code,
            name=name,
            control=CONTROLS.get(item.kind, "list"),
            number=self.numbers[item.code],
            heading=said_in(item.texts, self.sheet.language),
            english="" if self.sheet.language == "en" else said_in(item.texts, "en"),
            language=self.sheet.language,
            offered=tuple(self._offered(item, given)),
            out=tuple(Offered(way, f"{OUT[way]} · {label}", way in given) for way, label in self._out_labels(item)),
            text=given[-1] if given and not item.is_closed else "",
            unreadable="" if self.prefix else f"{UNREADABLE}{item.code}",
            is_unreadable=bool(self.form.get(f"{UNREADABLE}{item.code}")),
            is_long=item.kind is not Kind.SHORT,
            max_length=item.longest,
            error=SORT_PROBLEM if error and item.kind is Kind.SORT else error,
        )

    def _offered(self, item: Item, given: list[str]):
        for n, (code, label) in enumerate(self._labels(item), start=1):
            rank = f"{self.prefix}{RANK}{item.code}.{code}"
            shown = label if item.kind in {Kind.LADDER, Kind.SORT} else f"{n} · {label}"
            yield Offered(code, shown, code in given, rank, self.form.get(rank, ""))

    def _labels(self, item: Item) -> list[tuple[str, str]]:
        printed, english = (
            [(option.code, said_in(option.labels, language)) for option in item.options]
            for language in (self.sheet.language, "en")
        )
        return _beside(printed, english)

    def _out_labels(self, item: Item) -> list[tuple[str, str]]:
        return _beside(*self._in_both(lambda: list(ways_out(item))))

    def _in_both(self, make):
        """What the booklet says, and the English of it."""
        said = []
        for language in (self.sheet.language, "en"):
            with override(language):
                said.append(make())
        return said


def _beside(printed: list[tuple[str, str]], english: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is printed, kept apart from the direction of the English that stands beside it where it is another word."""
    pairs = zip(printed, english, strict=True)
    return [(code, said if said == meant else f"\u2068{said}\u2069 · {meant}") for (code, said), (_, meant) in pairs]
