"""Reading a workbook that a stranger sent: an xlsx file, one filled sheet, as plain cells.

Invariant: what unpacking the file costs is known from its directory before it is paid, and a file whose filled cells
reach too far is not laid out: a small file can describe a billion cells. It may describe them in other ways too, which
is why a stranger's file is only read in a process of its own (``roster_reading``). No cell is lost in silence: one that
says nothing for certain comes as ``Unreadable``, and what is hidden is told.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from gateway import worksheet
from gateway.roster_refusals import (
    ROSTER_CELL_ERROR,
    ROSTER_NOT_XLSX,
    ROSTER_SHEET_HIDDEN,
    ROSTER_SHEETS,
    ROSTER_TOO_LARGE,
)
from gateway.worksheet import Worksheet, letters
from kernel.errors import PaizhuError

_UNPACKED: Final = 64 << 20
_PARTS: Final = 200
_TAGS: Final = 240
"""Of a row there may be. A full table of 5,000 rows has 710,000, so there is room for half a million empty cells with a
format."""
_COLUMNS: Final = 200
_TOLD: Final = 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, CalamineError, EOFError, ValueError, OSError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that says nothing for certain, and why: "error" or "formula"."""

    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet: its cells by row, the places of merged cells ("A1:B2"), what is hidden though it is filled."""

    cells: list[list[Any]]
    merged: list[str]
    hidden: list[str]


def read(body: bytes, most_rows: int) -> Sheet:
    """The sheet of the workbook in ``body``.

    Raises:
        BadInput: ``roster_not_xlsx``; ``roster_too_large`` for more than ``most_rows`` rows or 200 columns, or a file
            that unpacks to more than 64 MiB or 240 tags a row; ``roster_sheets`` where a second sheet is filled too;
            ``roster_sheet_hidden`` where the first one is not to be seen; ``roster_cell_error`` for cells with an error
            that keeps the others from being read.
    """
    looks = _weighed(body, most_rows)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        sheets = [book.get_sheet_by_index(n) for n in range(len(book.sheet_names))]
        merged = [_place(first, last) for first, last in (sheets[0].merged_cell_ranges or [])]
        cells = sheets[0].to_python(skip_empty_area=False)
    except _DAMAGED as error:
        # The reader of values knows the older errors only: #SPILL! and #CALC! are to it no workbook at all.
        if wrong := [f"{letters(column)}{row}" for look in looks for row, column in look.unreadable]:
            raise ROSTER_CELL_ERROR(first=wrong[0], cells=wrong[:_TOLD]) from error
        raise ROSTER_NOT_XLSX() from error
    if second := next((sheet for sheet in sheets[1:] if sheet.height), None):
        raise ROSTER_SHEETS(sheet=second.name[:40])
    if book.sheets_metadata[0].visible != SheetVisibleEnum.Visible:
        raise ROSTER_SHEET_HIDDEN(sheet=sheets[0].name[:40])
    hidden = [f"第 {row} 行" for look in looks for row in sorted(look.hidden_rows)]
    hidden += [f"{letters(column)} 列" for look in looks for column in sorted(look.hidden_columns)]
    return Sheet(_marked(cells, looks), merged, hidden)


def _marked(cells: list[list[Any]], looks: list[Worksheet]) -> list[list[Any]]:
    """The cells, with ``Unreadable`` where the reader of values found nothing or took nothing for something."""
    width = max(map(len, cells), default=0)
    for look in looks:
        for (row, column), why in look.unreadable.items():
            width = max(width, column)
            cells.extend([] for _ in range(row - len(cells)))
            line = cells[row - 1]
            line.extend("" for _ in range(column - len(line)))
            line[column - 1] = Unreadable(why)
    return [[*line, *("" for _ in range(width - len(line)))] for line in cells]


def _weighed(body: bytes, most_rows: int) -> list[Worksheet]:
    """What the XML of each worksheet says, once it is certain that the file may be laid out."""
    looks = []
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            entries = parts.infolist()
            if "xl/workbook.xml" not in parts.namelist():
                raise ROSTER_NOT_XLSX()
            if len(entries) > _PARTS or sum(entry.file_size for entry in entries) > _UNPACKED:
                raise too_large(most_rows)
            tags = attributes = 0
            most_tags = _TAGS * (most_rows - 1)
            for entry in entries:
                content = parts.read(entry)  # fails where the part is longer than the directory says
                # Counting costs a thousandth of what reading costs, whatever the tags are.
                tags, attributes = tags + content.count(b"<"), attributes + content.count(b"=")
                if tags > most_tags or attributes > 2 * most_tags:
                    raise too_large(most_rows)
                try:
                    looks.append(worksheet.looked_at(content, _COLUMNS))
                except worksheet.NoWorksheet:
                    continue
    except (*_DAMAGED, worksheet.Broken) as error:
        raise ROSTER_NOT_XLSX() from error
    if any(look.last_row > most_rows or look.last_column > _COLUMNS for look in looks):
        raise too_large(most_rows)
    return looks


def _place(first: tuple[int, int], last: tuple[int, int]) -> str:
    return ":".join(f"{letters(column + 1)}{row + 1}" for row, column in (first, last))


def too_large(most_rows: int) -> PaizhuError:
    """The refusal of a workbook that would cost too much to lay out."""
    return ROSTER_TOO_LARGE(rows=most_rows - 1, columns=_COLUMNS)
