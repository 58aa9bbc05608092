"""Reads tables that people send: every fault is named with its line, and nothing is guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm


class BadTable(ValueError):
    """Raised when a file cannot be loaded as a whole; names each line and what is wrong with it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Line:
    """One row of a table, with the line of the file it ends on."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What the first line of a file names, and the rows below it, of which there may be none."""

    header: tuple[str, ...]
    lines: list[Line]


def read_table(file: Path) -> Table:
    """A CSV file in UTF-8; BadTable names the first line that is not whole."""
    return table_of(_content_of(file))


def table_of(content: bytes) -> Table:
    """The same, of what somebody has sent."""
    reader = csv.reader(io.StringIO(_text_of(content), newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(header)
        return Table(tuple(header), list(_lines(reader, header)))
    except csv.Error as problem:
        raise BadTable([f"Line {reader.line_num}: {problem}."]) from problem


def _lines(reader, header: list[str]) -> Iterator[Line]:
    for row in reader:
        if row:
            yield Line(reader.line_num, dict(zip(header, _whole(row, header, reader.line_num), strict=True)))


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise BadTable([f"{file.name} cannot be read: {problem.strerror}."]) from problem


def _text_of(content: bytes) -> str:
    if (nul := content.find(b"\0")) >= 0:
        raise BadTable([f"Line {_line_at(content, nul)}: there is a NUL byte. Save the file again as CSV in UTF-8."])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = _line_at(content, problem.start)
        raise BadTable([f"Line {line}: this is not UTF-8. Save the file again as CSV in UTF-8."]) from problem


def _line_at(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _check_header(header: list[str]) -> None:
    if not header:
        raise BadTable(["Line 1: the file is empty; the first line must name the columns."])
    if len(set(header)) < len(header):
        raise BadTable(["Line 1: a column is named twice."])


def _whole(row: list[str], header: list[str], number: int) -> list[str]:
    if len(row) != len(header):
        raise BadTable(
            [f"Line {number}: {len(row)} values for {len(header)} columns. The line is cut or has too many."]
        )
    return row


def check_columns(header: Iterable[str], *, needed: Iterable[str], known: Callable[[str], bool]) -> None:
    """Refuses a table that lacks a column or has one that means nothing here, whether or not it has rows."""
    header = list(header)
    if missing := [name for name in needed if name not in header]:
        raise BadTable([f"Line 1: the column {missing[0]} is missing."])
    if strange := [name for name in header if not known(name)]:
        raise BadTable([f"Line 1: the column {strange[0]!r} is not known. Remove it, or name it in the mapping file."])


def with_progress(things: list, doing: str) -> Iterable:
    """The things, with a progress bar on a terminal once the work takes longer than two seconds."""
    return tqdm(things, desc=doing, unit=" rows", delay=2, disable=None)
