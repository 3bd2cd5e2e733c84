"""Reading a workbook that a stranger sent: an xlsx file, one filled sheet, as plain cells.

Invariant: what unpacking the file costs is known from its directory before it is paid, and a file whose cell references
say that it is too large is not laid out: a small file can describe a billion cells. It may describe them in other ways
too, which is why a stranger's file is only read in a process of its own (``roster_reading``).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from gateway.roster_refusals import ROSTER_NOT_XLSX, ROSTER_SHEETS, ROSTER_TOO_LARGE
from kernel.errors import PaizhuError

_UNPACKED: Final = 64 << 20
_PARTS: Final = 200
_COLUMNS: Final = 200
_REFERENCE = re.compile(rb'\br="([A-Z]{0,4})(\d{1,9})"')
_DAMAGED = (zipfile.BadZipFile, zlib.error, CalamineError, EOFError, ValueError, OSError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet: its cells by row, and the places of merged cells ("A1:B2")."""

    cells: list[list[Any]]
    merged: list[str]


def read(body: bytes, most_rows: int) -> Sheet:
    """The sheet of the workbook in ``body``.

    Raises:
        BadInput: ``roster_not_xlsx``; ``roster_too_large`` for more than ``most_rows`` rows or 200 columns, or a file
            that unpacks to more than 64 MiB; ``roster_sheets`` where a second sheet is filled too.
    """
    _weigh(body, most_rows)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        sheets = [book.get_sheet_by_index(n) for n in range(len(book.sheet_names))]
        merged = [_place(first, last) for first, last in (sheets[0].merged_cell_ranges or [])]
        cells = sheets[0].to_python(skip_empty_area=False)
    except _DAMAGED as error:
        raise ROSTER_NOT_XLSX() from error
    if any(sheet.height for sheet in sheets[1:]):
        raise ROSTER_SHEETS(sheet=sheets[1].name[:40])
    return Sheet(cells, merged)


def _weigh(body: bytes, most_rows: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            entries = parts.infolist()
            if "xl/workbook.xml" not in parts.namelist():
                raise ROSTER_NOT_XLSX()
            if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _UNPACKED:
                raise too_large(most_rows)
            for entry in entries:
                content = parts.read(entry)  # fails where the part is longer than the directory says
                if entry.filename.startswith("xl/worksheets/") and not _fits(content, most_rows):
                    raise too_large(most_rows)
    except _DAMAGED as error:
        raise ROSTER_NOT_XLSX() from error


def _fits(sheet: bytes, most_rows: int) -> bool:
    return all(int(row) <= most_rows and _number(column) <= _COLUMNS for column, row in set(_REFERENCE.findall(sheet)))


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _place(first: tuple[int, int], last: tuple[int, int]) -> str:
    return ":".join(f"{_letters(column)}{row + 1}" for row, column in (first, last))


def _letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def too_large(most_rows: int) -> PaizhuError:
    """The refusal of a workbook that would cost too much to lay out."""
    return ROSTER_TOO_LARGE(rows=most_rows - 1, columns=_COLUMNS)
