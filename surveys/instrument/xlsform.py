"""The sheets of an XLSForm as plain rows: what a column means, in which language, and what a cell cannot hold.

XLSForm is the spreadsheet in which most survey designs are passed around (xlsform.org). Its rows come here as
dictionaries from column to text, with the number that the row has in the spreadsheet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.instrument.pictures import PICTURES
from surveys.instrument.recordings import Audio, read_audio
from surveys.instrument.wording import LANGUAGES

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
# Not “earshot::”: other programs make a tree of what has colons in it, and fail at choices.
OURS = "earshot_"
EXACT = f"{OURS}exact"
# What is not in LANGUAGES under the name that other people's forms use.
IN_ENGLISH = {
    "welsh": "cy", "polish": "pl", "romanian": "ro", "urdu": "ur", "arabic": "ar", "ukrainian": "uk", "somali": "so",
}  # fmt: skip
NAMED = {**{name.casefold(): code for code, name in LANGUAGES.items()}, **IN_ENGLISH}
# Other names of a column, from the reference implementation's list of aliases.
ALIASES = {
    "relevance": "relevant", "caption": "label", "command": "type", "tag": "name", "value": "name",
    "list name": "list_name", "calculate": "calculation", "readonly": "read_only", "count": "repeat_count",
    "jr:count": "repeat_count", "constraining_message": "constraint_message", "requiredmsg": "required_message",
    "set_form_title": "form_title", "set_form_id": "form_id", "title": "form_title", "id_string": "form_id",
}  # fmt: skip
WRAPPERS = {"media", "bind", "control", "body"}
_CODE_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3})(?:[-_][\w-]+)?\)\s*\Z")
# What XML, and therefore a spreadsheet, has no way to write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class BadXlsform(ValueError):
    """Raised when a form cannot be read at all; the sentence names the sheet and the row."""


@dataclass(frozen=True)
class Loss:
    """One thing of a form that has no equal here: where it stands, and what becomes of it."""

    sheet: str
    row: int | None
    what: str

    def __str__(self) -> str:
        return f"{place_of(self.sheet, self.row)}: {self.what}"


def place_of(sheet: str, row: int | None) -> str:
    """Where something stands, as one would look for it in the spreadsheet."""
    return f"Sheet {sheet}, row {row}" if row else f"Sheet {sheet}"


@dataclass(frozen=True)
class Column:
    """What a column holds, and the language it is in as the form names it; none for the form's own language."""

    name: str
    language: str = ""


def column_of(header: str) -> Column:
    """What a header of a sheet means; `media::image::English (en)` is the column `image` in `English (en)`."""
    parts = [part.strip() for part in (header.split("::") if "::" in header else header.split(":"))]
    if parts[0].lower() in WRAPPERS and len(parts) > 1:
        parts = parts[1:]
    first = parts[0].lower()
    if first == "jr" and len(parts) > 1:
        first, parts = f"jr:{parts[1]}", parts[1:]
    return Column(ALIASES.get(first, first), "::".join(parts[1:]))


def language_of(named: str) -> str | None:
    """The code of the platform's language that a form means; None if the platform does not have it."""
    in_brackets = _CODE_IN_BRACKETS.search(named)
    if in_brackets:
        return in_brackets[1].lower() if in_brackets[1].lower() in LANGUAGES else None
    plain = named.strip().casefold()
    return plain if plain in LANGUAGES else NAMED.get(plain)


@dataclass(frozen=True)
class Row:
    """One row of a sheet; its values are never blank. `number` is the row in the spreadsheet, the header being 1."""

    sheet: str
    number: int
    values: Mapping[str, str]

    def get(self, name: str) -> str:
        """The value of a column that has no language; blank if there is none."""
        for header, value in self.values.items():
            if column_of(header) == Column(name):
                return value
        return ""

    def said(self, name: str) -> Iterator[tuple[str, str]]:
        """A text in each language as the form names it; the form's own language is blank."""
        for header, value in self.values.items():
            column = column_of(header)
            if column.name == name:
                yield column.language, value


@dataclass(frozen=True)
class Sheets:
    """The sheets of a form as they were read; `others` are the names of those that mean nothing here."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...] = ()
    settings: Row = field(default_factory=lambda: Row(SETTINGS, 2, {}))
    others: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it was written here, with all that an XLSForm has no place for in columns of our own."""
        return bool(self.settings.get(f"{OURS}format"))


def as_a_cell(text: str) -> str:
    """What is left of a text that went through a cell: readers trim it, and XML has no control characters."""
    one_kind_of_line = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", one_kind_of_line).replace("\xa0", " ").strip()


def packed(values: Mapping[str, str], **more: Any) -> dict[str, str]:
    """The values as cells; what a cell would change is also kept, exactly, in a column of its own."""
    exact: dict[str, Any] = {
        header: text for header, text in values.items() if as_a_cell(text) != text or not as_a_cell(text)
    }
    exact.update({name: value for name, value in more.items() if value is not None})
    cells = {header: as_a_cell(text) for header, text in values.items() if as_a_cell(text)}
    return {**cells, **({EXACT: json.dumps(exact, sort_keys=True)} if exact else {})}


def unpacked(row: Row) -> tuple[Row, dict[str, Any]]:
    """The row as it was before it was packed, and what else was packed with it; a cell that was edited since wins."""
    exact = exact_of(row)
    values = {header: text for header, text in row.values.items() if header != EXACT}
    for header, text in exact.items():
        if isinstance(text, str) and as_a_cell(text) == values.get(header, ""):
            values[header] = text
    return Row(row.sheet, row.number, values), exact


def exact_of(row: Row) -> dict[str, Any]:
    """What was packed with a row; BadXlsform if somebody broke it."""
    return json_of(row, EXACT, dict) or {}


def json_of(row: Row, header: str, kind: type) -> Any:
    """The value of one of our columns that holds JSON; None if it is blank, BadXlsform if it is something else."""
    written = row.values.get(header, "")
    if not written:
        return None
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, kind):
        raise BadXlsform(f"{place_of(row.sheet, row.number)}: {header} was changed by hand. Delete it, or export anew.")
    return value


def audio_of(row: Row) -> Audio:
    """The recordings that a row of ours names."""
    return _recordings(row, json_of(row, f"{OURS}audio", dict) or {})


def picture_of(row: Row) -> str:
    """The picture that a row names, if it is one of those that the phone draws: by our name, or by that of a file."""
    files = [file.rsplit(".", 1)[0].lower() for _, file in row.said("image")]
    return next((name for name in (row.get(f"{OURS}picture"), *files) if name in PICTURES), "")


def audio_by_place(row: Row) -> dict[str, Audio]:
    """The recordings of the words around the questions, by place."""
    written = json_of(row, f"{OURS}audio", dict) or {}
    return {place: _recordings(row, found) for place, found in written.items()}


def _recordings(row: Row, written: Any) -> Audio:
    try:
        return read_audio(written)
    except (KeyError, TypeError, AttributeError) as problem:
        raise BadXlsform(f"{place_of(row.sheet, row.number)}: {OURS}audio was changed by hand. Delete it.") from problem
