"""The frozen document of an edition: read, write, check answers against it, compare two of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from surveys.instrument.forms import form_problems
from surveys.instrument.items import RESERVED, Answer, Item, Kind, Option, valid_answer
from surveys.instrument.routing import Rule, answers_on_path, path
from surveys.instrument.sentences import InvalidAnswer, Sentence
from surveys.instrument.wording import LANGUAGES, Audience

FORMAT = 1
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}\Z")


class BadInstrument(ValueError):
    """Raised when a document cannot be asked of anybody; the message says what to change."""


class InvalidAnswers(ValueError):
    """Raised when a set of answers cannot be stored; holds one sentence per item."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Some answers could not be stored.")
        self.errors = dict(errors)


@dataclass(frozen=True)
class Instrument:
    """Everything that is asked of one audience, in every language: what an edition freezes.

    `drafted` are the languages that nobody who speaks them has checked yet.
    """

    title: Mapping[str, str]
    audience: Audience
    kind: str
    promise: str
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    introduction: Mapping[str, str] = field(default_factory=dict)
    designed_by: str = ""
    listener: str = ""
    report_back_on: str = ""
    drafted: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise BadInstrument(problem)

    @property
    def closed_items(self) -> tuple[Item, ...]:
        """The items whose answers can be counted."""
        return tuple(item for item in self.items if item.is_closed)

    def item(self, code: str) -> Item:
        """The item with this code; KeyError if there is none."""
        return next((item for item in self.items if item.code == code), None) or _no_item(code)


def _no_item(code: str) -> Item:
    raise KeyError(code)


def _problems(instrument: Instrument) -> Iterator[str]:
    if "en" not in instrument.languages or not set(instrument.languages) <= set(LANGUAGES):
        yield "The languages must include English (en) and be languages the platform knows."
    if not instrument.items:
        yield "The survey asks nothing. Add a question."
    yield from _route_problems(instrument.items)
    for item in instrument.items:
        yield from _item_problems(item, instrument.languages)


def _route_problems(items: tuple[Item, ...]) -> Iterator[str]:
    earlier: dict[str, Item] = {}
    for item in items:
        if not CODE.match(item.code):
            yield f"{item.code!r} is not a code: use letters, digits and _, beginning with a letter."
        if item.code in earlier:
            yield f"{item.code} is asked twice."
        if item.rule:
            yield from _rule_problems(item, item.rule, earlier)
        earlier[item.code] = item


def _rule_problems(item: Item, rule: Rule, earlier: Mapping[str, Item]) -> Iterator[str]:
    asked = earlier.get(rule.item)
    if asked is None or not asked.is_closed:
        yield f"{item.code} is shown after answers to {rule.item}, which is not an earlier question with options."
    elif unknown := rule.one_of - {*asked.option_codes, *asked.ways_out}:
        yield f"{item.code} is shown after {min(unknown)}, which {rule.item} does not offer."
    elif asked.kind is Kind.SORT:
        yield f"{item.code} cannot follow {rule.item}, whose answers are put in order."
    elif asked.kind is Kind.MULTI and (len(rule.one_of) > 1 or not rule.one_of <= set(asked.option_codes)):
        # Several options can be chosen together, so how many were asked could not be said without counting twice.
        yield f"{item.code} may follow one option of {rule.item} only, because several can be chosen together."


def _item_problems(item: Item, languages: tuple[str, ...]) -> Iterator[str]:
    missing = [language for language in languages if not item.texts.get(language)]
    if missing:
        yield f"{item.code} has no text in {LANGUAGES.get(missing[0], missing[0])}."
    if item.is_closed != bool(item.options) or len(item.options) == 1:
        yield f"{item.code} needs two options or more if it is a choice, and none if it is not."
    if len(set(item.option_codes)) < len(item.options) or RESERVED & set(item.option_codes):
        yield f"{item.code} has an option whose code is used twice or reserved."
    yield from form_problems(item)
    for option in item.options:
        if any(not option.labels.get(language) for language in languages):
            yield f"{item.code} has an option ({option.code}) without a label in every language."


def check_answers(instrument: Instrument, answers: object) -> dict[str, Answer]:
    """The valid answers on the respondent's path, as they are kept; blanks are left out.

    `answers` is whatever a device sent. Raises InvalidAnswers, with a sentence per item, if any answer on the path
    is not valid or an item is unknown; answers off the path are dropped unread.
    """
    if not isinstance(answers, dict):
        raise InvalidAnswers({"": Sentence("The answers did not arrive whole. Please try again.")})
    given = {code: value for code, value in answers.items() if value not in (None, "", [])}
    unknown = set(given) - {item.code for item in instrument.items}
    errors: dict[str, str] = {str(code)[:63]: Sentence("This survey does not ask that.") for code in unknown}
    kept: dict[str, Answer] = {}
    for item in path(instrument.items, given):
        if item.code in given:
            _keep(item, given[item.code], kept, errors)
    if errors:
        raise InvalidAnswers(errors)
    return answers_on_path(instrument.items, kept)


def _keep(item: Item, value: object, kept: dict[str, Answer], errors: dict[str, str]) -> None:
    try:
        answer = valid_answer(item, value)
    except InvalidAnswer as problem:
        errors[item.code] = problem.sentence
    else:
        if answer:
            kept[item.code] = answer


def write(instrument: Instrument) -> dict[str, Any]:
    """The document as plain JSON values; `read` gives the same instrument back."""
    return {
        "format": FORMAT,
        "title": dict(instrument.title),
        "audience": instrument.audience.value,
        "kind": str(instrument.kind),
        "promise": str(instrument.promise),
        "languages": list(instrument.languages),
        "introduction": dict(instrument.introduction),
        "designed_by": instrument.designed_by,
        "listener": instrument.listener,
        "report_back_on": instrument.report_back_on,
        "drafted": list(instrument.drafted),
        "items": [_write_item(item) for item in instrument.items],
    }


def write_rule(rule: Rule | None) -> dict[str, Any] | None:
    """A rule as plain JSON values: equal rules are written alike."""
    return {"item": rule.item, "one_of": sorted(rule.one_of)} if rule else None


def _write_item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind.value,
        "texts": dict(item.texts),
        "hints": dict(item.hints),
        "options": [
            {"code": o.code, "labels": dict(o.labels), "excludes_others": o.excludes_others, "picture": o.picture}
            for o in item.options
        ],
        "rule": write_rule(item.rule),
        "ways_out": list(item.ways_out),
        "max_length": item.max_length,
    }


def read(document: Mapping[str, Any]) -> Instrument:
    """The instrument of a document; BadInstrument if it is of another format, lacks something or cannot be asked."""
    if document.get("format") != FORMAT:
        raise BadInstrument(f"This document has format {document.get('format')!r}; this version reads format {FORMAT}.")
    try:
        return Instrument(
            title=document["title"],
            audience=Audience(document["audience"]),
            kind=document["kind"],
            promise=document["promise"],
            languages=tuple(document["languages"]),
            introduction=document["introduction"],
            designed_by=document["designed_by"],
            listener=document["listener"],
            report_back_on=document["report_back_on"],
            drafted=tuple(document.get("drafted", ())),
            items=tuple(_read_item(item) for item in document["items"]),
        )
    except (KeyError, TypeError) as problem:
        raise BadInstrument(f"The document is not whole: {problem}.") from problem


def _read_item(item: Mapping[str, Any]) -> Item:
    rule = Rule(item=item["rule"]["item"], one_of=frozenset(item["rule"]["one_of"])) if item["rule"] else None
    options = tuple(Option(o["code"], o["labels"], o["excludes_others"], o.get("picture", "")) for o in item["options"])
    return Item(
        code=item["code"],
        kind=Kind(item["kind"]),
        texts=item["texts"],
        hints=item["hints"],
        options=options,
        rule=rule,
        ways_out=tuple(item["ways_out"]),
        max_length=item["max_length"],
    )


def digest(document: Mapping[str, Any]) -> str:
    """The SHA-256, in hexadecimal, of a document written with sorted keys: equal content gives an equal digest."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class What(StrEnum):
    """What happened to an item between two editions."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    REROUTED = "rerouted"
    OPTIONS = "options changed"


@dataclass(frozen=True)
class Change:
    """One difference between two editions."""

    item: str
    what: What

    @property
    def breaks_series(self) -> bool:
        """Whether figures before and after must not be joined by a line: the answers offered are not the same."""
        return self.what is What.OPTIONS


def compare(earlier: Instrument, later: Instrument) -> tuple[Change, ...]:
    """The differences from the earlier to the later edition, in the order of the later one, removed items last."""
    before = {item.code: item for item in earlier.items}
    after = {item.code: item for item in later.items}
    stayed_before = [code for code in before if code in after]
    stayed_after = [code for code in after if code in before]
    moved = {code for code, was in zip(stayed_after, stayed_before, strict=True) if code != was}
    changes = [change for item in later.items for change in _item_changes(before.get(item.code), item, moved)]
    return (*changes, *(Change(code, What.REMOVED) for code in before if code not in after))


def _item_changes(before: Item | None, after: Item, moved: set[str]) -> Iterator[Change]:
    if before is None:
        yield Change(after.code, What.ADDED)
        return
    if _offered(before) != _offered(after):
        yield Change(after.code, What.OPTIONS)
    if _is_reworded(before, after):
        yield Change(after.code, What.REWORDED)
    if before.rule != after.rule:
        yield Change(after.code, What.REROUTED)
    if after.code in moved:
        yield Change(after.code, What.MOVED)


def _offered(item: Item) -> object:
    return item.kind, item.option_codes, item.ways_out


def _is_reworded(before: Item, after: Item) -> bool:
    looks = {option.code: (dict(option.labels), option.picture) for option in before.options}
    for option in after.options:
        now = (dict(option.labels), option.picture)
        if looks.get(option.code, now) != now:
            return True
    return (dict(before.texts), dict(before.hints)) != (dict(after.texts), dict(after.hints))
