"""Every cell of a form's sheets as it stands in the file, for what the reader of forms passes over."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import xlrd

from surveys.instrument.xlsform import CHOICES, SETTINGS, SURVEY, BadXlsform, place_of

MOST_ROWS = 10_000
MOST_COLUMNS = 300
# The reader of forms takes as many empty rows for the end of a sheet.
GAP = 60
FORMS_SHEETS = {SURVEY, CHOICES, SETTINGS}


@dataclass(frozen=True)
class Cell:
    """One cell that holds something, and what is odd about it."""

    sheet: str
    row: int
    column: str
    value: str
    is_formula: bool = False
    is_error: bool = False
    has_heading: bool = True
    is_after_gap: bool = False


@dataclass(frozen=True)
class _Raw:
    value: str
    is_formula: bool = False
    is_error: bool = False


Held = list[tuple[int, _Raw]]
NOTHING = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}


def cells_of_xlsx(content: bytes) -> Iterator[Cell]:
    """The cells of the sheets of a form, of a workbook in the newer format."""
    from openpyxl import load_workbook

    written, shown = (load_workbook(io.BytesIO(content), read_only=True, data_only=only) for only in (False, True))
    try:
        for name in written.sheetnames:
            if name.lower() in FORMS_SHEETS or len(written.sheetnames) == 1:
                yield from _cells(name, _rows_of_xlsx(written[name], shown[name]))
    finally:
        written.close()
        shown.close()


def _rows_of_xlsx(written: Any, shown: Any) -> Iterator[Held]:
    limits = {"max_col": MOST_COLUMNS, "max_row": MOST_ROWS + 1}
    for formulas, values in zip(written.iter_rows(**limits), shown.iter_rows(**limits), strict=False):
        # Most cells of a sheet are empty, and there can be millions of them.
        filled = [place for place, formula in enumerate(formulas) if formula.value is not None]
        yield [(place, _raw_of_xlsx(formulas[place], values[place])) for place in filled]


def _raw_of_xlsx(formula: Any, value: Any) -> _Raw:
    is_formula = getattr(formula, "data_type", "") == "f"
    text = "" if value.value is None else str(value.value)
    return _Raw(text, is_formula, getattr(value, "data_type", "") == "e")


def cells_of_xls(content: bytes) -> Iterator[Cell]:
    """The cells of a workbook in the older format, which does not tell a formula from what it shows."""
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    try:
        for sheet in book.sheets():
            if sheet.name.lower() in FORMS_SHEETS or book.nsheets == 1:
                rows = (_row_of_xls(sheet.row(number)) for number in range(sheet.nrows))
                yield from _cells(sheet.name, rows)
    finally:
        book.release_resources()


def _row_of_xls(row: Iterable[xlrd.sheet.Cell]) -> Held:
    return [(place, _raw_of_xls(cell)) for place, cell in enumerate(row) if cell.ctype not in NOTHING]


def _raw_of_xls(cell: xlrd.sheet.Cell) -> _Raw:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return _Raw(xlrd.error_text_from_code.get(cell.value, "?"), is_error=True)
    return _Raw(str(cell.value))


def _cells(sheet: str, rows: Iterable[Held]) -> Iterator[Cell]:
    from openpyxl.utils import get_column_letter

    headings: set[int] = set()
    last = 1
    for number, row in enumerate(rows, start=1):
        held = [(place, raw) for place, raw in row if raw.value.strip() or raw.is_formula]
        if number > MOST_ROWS and held:
            raise BadXlsform(f"{place_of(sheet, number)}: a form has at most {MOST_ROWS:,} rows.")
        if number == 1:
            headings = {place for place, _ in held}
        for place, raw in held:
            yield Cell(
                sheet, number, get_column_letter(place + 1), raw.value.strip(), raw.is_formula, raw.is_error,
                has_heading=place in headings, is_after_gap=number - last > GAP,
            )  # fmt: skip
        last = number if held and number - last <= GAP else last
