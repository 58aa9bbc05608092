"""Writes an instrument as the rows of an XLSForm; what XLSForm has no place for stands in columns of our own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.instrument.document import INTRODUCTION, Instrument, digest, write, write_rule
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.recordings import Audio, write_audio
from surveys.instrument.wording import LANGUAGES
from surveys.instrument.xlsform import CHOICES, OURS, SETTINGS, SURVEY, packed
from surveys.instrument.xlsform_relevance import CannotHold, Known, relevant_of, rule_of

FORMAT = "1"
TYPES: Mapping[Kind, str] = {
    Kind.MULTI: "select_multiple",
    Kind.SORT: "rank",
    Kind.SHORT: "text",
    Kind.TEXT: "text",
    Kind.DRAWING: "image",
    Kind.INFORMATION: "note",
}


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: its columns in order, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def sheets_of(instrument: Instrument) -> tuple[Sheet, Sheet, Sheet]:
    """The sheets survey, choices and settings of an instrument; reading them gives it back."""
    earlier: dict[str, Item] = {}
    survey = []
    for item in instrument.items:
        survey.append(_item_row(item, earlier))
        earlier[item.code] = item
    choices = [_choice_row(item, option) for item in instrument.items for option in item.options]
    return (
        _sheet(SURVEY, ("type", "name"), survey),
        _sheet(CHOICES, ("list_name", "name"), choices),
        _sheet(SETTINGS, ("form_title", "form_id", "version", "default_language"), [_settings_row(instrument)]),
    )


def _sheet(name: str, first: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> Sheet:
    rows = tuple(rows)
    columns = dict.fromkeys([*first, *(column for row in rows for column in row)])
    ours = [column for column in columns if column.startswith(OURS)]
    return Sheet(name, (*(column for column in columns if column not in ours), *ours), rows)


def language_named(code: str) -> str:
    """A language as an XLSForm names it."""
    return f"{LANGUAGES.get(code, code)} ({code})"


def _in_languages(column: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{column}::{language_named(code)}": text for code, text in texts.items()}


def _media(audio: Audio) -> dict[str, str]:
    """The names of recordings for other programs, and for us their hashes."""
    names = _in_languages("media::audio", {code: f"{one.sha256}.mp3" for code, one in audio.items()})
    return {**names, f"{OURS}audio": _json(write_audio(audio))} if audio else {}


def _image(picture: str) -> dict[str, str]:
    """The name of a picture for other programs, and for us its own."""
    return {"media::image": f"{picture}.png", f"{OURS}picture": picture} if picture else {}


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _item_row(item: Item, earlier: Mapping[str, Item]) -> dict[str, str]:
    relevant, carried = _relevance(item, earlier)
    return packed(
        {
            "type": f"{TYPES.get(item.kind, 'select_one')} {item.code if item.options else ''}".strip(),
            "name": item.code,
            **_in_languages("label", item.texts),
            **_in_languages("hint", item.hints),
            **({"appearance": "draw"} if item.kind is Kind.DRAWING else {}),
            **({"relevant": relevant} if relevant else {}),
            **_media(item.audio),
            **_image(item.picture),
            f"{OURS}kind": item.kind.value,
            f"{OURS}ways_out": _json(item.ways_out),
            f"{OURS}max_length": str(item.max_length),
        },
        rule=carried,
    )


def _relevance(item: Item, earlier: Mapping[str, Item]) -> tuple[str, dict[str, Any] | None]:
    """The condition for other programs; and the rule itself where the condition does not say all of it."""
    if item.rule is None:
        return "", None
    asked = earlier[item.rule.item]
    relevant = relevant_of(item.rule, asked)
    try:
        said = rule_of(relevant, {asked.code: Known(asked, {code: code for code in asked.option_codes})})
    except CannotHold:
        said = None
    return relevant, None if said == item.rule else {"relevant": relevant, **(write_rule(item.rule) or {})}


def _choice_row(item: Item, option: Option) -> dict[str, str]:
    return packed(
        {
            "list_name": item.code,
            "name": option.code,
            **_in_languages("label", option.labels),
            **_media(option.audio),
            **_image(option.picture),
            **({f"{OURS}excludes_others": "yes"} if option.excludes_others else {}),
        }
    )


def _settings_row(instrument: Instrument) -> dict[str, str]:
    audio = {place: write_audio(found) for place, found in instrument.audio.items() if found}
    carried = {
        "kind": instrument.kind,
        "promise": instrument.promise,
        "terms": instrument.terms,
        "designed_by": instrument.designed_by,
        "listener": instrument.listener,
        "about": instrument.about,
        "report_back_on": instrument.report_back_on,
    }
    return packed(
        {
            "form_title": instrument.title.get("en") or "Survey",
            "form_id": f"earshot_{digest(write(instrument))[:16]}",
            "version": "1",
            "default_language": language_named("en"),
            f"{OURS}format": FORMAT,
            f"{OURS}audience": instrument.audience.value,
            **{f"{OURS}{name}": str(value) for name, value in carried.items() if value},
            f"{OURS}languages": _json(instrument.languages),
            f"{OURS}drafted": _json(instrument.drafted),
            **({f"{OURS}audio": _json(audio)} if audio else {}),
            **_in_languages(f"{OURS}title", instrument.title),
            **_in_languages(f"{OURS}{INTRODUCTION}", instrument.introduction),
            **_in_languages(f"{OURS}promise_added", instrument.promise_added),
        }
    )
