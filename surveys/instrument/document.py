"""The frozen document of an edition: read, write, check answers against it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.instrument.forms import form_problems
from surveys.instrument.hearers import HEARERS
from surveys.instrument.items import BOTH_WAYS_OUT, RESERVED, Answer, Item, Kind, Option, valid_answer
from surveys.instrument.promises import NOBODY_KNOWS, TABLE
from surveys.instrument.recordings import Audio, read_audio, write_audio
from surveys.instrument.routing import Rule, answers_on_path, path
from surveys.instrument.sentences import InvalidAnswer, Sentence
from surveys.instrument.wording import CONVERSATION, LANGUAGES, NEVER_COUNTED, Audience

FORMAT = 1
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}\Z")
INTRODUCTION = "introduction"
# The words around the questions that a survey can have read aloud.
SPOKEN_PLACES = (INTRODUCTION, *BOTH_WAYS_OUT)


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

    `drafted` are the languages that nobody who speaks them has checked yet; `audio` is what was recorded of the words
    around the questions, by place and language. `terms` is the number of the table of promises it was frozen with, 0
    before there was one; `promise_added` is what the survey's own staff add to the words of its promise; `about`
    is whom the questions of a conversation are about, who therefore cannot hold it.
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
    audio: Mapping[str, Audio] = field(default_factory=dict)
    terms: int = 0
    promise_added: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise BadInstrument(problem)

    @property
    def kept_promise(self) -> str:
        """The promise that is told and kept: what was frozen before decision 41 was told *nobody knows*."""
        return self.promise if self.terms else NOBODY_KNOWS

    @property
    def is_conversation(self) -> bool:
        """Whether it is held aloud with somebody, not answered as a survey."""
        return self.kind == CONVERSATION

    @property
    def is_counted(self) -> bool:
        """Whether its answers may become numbers: what was said in a conversation, or by the youngest, never may."""
        return not self.is_conversation and self.audience not in NEVER_COUNTED

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
    yield from _audio_problems(instrument)
    if instrument.terms and instrument.promise not in TABLE:
        yield f"There is no promise {instrument.promise!r}. Choose one of the three."
    if instrument.about and instrument.about not in HEARERS:
        yield f"The questions cannot be about {instrument.about!r}. Choose one of the list, or nobody."


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


def _audio_problems(instrument: Instrument) -> Iterator[str]:
    if unknown := set(instrument.audio) - set(SPOKEN_PLACES):
        yield f"There is a recording of {min(unknown)}, which is no place of a survey."
    for audio in _recorded(instrument):
        if not set(audio) <= set(LANGUAGES) or not all(one.is_whole for one in audio.values()):
            yield "A recording is not named by the hash of its content, or is in no language the platform knows."


def _recorded(instrument: Instrument) -> Iterator[Audio]:
    yield from instrument.audio.values()
    for item in instrument.items:
        yield item.audio
        yield from (option.audio for option in item.options)


def recordings_of(instrument: Instrument) -> frozenset[str]:
    """The hashes of all recordings it names, in every language."""
    return frozenset(one.sha256 for audio in _recorded(instrument) for one in audio.values())


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
    """The document as plain JSON values; `read` gives the same instrument back.

    Recordings, terms and added words are written only where there are some, so that the digests of documents without
    them stay as they were.
    """
    audio = {place: write_audio(found) for place, found in instrument.audio.items() if found}
    return {
        **({"audio": audio} if audio else {}),
        **({"terms": instrument.terms} if instrument.terms else {}),
        **({"promise_added": dict(instrument.promise_added)} if instrument.promise_added else {}),
        **({"about": instrument.about} if instrument.about else {}),
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


def _with_audio(audio: Audio) -> dict[str, Any]:
    return {"audio": write_audio(audio)} if audio else {}


def _write_option(option: Option) -> dict[str, Any]:
    return {
        "code": option.code,
        "labels": dict(option.labels),
        "excludes_others": option.excludes_others,
        "picture": option.picture,
        **_with_audio(option.audio),
    }


def _write_item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind.value,
        "texts": dict(item.texts),
        "hints": dict(item.hints),
        "options": [_write_option(option) for option in item.options],
        "rule": write_rule(item.rule),
        "ways_out": list(item.ways_out),
        "max_length": item.max_length,
        # Said only where there is one, so that editions frozen before keep their digest.
        **({"picture": item.picture} if item.picture else {}),
        **_with_audio(item.audio),
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
            audio={place: read_audio(found) for place, found in document.get("audio", {}).items()},
            terms=document.get("terms", 0),
            promise_added=document.get("promise_added", {}),
            about=document.get("about", ""),
        )
    except (KeyError, TypeError) as problem:
        raise BadInstrument(f"The document is not whole: {problem}.") from problem


def _read_item(item: Mapping[str, Any]) -> Item:
    rule = Rule(item=item["rule"]["item"], one_of=frozenset(item["rule"]["one_of"])) if item["rule"] else None
    return Item(
        code=item["code"],
        kind=Kind(item["kind"]),
        texts=item["texts"],
        hints=item["hints"],
        options=tuple(_read_option(option) for option in item["options"]),
        rule=rule,
        ways_out=tuple(item["ways_out"]),
        max_length=item["max_length"],
        audio=read_audio(item.get("audio", {})),
        picture=item.get("picture", ""),
    )


def _read_option(option: Mapping[str, Any]) -> Option:
    return Option(
        option["code"],
        option["labels"],
        option["excludes_others"],
        option.get("picture", ""),
        read_audio(option.get("audio", {})),
    )


def digest(document: Mapping[str, Any]) -> str:
    """The SHA-256, in hexadecimal, of a document written with sorted keys: equal content gives an equal digest."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
