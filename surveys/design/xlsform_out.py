"""Writes an instrument as the spreadsheet of an XLSForm."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from surveys.instrument.document import Instrument
from surveys.instrument.xlsform_writing import Sheet, sheets_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet program would take for a formula.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook_of(instrument: Instrument) -> bytes:
    """The spreadsheet; every cell is text, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets_of(instrument):
        _write(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font

    page = book.create_sheet(sheet.name)
    page.freeze_panes = "C2"
    for place, heading in enumerate(sheet.columns, start=1):
        _put(page.cell(1, place), heading).font = Font(bold=True)
        page.column_dimensions[page.cell(1, place).column_letter].width = 40 if "label" in heading else 18
    for number, row in enumerate(sheet.rows, start=2):
        for place, heading in enumerate(sheet.columns, start=1):
            if heading in row:
                _put(page.cell(number, place), row[heading]).alignment = Alignment(wrap_text=True, vertical="top")


def _put(cell: Cell, text: str) -> Cell:
    """Puts text in as text: neither a number, nor a date, nor a formula."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(BEGINS_A_FORMULA)
    return cell
