"""Reads the file of an XLSForm into plain rows; whatever is wrong with it is said in a sentence with sheet and row."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from surveys.design.xlsform_cells import GAP, Cell, cells_of_xls, cells_of_xlsx
from surveys.instrument.xlsform import CHOICES, SETTINGS, SURVEY, BadXlsform, Loss, Row, Sheets, column_of, place_of
from surveys.instrument.xlsform_types import small_words

if TYPE_CHECKING:
    # Slow to load, and every process of a site would: only who reads or writes a form needs it.
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import DefinitionData

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 2000
ENDINGS = (".xlsx", ".xls", ".csv", ".md")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ROW_NAMED = re.compile(r"\[row : (?:None|(\d+))\]\s*")
_SHEET_NAMED = re.compile(
    r"(?:On the )?'(survey|choices|settings|entities|external_choices)' sheet,?\s*", re.IGNORECASE
)
_NAMES = re.compile(r"\$\{([^}]+)\}|'([^']+)'|\"([^\"]+)\"")
LONGEST_SENTENCE = 600
NO_SPREADSHEET = "This is not a spreadsheet of a form. Send an XLSForm as .xlsx, .xls, .csv or .md."


def read_file(file: Path) -> tuple[Sheets, tuple[Loss, ...]]:
    """The sheets of a form in a file, and what its cells hold that no sheet has a column for."""
    try:
        if file.stat().st_size > LARGEST:
            raise BadXlsform(_too_large())
        content = file.read_bytes()
    except OSError as problem:
        raise BadXlsform(f"{file.name} cannot be read: {problem.strerror}.") from problem
    return read_content(content, name=file.name)


def _too_large() -> str:
    return f"The file is larger than {LARGEST // 1024 // 1024} MB. A form is words; take pictures out of it."


def read_content(content: bytes, *, name: str) -> tuple[Sheets, tuple[Loss, ...]]:
    """The same for a file that was sent; its name says only what kind of file it means to be."""
    if len(content) > LARGEST:
        raise BadXlsform(_too_large())
    kind = _kind_of(content, Path(name).suffix.lower())
    with _quiet():
        left_out = tuple(_left_out(kind, content))
        book = _book(content, kind)
        sheets = _sheets(book)
        if not sheets.is_ours:
            _check_sound(book, sheets)
    return sheets, left_out


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Libraries speak to whoever stands at the console; here nobody does."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def _kind_of(content: bytes, ending: str) -> str:
    if ending == ".xlsm":
        raise BadXlsform("The file holds macros (.xlsm), which are programs. Save it as .xlsx and send it again.")
    if content.startswith(_ZIP):
        _check_parts(content)
        return ".xlsx"
    if content.startswith(_OLE):
        return ".xls"
    if ending not in {".csv", ".md"}:
        raise BadXlsform(NO_SPREADSHEET if content else "The file is empty.")
    if (nul := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, nul) + 1
        raise BadXlsform(f"Line {line}: there is a NUL byte. Save the file again as {ending} in UTF-8.")
    return ending


def _check_parts(content: bytes) -> None:
    """Refuses what would fill the memory when it is unpacked, and what only looks like a spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise BadXlsform("Unpacked the file would be far larger than any form. It was not opened.")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise BadXlsform("The file holds macros, which are programs. Save it as .xlsx and send it again.")
            if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
                raise BadXlsform(NO_SPREADSHEET)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(packed, part)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError) as problem:
        if isinstance(problem, BadXlsform):
            raise
        raise BadXlsform(
            "The file is damaged: it cannot be unpacked. Save it again and send it once more."
        ) from problem


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A spreadsheet defines no names of its own in XML; whoever does wants them to grow while they are read."""
    with packed.open(part) as file:
        beginning = file.read(4096)
    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
        raise BadXlsform("The file is no ordinary spreadsheet (its XML defines names). It was not opened.")


def _left_out(kind: str, content: bytes) -> Iterator[Loss]:
    """What the reader of forms passes over without a word: formulas, cells without a heading, rows after a gap."""
    for cell in _cells(kind, content):
        where = place_of(cell.sheet, cell.row)
        if cell.is_error:
            raise BadXlsform(f"{where}, column {cell.column}: the formula there has gone wrong ({cell.value[:40]}).")
        if cell.is_formula and not cell.value:
            raise BadXlsform(
                f"{where}, column {cell.column}: there is a formula without a result. Write the text itself."
            )
        if cell.is_formula:
            yield Loss(cell.sheet, cell.row, f"column {cell.column}: a formula; what it showed last was taken.")
        if not cell.has_heading:
            yield Loss(
                cell.sheet, cell.row, f"column {cell.column} has no heading, so “{cell.value[:200]}” is left out."
            )
        if cell.is_after_gap:
            what = f"“{cell.value[:200]}” stands after more than {GAP} empty rows, so it is not read."
            yield Loss(cell.sheet, cell.row, what)


def _cells(kind: str, content: bytes) -> Iterator[Cell]:
    if kind == ".xlsx":
        yield from _guarded(cells_of_xlsx(content))
    elif kind == ".xls":
        yield from _guarded(cells_of_xls(content))


def _guarded(cells: Iterator[Cell]) -> Iterator[Cell]:
    """The readers of spreadsheets raise almost anything when a file is damaged."""
    try:
        yield from cells
    except BadXlsform:
        raise
    except Exception as problem:
        raise BadXlsform(_damaged(problem)) from problem


def _damaged(problem: Exception) -> str:
    if "encrypt" in str(problem).lower():
        return "The file is protected by a password. Take the password away and send it again."
    return f"The file is damaged or is no spreadsheet ({type(problem).__name__}). Save it again and send it once more."


def _book(content: bytes, kind: str) -> DefinitionData:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        return get_xlsform(content, file_type=kind)
    except PyXFormError as problem:
        raise BadXlsform(_sentence(problem, ())) from problem
    except Exception as problem:
        raise BadXlsform(_damaged(problem)) from problem


def _sheets(book: DefinitionData) -> Sheets:
    _check_names(book.sheet_names or ())
    _write_types_small(book.survey or ())
    if not any(book.survey or ()):
        raise BadXlsform("Sheet survey: there is none, or it is empty, so the form asks nothing.")
    settings = [row for row in _rows(SETTINGS, book.settings) if row.values]
    if len(settings) > 1:
        raise BadXlsform(f"Sheet settings, row {settings[1].number}: there is more than one row of settings. Keep one.")
    known = {SURVEY, CHOICES, SETTINGS}
    names = book.sheet_names or ()
    others = tuple(name for name in names if name.lower() not in known) if len(names) > 1 else ()
    return Sheets(
        survey=_rows(SURVEY, book.survey),
        choices=_rows(CHOICES, book.choices),
        settings=settings[0] if settings else Row(SETTINGS, 2, {}),
        others=others,
    )


def _check_names(names: Sequence[str]) -> None:
    """A sheet by another name is another sheet to most programs."""
    for name in names:
        if name.lower() in {SURVEY, CHOICES, SETTINGS} and name != name.lower():
            raise BadXlsform(f"Sheet {name}: its name is {name.lower()}, in small letters. Rename it.")
    if names and SURVEY not in names:
        raise BadXlsform(f"Sheet {names[0]}: no sheet is called survey, which holds the questions. Rename it.")


def _write_types_small(rows: Iterable[dict[str, str]]) -> None:
    """Older programs did not mind how the words of a type were written; the reference implementation does."""
    for row in rows:
        for header, written in row.items():
            if column_of(header).name == "type" and written:
                row[header] = small_words(written)


def _rows(sheet: str, rows) -> tuple[Row, ...]:
    """Its rows as they are numbered in the spreadsheet, whose first is the header."""
    return tuple(
        Row(sheet, number, {header: str(value).replace("\0", "") for header, value in row.items() if header and value})
        for number, row in enumerate(rows or (), start=2)
    )


def _check_sound(book: DefinitionData, sheets: Sheets) -> None:
    """What the reference implementation of XLSForm refuses is no form: nobody could say what was meant."""
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json

    try:
        warned: list[str] = []
        made = workbook_to_json(book, form_name="data", warnings=warned)
        create_survey_element_from_dict(made).to_xml(validate=False, warnings=warned)
    except PyXFormError as problem:
        raise BadXlsform(_sentence(problem, sheets.survey)) from problem
    except Exception as problem:
        what = f"The form cannot be made sense of as a whole ({type(problem).__name__})."
        raise BadXlsform(f"Sheet survey: {what}") from problem
    for warning in warned:
        # A heading of several words is another column to each program; one that is empty was noted already.
        if "must not contain spaces" in warning and "the '' value" not in warning:
            raise BadXlsform(_sentence(warning, sheets.survey))


def _sentence(problem: PyXFormError | str, rows: tuple[Row, ...]) -> str:
    """What the reference implementation says, with sheet and row in front where it knows them or names something."""
    said = " ".join(str(problem).split())
    row, sheet = _ROW_NAMED.search(said), _SHEET_NAMED.search(said)
    number = int(row[1]) if row and row[1] else _row_named_in(said, rows)
    number = 1 if "column header" in said else number
    plain = _ROW_NAMED.sub("", said).strip()[:LONGEST_SENTENCE]
    return f"{place_of(sheet[1].lower() if sheet else SURVEY, number)}: {plain}"


def _row_named_in(said: str, rows: tuple[Row, ...]) -> int | None:
    """The last row of a question that a sentence names."""
    names = {name for found in _NAMES.findall(said) for name in found if name}
    numbers = [row.number for row in rows if names & {row.get("name"), row.get("type")}]
    return numbers[-1] if numbers else None
