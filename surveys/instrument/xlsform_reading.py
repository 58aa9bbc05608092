"""Makes an instrument out of the rows of an XLSForm, and lists each thing in them that has no equal here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from surveys.instrument.document import INTRODUCTION, BadInstrument, Instrument
from surveys.instrument.forms import form_problems
from surveys.instrument.items import BOTH_WAYS_OUT, LADDER_CODES, LONGEST_TEXT, Item, Kind, Option
from surveys.instrument.routing import Rule
from surveys.instrument.wording import CONVERSATION, NEVER_COUNTED, Audience
from surveys.instrument.xlsform import (
    CHOICES,
    OURS,
    SETTINGS,
    SURVEY,
    BadXlsform,
    Loss,
    Row,
    Sheets,
    audio_by_place,
    audio_of,
    json_of,
    picture_of,
    unpacked,
)
from surveys.instrument.xlsform_audit import Audit
from surveys.instrument.xlsform_choices import Choices
from surveys.instrument.xlsform_relevance import CannotHold, Known, both, rule_of
from surveys.instrument.xlsform_texts import Texts, code_like
from surveys.instrument.xlsform_types import AT_FIRST, KINDS_OF, Asks, NoEqual, asks, control_of


@dataclass(frozen=True)
class Converted:
    """What a form becomes here: the instrument, and each thing of the form that it does not hold."""

    instrument: Instrument
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class _Part:
    """A group or repeat that is open, and what leads into it."""

    row: Row
    what: str
    rule: Rule | None


def convert(sheets: Sheets, *, audience: Audience) -> Converted:
    """The instrument of a form, for this audience; BadXlsform says where it cannot be read."""
    reading = _Reading(sheets)
    for row in sheets.survey:
        reading.take(row)
    reading.finish()
    if not reading.items:
        raise BadXlsform(
            "Sheet survey: it holds nothing that can be asked here.\n" + "\n".join(map(str, reading.losses))
        )
    try:
        instrument = reading.instrument(audience)
    except (BadInstrument, TypeError, KeyError, AttributeError) as problem:
        raise BadXlsform(f"Sheet survey: {problem}") from problem
    return Converted(instrument, tuple(sorted(reading.losses, key=_place)))


def _place(loss: Loss) -> tuple[int, int]:
    return [SETTINGS, SURVEY, CHOICES].index(loss.sheet) if loss.sheet in {
        SETTINGS,
        SURVEY,
        CHOICES,
    } else 3, loss.row or 0


@dataclass
class _Reading:
    """Goes through a form from the first row to the last; what is lost on the way is noted where it is met."""

    sheets: Sheets
    items: dict[str, Item] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts: list[_Part] = []
        self.known: dict[str, Known] = {}
        self.settings, self.carried = unpacked(self.sheets.settings)
        self.texts = Texts(self.settings.get("default_language"), self.losses)
        self.texts.look_for_english(self.sheets.survey)
        self.choices = Choices(self.sheets.choices, self.texts, self.losses)
        self.audit = Audit(self.texts, self.losses)

    def take(self, row: Row) -> None:
        """Takes one row of the survey sheet over, or notes why not."""
        if not row.values:
            return
        row, exact = unpacked(row)
        written = row.get("type")
        if not written:
            self._lose(row, "it has no type, so it is left out")
        elif control := control_of(written):
            self._part(row, *control)
        else:
            self._question(row, written, exact)

    def _lose(self, row: Row, what: str) -> None:
        name = row.get("name")
        self.losses.append(Loss(row.sheet, row.number, f"{name}: {what}." if name else f"{what}."))

    def _part(self, row: Row, end: str, what: str) -> None:
        if end == "begin":
            self._begin(row, what)
        elif not self.parts:
            raise BadXlsform(f"Sheet survey, row {row.number}: it closes a {what} that was never opened.")
        else:
            self.parts.pop()

    def _begin(self, row: Row, what: str) -> None:
        again = " once, not again and again" if what != "group" else ""
        self._lose(row, f"the {what} is opened up: its questions are asked one after the other{again}")
        for language, text in row.said("label"):
            self._lose(row, f"the heading “{text}”{f' ({language})' if language else ''} is not shown")
        self.audit.of_row(row, ignored={"label", "type", "name", "relevant"})
        self.parts.append(_Part(row, what, self._rule(row, {})))

    def _question(self, row: Row, written: str, exact: Mapping[str, Any]) -> None:
        facts = {name: row.get(name) for name in ("appearance", "parameters", "constraint")}
        try:
            way = asks(written, **facts)
            item = self._item(row, way, exact)
        except NoEqual as problem:
            self._lose(row, f"it {problem}")
            return
        self.audit.of_row(row, ignored=_said_by(way, written))
        if way.or_other:
            self._lose(row, "*other*, with a line to write on, is not offered")
        codes = {name: code for name, code in self.choices.codes(way.choices).items() if code in item.option_codes}
        self.items[item.code] = item
        self.known[row.get("name")] = Known(item, codes or {code: code for code in item.option_codes})

    def _item(self, row: Row, way: Asks, exact: Mapping[str, Any]) -> Item:
        texts = self.texts.of(row, "label")
        options = self._options(row, way, texts)
        kind = self._kind(row, way, options)
        item = Item(
            code=self._code(row),
            kind=kind,
            texts=texts,
            options=options,
            hints=self.texts.of(row, "hint", needed=False),
            ways_out=self._ways_out(row, kind),
            max_length=self._ours(row, "max_length", int, LONGEST_TEXT),
            audio=audio_of(row),
            picture=picture_of(row),
        )
        if problems := list(form_problems(item)):
            raise NoEqual(f"cannot be asked like this: {problems[0].rstrip('.')}")
        if not self.sheets.is_ours:
            item = self.texts.whole_only(item, row)
        return replace(item, rule=self._rule(row, exact))

    def _options(self, row: Row, way: Asks, texts: Mapping[str, str]) -> tuple[Option, ...]:
        if way.way == "steps":
            return tuple(Option(step, dict.fromkeys(texts, step)) for step in LADDER_CODES)
        if not way.choices:
            return ()
        options = self.choices.options(way.choices, row)
        if len(options) < 2:
            raise NoEqual("has fewer than two choices, so there is nothing to choose; it is left out")
        return options

    def _kind(self, row: Row, way: Asks, options: tuple[Option, ...]) -> Kind:
        named = row.get(f"{OURS}kind")
        if named in KINDS_OF[way.way]:
            return Kind(named)
        if way.way == "choose" and tuple(option.code for option in options) == LADDER_CODES:
            return Kind.LADDER
        return AT_FIRST[way.way]

    def _code(self, row: Row) -> str:
        name = row.get("name")
        code = code_like(name, taken=self.items, otherwise=f"row_{row.number}")
        if code != name:
            self._lose(row, f"its code is {code} here" if name else f"it has no name; its code is {code} here")
        return code

    def _ways_out(self, row: Row, kind: Kind) -> tuple[str, ...]:
        usual = [] if kind is Kind.INFORMATION else [*BOTH_WAYS_OUT]
        ways: list[object] = self._ours(row, "ways_out", list, usual)
        if any(way not in BOTH_WAYS_OUT for way in ways):
            raise BadXlsform(f"Sheet {row.sheet}, row {row.number}: {OURS}ways_out was changed by hand. Delete it.")
        return tuple(map(str, ways))

    def _ours(self, row: Row, name: str, kind: type, otherwise: Any) -> Any:
        value = json_of(row, f"{OURS}{name}", kind)
        return otherwise if value is None else value

    def _rule(self, row: Row, exact: Mapping[str, Any]) -> Rule | None:
        """What leads to a row: its own condition and those of the groups around it, as far as one rule can say them."""
        outer = self.parts[-1].rule if self.parts else None
        relevant = row.get("relevant")
        if carried := _carried(exact.get("rule"), relevant):
            return carried
        if not relevant:
            return outer
        try:
            own = rule_of(relevant, self.known)
            return both(outer, own, self.items) if outer else own
        except CannotHold as problem:
            self._lose(row, f"the condition “{relevant[:300]}” is not kept, because {problem}")
            return outer

    def finish(self) -> None:
        """Says what is left when all rows were read."""
        if self.parts:
            part = self.parts[-1]
            raise BadXlsform(f"Sheet survey, row {part.row.number}: the {part.what} that begins here is never closed.")
        self.choices.unused()
        self.audit.of_sheets(self.sheets, self.settings)

    def instrument(self, audience: Audience) -> Instrument:
        """All of it, as it would be frozen."""
        languages = self._ours(self.settings, "languages", list, None) or self._languages()
        named = self.settings.get(f"{OURS}kind") or "survey"
        return Instrument(
            title=self._title(languages),
            audience=audience,
            kind=CONVERSATION if audience in NEVER_COUNTED else named,
            promise=self.settings.get(f"{OURS}promise") or "nobody_knows",
            languages=tuple(languages),
            items=tuple(self.items.values()),
            introduction=self.texts.of(self.settings, f"{OURS}{INTRODUCTION}", needed=False),
            designed_by=self.settings.get(f"{OURS}designed_by"),
            listener=self.settings.get(f"{OURS}listener"),
            report_back_on=self.settings.get(f"{OURS}report_back_on"),
            drafted=tuple(self._ours(self.settings, "drafted", list, languages[1:])),
            audio=audio_by_place(self.settings),
            terms=self._ours(self.settings, "terms", int, 0),
            promise_added=self.texts.of(self.settings, f"{OURS}promise_added", needed=False),
            about=self.settings.get(f"{OURS}about") or "",
        )

    def _title(self, languages: list[str]) -> dict[str, str]:
        ours = self.texts.of(self.settings, f"{OURS}title", needed=False)
        if ours or self.sheets.is_ours:
            return ours
        title = self.settings.get("form_title") or self.settings.get("form_id") or "A survey without a title"
        return dict.fromkeys(languages, title)

    def _languages(self) -> list[str]:
        """English, and each language in which all of it is worded."""
        worded = set.intersection(*(set(item.texts) for item in self.items.values()))
        return ["en", *sorted(worded - {"en"})]


def _carried(carried: object, relevant: str) -> Rule | None:
    """The rule that was exported with a condition, as long as nobody changed that."""
    if not isinstance(carried, dict) or carried.get("relevant") != relevant:
        return None
    item, one_of = carried.get("item"), carried.get("one_of")
    is_whole = isinstance(item, str) and isinstance(one_of, list) and all(isinstance(code, str) for code in one_of)
    return Rule(item, frozenset(one_of)) if is_whole and isinstance(item, str) and isinstance(one_of, list) else None


def _said_by(way: Asks, written: str) -> set[str]:
    """The columns that say nothing more than what the way of answering says."""
    said = {"type", "name", "label", "hint", "relevant"}
    if way.way == "draw":
        said |= {"appearance"}
    if way.way == "steps":
        said |= {"constraint", "constraint_message"} if written.strip().lower() != "range" else {"parameters"}
    return said


def languages_left_out(converted: Converted) -> Iterator[str]:
    """The languages in which something, but not everything, is worded."""
    some = {language for item in converted.instrument.items for language in item.texts}
    yield from sorted(some - set(converted.instrument.languages))
