"""Looks through a form for everything that nobody took over, so that nothing is dropped without a word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from surveys.instrument.xlsform import (
    CHOICES,
    EXACT,
    OURS,
    SETTINGS,
    SURVEY,
    Column,
    Loss,
    Row,
    Sheets,
    column_of,
    picture_of,
)
from surveys.instrument.xlsform_texts import Texts

# What is lost with a column, as a sentence about the row; {value} is what stands there.
SAID: dict[str, str] = {
    "constraint": "the check “{value}” is not made",
    "constraint_message": "the message “{value}” is not shown",
    "required": "an answer is required there ({value}); here nobody has to answer",
    "required_message": "the message “{value}” is not shown",
    "default": "the answer “{value}” is not filled in beforehand",
    "calculation": "“{value}” is not worked out",
    "appearance": "it does not look like “{value}”; the phone decides by audience",
    "read_only": "it is marked as read only ({value}), which is not kept",
    "choice_filter": "the choices are not filtered by “{value}”; all of them are offered",
    "parameters": "“{value}” is not kept",
    "repeat_count": "it is not repeated ({value})",
    "trigger": "nothing is done when {value} is answered",
    "guidance_hint": "the note for interviewers “{value}” is not kept",
    "image": "the picture {value} is not kept",
    "big-image": "the picture {value} is not kept",
    "audio": "the recording {value} is not in the form; put it in at the question",
    "video": "the film {value} is not kept",
}
NO = {"no", "false", "false()", "0"}
KEPT = {
    SURVEY: {"type", "name", "label", "hint", "relevant"},
    CHOICES: {"list_name", "name", "label"},
    SETTINGS: {"form_title", "default_language"},
}
# What we write for other programs and need not read.
OWN = {"form_id", "version"}
MOST_ROWS_NAMED = 12


@dataclass
class Audit:
    """Notes what stays behind: row by row where a row loses something, by column where a column means nothing here."""

    texts: Texts
    losses: list[Loss] = field(repr=False)

    def of_row(self, row: Row, *, ignored: Collection[str]) -> None:
        """Notes each value of a row that changes how it is asked and is not kept."""
        for header, value in row.values.items():
            column = column_of(header)
            sentence = SAID.get(column.name)
            if sentence and column.name not in ignored and not self._is_kept_otherwise(row, column.name, value):
                name = row.get("name")
                what = sentence.format(value=value[:300])
                self.losses.append(Loss(row.sheet, row.number, f"{name}: {what}." if name else f"{what}."))

    def _is_kept_otherwise(self, row: Row, name: str, value: str) -> bool:
        if name in {"required", "read_only"}:
            return value.strip().casefold() in NO
        if name == "image":
            return bool(picture_of(row))
        return name == "audio" and bool(row.get(f"{OURS}audio"))

    def of_sheets(self, sheets: Sheets, settings: Row) -> None:
        """Notes columns, settings and sheets that mean nothing here."""
        for row in sheets.choices:
            self.of_row(row, ignored=())
        self._columns(SURVEY, sheets.survey)
        self._columns(CHOICES, sheets.choices)
        for header, value in settings.values.items():
            column = column_of(header)
            if not column.name.startswith(OURS) and column.name not in KEPT[SETTINGS] | (
                OWN if sheets.is_ours else set()
            ):
                self.losses.append(Loss(SETTINGS, settings.number, f"{header} ({value[:200]}) is not kept."))
        for name in sheets.others:
            self.losses.append(Loss(name, None, "the whole sheet is left out; it means nothing here."))

    def _columns(self, sheet: str, rows: tuple[Row, ...]) -> None:
        held: dict[str, list[int]] = {}
        for row in rows:
            for header in row.values:
                held.setdefault(header, []).append(row.number)
        meant: set[Column] = set()
        for header, numbers in held.items():
            if column_of(header) in meant:
                self.losses.append(
                    Loss(sheet, numbers[0], f"column {header}: another column says the same and was read.")
                )
            meant.add(column_of(header))
            if why := self._why_not(sheet, header):
                self.losses.append(Loss(sheet, numbers[0], f"column {header}: {why} ({_rows(numbers)})."))

    def _why_not(self, sheet: str, header: str) -> str:
        column = column_of(header)
        if header == EXACT or column.name.startswith(OURS):
            return ""
        if column.name in KEPT[sheet]:
            if column.language and not self.texts.knows(column.language):
                return f"{column.language} is not a language of the platform, so its texts are left out"
            return "" if column.language or self.texts.knows("") else "its language is none of the platform’s"
        return "" if column.name in SAID else "it means nothing here and is left out"


def _rows(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:MOST_ROWS_NAMED]))
    more = len(numbers) - MOST_ROWS_NAMED
    return f"row{'s' if len(numbers) > 1 else ''} {named}{f' and {more} more' if more > 0 else ''}"
