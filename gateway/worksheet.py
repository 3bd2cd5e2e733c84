"""What the XML of a worksheet says and a reader of values does not.

Which cells say nothing for certain, what is hidden, how far the filled cells reach.

Invariant: a cell that only has a format is not there. A cell counts as filled where it holds a value or a formula.
Source: ECMA-376 part 1, 18.3.1 (``c``, ``row``, ``col``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase, digits
from typing import Any, Final
from xml.parsers import expat

_REFERENCE: Final = re.compile("([A-Z]{1,4})([0-9]{1,9})")
_TRUE: Final = ("1", "true")
# Rows of nothing but values and empty cells, as most programs write them: nothing hidden, no error, no formula. They
# are told at once; whatever else a worksheet holds is read element by element.
_FORMAT: Final = rb'(?: (?:s|spans|customFormat|x14ac:dyDescent|t)="(?!e")[^"<>&]*")*+'
_PLAIN_SHEET: Final = re.compile(
    rb"(?P<head>(?:(?!<sheetData).)*+<sheetData>)"
    rb'(?P<rows>(?:<row r="[0-9]{1,7}"%b(?:/>|>)|</row>|<c r="[A-Z]{1,3}[0-9]{1,7}"%b(?:/>|><v>[^<>&]++</v></c>))*+)'
    rb"(?P<tail></sheetData>(?:(?!<sheetData).)*+)" % (_FORMAT, _FORMAT),
    re.DOTALL,
)
_FILLED: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*[^/]><v>')


class NoWorksheet(Exception):
    """The part is not the XML of a worksheet."""


class Broken(Exception):
    """The worksheet is not well-formed, or declares entities of its own."""


@dataclass(slots=True)
class Worksheet:
    """What was found: places are (row, column), both from 1.

    ``unreadable`` says why a cell tells nothing: "error", or "formula" where no value was stored with one.
    """

    unreadable: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0


def looked_at(part: bytes, most_columns: int) -> Worksheet:
    """What the XML in ``part`` says; columns behind ``most_columns`` are not told apart.

    Raises:
        NoWorksheet: where the part is another one.
        Broken: where it cannot be read to its end.
    """
    if (plain := _PLAIN_SHEET.fullmatch(part)) is not None:
        frame = _read(plain["head"] + plain["tail"], most_columns).found
        return _with_cells(frame, plain["rows"])
    read = _read(part, most_columns)
    read.found.hidden_rows &= read.filled_rows
    read.found.hidden_columns &= read.filled_columns
    return read.found


def _read(part: bytes, most_columns: int) -> _Reader:
    """The XML read element by element; raises as ``looked_at``."""
    reader = _Reader(most_columns)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.text, reader.doctype
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise (Broken if reader.inside else NoWorksheet) from error
    return reader


def _with_cells(found: Worksheet, rows: bytes) -> Worksheet:
    """What is found outside of plain rows, with how far these reach."""
    filled = b" ".join(_FILLED.findall(rows))
    columns = {_number(letters.decode()) for letters in set(filled.translate(None, digits.encode()).split())}
    found.last_row = max(map(int, set(filled.translate(None, ascii_uppercase.encode()).split())), default=0)
    found.last_column = max(columns, default=0)
    found.hidden_columns &= columns
    return found


class _Reader:
    def __init__(self, most_columns: int) -> None:
        self.found = Worksheet()
        self.filled_rows: set[int] = set()
        self.filled_columns: set[int] = set()
        self.inside = False
        self._most = most_columns
        self._place = (0, 0)
        self._kind = ""
        self._formula = False
        self._value: list[str] | None = None
        self._taking = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = name.rpartition(":")[2]
        if not self.inside:
            if element != "worksheet":
                raise NoWorksheet
            self.inside = True
        elif element == "c":
            self._cell(attributes)
        elif element == "row":
            self._row(attributes)
        elif element == "f":
            self._formula = True
        elif element in ("v", "t"):
            self._taking, self._value = True, self._value or []
        elif element == "col" and _hidden(attributes, "width"):
            first, last = int(attributes.get("min", "")), min(int(attributes.get("max", "")), self._most)
            self.found.hidden_columns.update(range(first, last + 1))

    def text(self, given: str) -> None:
        if self._taking and self._value is not None:
            self._value.append(given)

    def end(self, name: str) -> None:
        element = name.rpartition(":")[2]
        if element in ("v", "t"):
            self._taking = False
        elif element == "c":
            self._close()

    def doctype(self, *_: Any) -> None:
        raise Broken

    def _row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes.get("r", self._place[0] + 1))
        self._place = (number, 0)
        if _hidden(attributes, "ht"):
            self.found.hidden_rows.add(number)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        row, column = self._place
        if reference := attributes.get("r"):
            match = _REFERENCE.fullmatch(reference.upper())
            if match is None:
                raise Broken
            row, column = int(match[2]), _number(match[1])
        else:
            column += 1
        self._place = (row, column)
        self._kind, self._formula, self._value = attributes.get("t", "n"), False, None

    def _close(self) -> None:
        row, column = self._place
        value = "".join(self._value or ())
        if self._kind == "e" and value:
            self.found.unreadable[row, column] = "error"
        elif self._formula and not value and (self._kind != "str" or self._value is None):
            self.found.unreadable[row, column] = "formula"
        if value or self._formula:
            self.filled_rows.add(row)
            self.filled_columns.add(column)
            self.found.last_row = max(self.found.last_row, row)
            self.found.last_column = max(self.found.last_column, column)


def _hidden(attributes: Mapping[str, str], size: str) -> bool:
    return attributes.get("hidden") in _TRUE or (size in attributes and float(attributes[size]) == 0)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters(column: int) -> str:
    """The name of a column, from 1: A, …, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
