"""What the columns of published.csv mean, as CSV on the Web metadata: a datatype for each, and what a blank says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
REASONS = ("too_few", "would_reveal_another", "too_few_answered", "masked")
PER_CENT = {"base": "integer", "minimum": 0, "maximum": 100}
# The name of a column, its datatype, whether it is never blank, and what it means.
Columns = Mapping[str, tuple[str | dict[str, Any], bool, str]]
COLUMNS: Columns = {
    "release": ("string", True, "The release this cell was published in."),
    "area": ("string", True, "The area's code; all for all areas together."),
    "stage": ("string", False, "Step of the child's journey; all for every step, blank where it is not known."),
    "service": ("string", False, "The service's code; all for every service, blank where it is not known."),
    "audience": ("string", True, "Who answered; all for everybody."),
    "period": ("string", True, "The quarters whose answers are in the cell."),
    "question": ("string", True, "The question's code."),
    "option": ("string", True, "The answer's code; did_not_answer and rather_not_say included."),
    "count": ("decimal", False, "How many gave this answer, moved by a small secret amount; blank if withheld."),
    "base": ("nonNegativeInteger", False, "How many were asked; blank if withheld."),
    "percent": (
        "string",
        False,
        "Share of those who answered: a whole number, under x, over y, or one of few, about half, most; "
        "blank if withheld.",
    ),
    "low": (PER_CENT, False, "Lower end of the likely range, in per cent, because figures are adjusted."),
    "high": (PER_CENT, False, "Upper end of the likely range, in per cent, because figures are adjusted."),
    "low_all": (PER_CENT, False, "Lower end of the likely range for all children, in per cent."),
    "high_all": (PER_CENT, False, "Upper end of the likely range for all children, in per cent."),
    "reason": (
        {"base": "string", "format": "|".join(REASONS)},
        False,
        f"Why numbers are blank: {', '.join(REASONS[:-1])} or {REASONS[-1]}. Blank where nothing is withheld.",
    ),
}
KEY = ["release", "area", "stage", "service", "audience", "period", "question", "option"]


def table_of(title: str, *, description: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata document of the figures; what else is said about them stands in notes, one for each plain value.

    The vocabulary allows no names of our own outside of notes, and in them only names with a known prefix.
    """
    notes = [
        {"@type": "schema:PropertyValue", "schema:name": name, "schema:value": value}
        for name, value in _plain("", about)
    ]
    return table("published.csv", title, description=description, columns=COLUMNS, key=KEY) | {"notes": notes}


def table(url: str, title: str, *, description: str, columns: Columns, key: Sequence[str]) -> dict[str, Any]:
    """The metadata document of one table."""
    return {
        "@context": CONTEXT,
        "@type": "Table",
        "url": url,
        "dc:title": title,
        "dc:description": description,
        "dc:license": {"@id": LICENCE},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True, "headerRowCount": 1},
        "tableSchema": {"columns": [_column(name, *columns[name]) for name in columns], "primaryKey": list(key)},
    }


def _column(name: str, datatype: str | dict[str, Any], is_required: bool, meaning: str) -> dict[str, Any]:
    return {
        "name": name,
        "titles": name,
        "dc:description": meaning,
        "datatype": datatype,
        "required": is_required,
        "null": "",
    }


def _plain(name: str, value: Any) -> Iterator[tuple[str, str | int | float | bool]]:
    """The plain values inside, each by the path to it; nothing is not said."""
    parts: Iterator[tuple[str, Any]] | None = None
    if isinstance(value, Mapping):
        parts = ((str(key), one) for key, one in value.items())
    elif isinstance(value, list | tuple):
        parts = ((str(number), one) for number, one in enumerate(value, start=1))
    if parts is not None:
        for part, one in parts:
            yield from _plain(f"{name}/{part}" if name else part, one)
    elif value is not None:
        yield name, value
